import { SallyportError } from '../kernel/errors.ts'
import { partitionOfRegion, regionForms } from '../kernel/partitions.ts'
import { quoted } from './quoted.ts'

/** The fields of any ARN (docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html), not yet checked. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon; it may hold more colons. */
  readonly resource: string
}

/** Splits `arn:partition:service:region:account:resource`. Throws `invalid_arn` if the text has not that form. */
export function splitArn(text: string): Arn {
  if (text === '') refuseArn(text, 'an ARN is missing')
  if (text.trim() !== text) refuseArn(text, 'there is blank space before or after the ARN')
  const [prefix, partition, service, region, account, ...resource] = text.split(':')
  if (prefix !== 'arn') refuseArn(text, 'an ARN begins with "arn:"')
  if (partition === undefined || service === undefined || region === undefined || account === undefined || resource.length === 0) {
    refuseArn(text, 'an ARN has six fields, arn:partition:service:region:account:resource, of which some are missing here')
  }
  return { partition, service, region, account, resource: resource.join(':') }
}

export function refuseArn(text: string, fault: string): never {
  throw new SallyportError('invalid_arn', `${quoted(text)}: ${fault}.`)
}

export const partitions: readonly string[] = Object.keys(regionForms)

/** What is wrong with a partition, in words, or null. */
export function partitionFault(partition: string): string | null {
  if (partitions.includes(partition)) return null
  if (partition === '') return 'the partition is missing; for most accounts it is "aws"'
  return `there is no partition ${quoted(partition)}; AWS has ${partitions.join(', ')}`
}

/** What is wrong with a region of that partition, in words, or null. */
export function regionFault(partition: string, region: string): string | null {
  const owner = partitionOfRegion(region)
  if (owner === partition) return null
  if (region === '') return 'the region is missing'
  if (/[*?]/.test(region)) return `the region ${quoted(region)} holds a wildcard; name one region`
  const zone = /^([a-z-]+-\d+)[a-z]$/.exec(region)?.[1]
  if (zone !== undefined) return `${quoted(region)} is an availability zone; its region is ${quoted(zone)}`
  if (owner !== null) return `the region ${quoted(region)} is in the partition ${quoted(owner)}, not in ${quoted(partition)}`
  return `${quoted(region)} is not a region of the partition ${quoted(partition)}, such as us-east-2 is of aws`
}

/** What is wrong with an account number, in words, or null. */
export function accountFault(account: string): string | null {
  if (/^\d{12}$/.test(account)) return null
  if (account === '') return 'the account is missing'
  if (/[*?]/.test(account)) return `the account ${quoted(account)} holds a wildcard; name one account`
  if (/^\d+$/.test(account)) return `the account ${quoted(account)} has ${account.length} digits; an AWS account number has 12`
  if (/^\d{4}-\d{4}-\d{4}$/.test(account)) return `the account ${quoted(account)} is written with hyphens; leave them out`
  return `the account ${quoted(account)} is not a number of 12 digits`
}
