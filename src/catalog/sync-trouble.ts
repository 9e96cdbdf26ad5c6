import type { AwsError, AwsErrorReason, FoundDatabase, Unread } from '../aws/index.ts'

/** Why databases could not be looked for in a region, and what mends it. */
export interface SyncTrouble {
  readonly code: 'aws_denied' | 'region_disabled' | 'aws_throttled' | 'aws_unavailable' | 'aws_failed' | 'calls_spent' | 'wrong_account'
  readonly message: string
}

const messages: Readonly<Record<Exclude<SyncTrouble['code'], 'wrong_account'>, string>> = {
  aws_denied:
    'AWS refuses Sallyport. See that the role can be assumed (its trust policy, its external id), and let it do rds:DescribeDBClusters, ' +
    'rds:DescribeDBClusterEndpoints, rds:DescribeDBInstances, rds:DescribeDBProxies, rds:DescribeDBProxyEndpoints and rds:ListTagsForResource.',
  region_disabled:
    'The region does not know the account. Enable the region in the account, or take it out of its regions in sallyport.yaml.',
  aws_throttled: 'AWS asks Sallyport to go slower. It is tried again by itself.',
  aws_unavailable: 'AWS cannot be reached, or did not answer. It is tried again by itself.',
  aws_failed: 'AWS answered in a way that Sallyport does not know. The operators find the answer in the log.',
  calls_spent:
    'The calls to AWS that Sallyport allows itself in the account are needed for revocations, grants and checks. It is tried again by itself.',
}

const codes: Readonly<Partial<Record<AwsErrorReason, keyof typeof messages>>> = {
  denied: 'aws_denied',
  region_disabled: 'region_disabled',
  throttled: 'aws_throttled',
  unavailable: 'aws_unavailable',
}

export const callsSpent: SyncTrouble = { code: 'calls_spent', message: messages.calls_spent }

export function troubleBy({ reason }: Pick<AwsError, 'reason'>): SyncTrouble {
  const code = codes[reason] ?? 'aws_failed'
  return { code, message: messages[code] }
}

/** What could not be read beside clusters and instances; null if all of it could. The code is that of the first. */
export function troubleOf(unread: readonly Unread[]): SyncTrouble | null {
  const [first] = unread
  if (first === undefined) return null
  const { code, message } = troubleBy(first.error)
  const lists = unread.map(({ list }) => list).join(' and ')
  return { code, message: `The ${lists} could not be read, and are kept as they were known; the rest is up to date. ${message}` }
}

/** What is wrong with what was found in an account: it is that of another one. Null: nothing. */
export function troubleWith(accountId: string, found: readonly FoundDatabase[]): SyncTrouble | null {
  const other = found.map(({ arn }) => arn.split(':')[4]).find((id) => id !== accountId)
  if (other === undefined) return null
  const message = `Sallyport acts here with an identity of account ${other}. Give account ${accountId} a role of its own in sallyport.yaml.`
  return { code: 'wrong_account', message }
}
