import type { AccountSession } from '../aws/index.ts'
import type { LeasedTarget } from '../grants/index.ts'
import { countedCharacters, type InlineDocuments } from '../policy/index.ts'

/** What AWS says about a target right now. */
export type Observation =
  | {
      readonly entity: 'present'
      /** Our policies only. */
      readonly documents: InlineDocuments
      /** Non-blank characters of all other inline policies: they count against the same quota. */
      readonly foreignChars: number
    }
  /** There is no entity of that name, or one that was made after ours was deleted. Neither holds what we wrote. */
  | { readonly entity: 'gone' }
  | { readonly entity: 'replaced'; readonly uniqueId: string }

/** Reads the target: is it still the entity that was approved, and which inline policies does it have? Throws AwsError. */
export async function observe(session: AccountSession, target: LeasedTarget, ours: string): Promise<Observation> {
  const [principal, policies] = await Promise.all([session.getPrincipal(target), session.listInlinePolicies(target)])
  if (principal !== null && principal.uniqueId !== target.uniqueId) return { entity: 'replaced', uniqueId: principal.uniqueId }
  if (principal === null || policies === null) return { entity: 'gone' }
  const isOurs = (policy: { readonly name: string }) => policy.name === ours
  return {
    entity: 'present',
    documents: new Map(policies.filter(isOurs).map(({ name, document }) => [name, document])),
    foreignChars: policies.filter((policy) => !isOurs(policy)).reduce((sum, { document }) => sum + countedCharacters(document), 0),
  }
}
