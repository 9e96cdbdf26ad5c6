import { AwsError } from '../aws/index.ts'
import type { Account, IdentityCenterConfig } from '../config/index.ts'
import { type Finding, findingsAt } from './finding.ts'

/** Keeps what AWS would not do, as a value; anything else is a fault of ours and goes on. */
export function failed(error: unknown): { readonly failure: AwsError } {
  if (error instanceof AwsError) return { failure: error }
  throw error
}

export const isFailure = <Value>(value: Value | { readonly failure: AwsError }): value is { readonly failure: AwsError } =>
  typeof value === 'object' && value !== null && 'failure' in value

/** Why the role of an account cannot be assumed. STS does not tell apart what it is that is missing. */
export function roleFinding(where: string, account: Account, ownIdentity: string | null, failure: AwsError): Finding {
  const { error } = findingsAt(where)
  if (account.roleArn === null) return error('role', failure.message, 'Give the account a role.')
  const what = `The role cannot be assumed: ${failure.message}`
  if (failure.reason !== 'denied') return error('role', what, 'Look at the network between here and STS of the account’s first region.')
  const me = ownIdentity === null ? 'the identity of this process' : trustable(ownIdentity)
  const asked = account.externalId === null ? 'without an external id, as none is configured' : 'with the configured externalId'
  const cure = `Check that ${account.roleArn} exists, that its trust policy lets ${me} assume it ${asked} and in sessions named sallyport and sallyport-*, and that ${me} itself may call sts:AssumeRole on it.`
  return error('role', what, cure)
}

/** How a trust policy names a caller: a session by its role, whose path STS does not tell. */
function trustable(arn: string): string {
  const [, account, role] = /::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? []
  return role === undefined ? arn : `the role ${role} of account ${account}`
}

export function regionFinding(where: string, region: string, { reason, message }: AwsError): Finding {
  const { error } = findingsAt(where)
  if (reason === 'region_disabled')
    return error('region', `${region} is not enabled in the account: ${message}`, `Enable it, or take it out of the account’s regions.`)
  if (reason === 'denied')
    return error(
      'region',
      `RDS refuses calls in ${region}: ${message}`,
      'Let the role call rds:DescribeDBClusters; look for a control policy.',
    )
  return error(
    'region',
    `RDS in ${region} did not answer: ${message}`,
    'Check the name of the region, and the network between here and it.',
  )
}

export function identityCenterFinding(
  where: string,
  { instanceArn, region }: IdentityCenterConfig,
  { reason, message }: AwsError,
): Finding {
  const what = `Permission sets cannot be administered from this account: ${message}`
  const cure =
    reason === 'denied' || reason === 'not_found'
      ? `Check that ${instanceArn} is in ${region} and administered here, and give the role the policy permission-sets of deploy/aws.`
      : `Check the region ${region}, and the network between here and it.`
  return findingsAt(where).error('identity-center', what, cure)
}
