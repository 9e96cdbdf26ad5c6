/** An AWS account that Sallyport may act in. `roleArn` null: by the process's own identity. */
export interface AwsAccount {
  readonly id: string
  readonly partition: string
  readonly regions: readonly string[]
  readonly roleArn: string | null
  readonly externalId: string | null
}

/**
 * Asked right before each attempt of a write is sent, after credentials and signature are ready, so that as
 * little time as possible lies between the question and the sending. It throws to stop the write.
 */
export type WriteGuard = () => void

export interface WriteReceipt {
  /** IAM's id of the call that took effect, as CloudTrail has it. */
  readonly awsRequestId: string | null
}
