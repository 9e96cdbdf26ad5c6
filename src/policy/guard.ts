import { countedCharacters, isRole } from './document.ts'
import { MANAGED_QUOTA } from './quota.ts'

/**
 * The guard of a principal with administrator rights: denies it to connect, by whatever policy, but to these resources.
 * One statement and one policy, since two such denials leave only what both of them name. In bytes that depend on the
 * resources alone, like those of `printDocument`.
 */
export function printGuard(resources: Iterable<string>): string {
  const sorted = [...new Set(resources)].sort()
  const about = sorted.length === 0 ? { Resource: ['*'] } : { NotResource: sorted }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['rds-db:connect'], ...about }] })
}

/** What a guard lets through; null for a document that is not one of ours, byte for byte. */
export function readGuard(document: string): readonly string[] | null {
  const [, listed] = /"NotResource":(\[.*\])\}\]\}$/s.exec(document) ?? []
  const resources = listed === undefined ? [] : texts(listed)
  return printGuard(resources) === document ? resources : null
}

/** Whether a guard that lets all of this through is no larger than a managed policy may be. Roles to assume it does not hold. */
export const fitsGuard = (granted: readonly { readonly arn: string }[]): boolean =>
  countedCharacters(printGuard(granted.map(({ arn }) => arn).filter((arn) => !isRole(arn)))) <= MANAGED_QUOTA

function texts(json: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(json)
    return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : []
  } catch {
    return []
  }
}
