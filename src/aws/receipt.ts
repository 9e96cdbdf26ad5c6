import type { WriteReceipt } from './account.ts'
import { isGone } from './answer.ts'

/** What is kept of IAM's answer to a write. */
export async function written(answer: Promise<{ readonly $metadata: { readonly requestId?: string | undefined } }>): Promise<WriteReceipt> {
  const { $metadata } = await answer
  return { awsRequestId: $metadata.requestId ?? null }
}

/** A removal that finds nothing is done. */
export async function whenGone(removal: Promise<WriteReceipt>): Promise<WriteReceipt> {
  try {
    return await removal
  } catch (error) {
    if (isGone(error)) return { awsRequestId: error.awsRequestId }
    throw error
  }
}
