import { type Attention, canEnd, type GrantStatus } from './grant.ts'

/** The first of the databases that a grant of a whole region reaches though the rules would not have it. */
export interface Overreach {
  readonly resourceId: string
  readonly identifier: string
  /** What the rules say to it. */
  readonly detail: string
  readonly since: Date
  /** How many they are together. */
  readonly count: number
}

/**
 * What is wrong with a grant of a whole region: AWS lets it in to databases that came after its approval, and of some the
 * rules would refuse it, or ask for more approvals than were given.
 */
export function reachAttention(status: GrantStatus, reach: Overreach | null): Attention | null {
  if (!canEnd(status) || reach === null) return null
  const { resourceId, identifier, detail, since, count } = reach
  const others = count === 1 ? '' : ` The same is so of ${count - 1} more, which \`later\` of its request lists.`
  const message =
    `${identifier} (${resourceId}) came after this grant was approved, and AWS lets it in there. ${detail}${others} ` +
    'Revoke this grant and ask for the databases by name or by tags, or have the rules changed if it is they that are wrong.'
  return { code: 'wider_than_rules', message, since, attempts: 0 }
}
