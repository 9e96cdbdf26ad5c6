import { IAMClient } from '@aws-sdk/client-iam'
import { RDSClient } from '@aws-sdk/client-rds'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts'
import { type AwsStandIn, type Fault, startAwsStandIn } from '../../../src/dev/aws/index.ts'

export const ACCOUNT = '123456789012'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Long-lived keys of an account's administrator. */
export const keysOf = (account: string): Credentials => ({ accessKeyId: account, secretAccessKey: 'secret' })

/** The SDK's clients, which try once, so that a test sees the first answer. */
export function clientsFor(standIn: AwsStandIn, credentials: Credentials = keysOf(ACCOUNT), region = 'us-east-2') {
  const options = { endpoint: standIn.url, region, credentials, maxAttempts: 1 }
  return { iam: new IAMClient(options), sts: new STSClient(options), rds: new RDSClient(options), sso: new SSOAdminClient(options) }
}

/** A stand-in that keeps its state in memory, at any free port. */
export const startInMemory = (faults: readonly Fault[] = []): Promise<AwsStandIn> =>
  startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null, faults })

export const trustOf = (principal: unknown, condition?: unknown): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...(condition ? { Condition: condition } : {}) }],
  })

/** A trust policy for everyone in the account. */
export const TRUST = trustOf({ AWS: `arn:aws:iam::${ACCOUNT}:root` })

/** The first policy of the page on IAM database access in the Amazon Aurora User Guide. */
export const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['rds-db:connect'],
      Resource: ['arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user'],
    },
  ],
})

/** A policy that allows one thing, or several. */
export const policyAllowing = (action: string | string[], resource = '*', condition?: unknown): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...(condition ? { Condition: condition } : {}) }],
  })

/** A valid policy of exactly so many non-blank characters. */
export function policyOfLength(characters: number): string {
  const start = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:a:::'
  const end = '"}}'
  return start + 'x'.repeat(characters - start.length - end.length) + end
}

/** The credentials of a session of a role, opened with those of somebody it trusts. */
export async function sessionOf(standIn: AwsStandIn, roleArn: string, as: Credentials, more: Partial<AssumeRoleCommandInput> = {}) {
  const { sts } = clientsFor(standIn, as)
  const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'sallyport', ...more }))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } satisfies Credentials
}

/** One call of a service that speaks JSON, for which there is no client here. */
export async function callJson(standIn: AwsStandIn, service: string, target: string, input: object, region = 'us-east-2') {
  const answer = await fetch(standIn.url, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=${ACCOUNT}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
    },
  })
  return { status: answer.status, type: answer.headers.get('content-type'), body: JSON.parse(await answer.text()) }
}
