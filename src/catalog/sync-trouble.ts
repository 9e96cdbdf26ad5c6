import type { AwsError, AwsErrorReason, FoundDatabase } from '../aws/index.ts'

/** Why databases could not be looked for in a region, and what mends it. */
export interface SyncTrouble {
  readonly code: 'aws_denied' | 'region_disabled' | 'aws_throttled' | 'aws_unavailable' | 'aws_failed' | 'wrong_account'
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
}

const codes: Readonly<Partial<Record<AwsErrorReason, keyof typeof messages>>> = {
  denied: 'aws_denied',
  region_disabled: 'region_disabled',
  throttled: 'aws_throttled',
  unavailable: 'aws_unavailable',
}

export function troubleBy({ reason }: AwsError): SyncTrouble {
  const code = codes[reason] ?? 'aws_failed'
  return { code, message: messages[code] }
}

/** What is wrong with what was found in an account: it is that of another one. Null: nothing. */
export function troubleWith(accountId: string, found: readonly FoundDatabase[]): SyncTrouble | null {
  const other = found.map(({ arn }) => arn.split(':')[4]).find((id) => id !== accountId)
  if (other === undefined) return null
  const message = `Sallyport acts here with an identity of account ${other}. Give account ${accountId} a role of its own in sallyport.yaml.`
  return { code: 'wrong_account', message }
}
