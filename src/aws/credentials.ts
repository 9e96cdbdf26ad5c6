import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts'
import type { AwsAccount } from './account.ts'
import { toAwsError } from './errors.ts'

/** Long-term credentials, for an emulator that takes any. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** The SDK keeps what this returns, and asks again five minutes before `expiration`. */
export type CredentialProvider = () => Promise<AwsCredentials & { sessionToken?: string; expiration?: Date }>

/** Seconds; the least that STS gives, and plenty for one plan. */
const PLAN_SESSION = 900
/** Seconds; what every role allows, chained from another role or not. */
const READING_SESSION = 3600

/**
 * Credentials in an account, by STS AssumeRole with the account's external id
 * (docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). Throws AwsError.
 */
export const assumeRole =
  (sts: STSClient, account: AwsAccount & { readonly roleArn: string }, planId: string | null): CredentialProvider =>
  async () => {
    const doing = `AssumeRole ${account.roleArn}`
    try {
      const { Credentials: credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: account.roleArn,
          RoleSessionName: planId === null ? 'sallyport' : `sallyport-${planId}`,
          DurationSeconds: planId === null ? READING_SESSION : PLAN_SESSION,
          ...(account.externalId === null ? {} : { ExternalId: account.externalId }),
        }),
      )
      if (credentials === undefined) throw new Error('STS answered without credentials')
      const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration } = credentials
      if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) throw new Error('STS answered with incomplete credentials')
      return { accessKeyId, secretAccessKey, sessionToken, expiration }
    } catch (error) {
      throw toAwsError(doing, error, true) // the call that needed the credentials was never sent
    }
  }
