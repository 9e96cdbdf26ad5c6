import type { Id } from '../kernel/ids.ts'

/**
 * - `scheduled`: its start has not come; nothing of it is in AWS.
 * - `applying`: it should be in IAM; not yet read back from there.
 * - `active`: IAM holds it.
 * - `revoking`: it should no longer be in IAM; not yet proved gone.
 * - `ended`: it is gone.
 * A grant only moves forward through these (a trigger in Postgres sees to it).
 */
export type GrantStatus = 'scheduled' | 'applying' | 'active' | 'revoking' | 'ended'

/** Why a grant ends: its time ran out, somebody took it, its holder gave it back, the rules at its start refused it, its ticket was closed, nobody kept it in time, a reviewer ended it, or its beneficiary left. */
export const grantEndReasons = [
  'expired',
  'revoked',
  'returned',
  'rules_changed',
  'ticket_closed',
  'unreviewed',
  'reviewed',
  'left',
] as const
export type GrantEndReason = (typeof grantEndReasons)[number]

/** What is wrong with the grant's target right now; never a dead end. */
export interface Attention {
  readonly code: string
  readonly message: string
  readonly since: Date
  readonly attempts: number
}

export interface Grant {
  readonly id: Id<'grt'>
  readonly requestId: Id<'req'>
  readonly targetId: Id<'tgt'>
  readonly status: GrantStatus
  readonly startsAt: Date
  readonly endsAt: Date
}

/** What an approval opens on one target. */
export interface NewGrant {
  readonly requestId: Id<'req'>
  /** Null: every database of a region. */
  readonly databaseId: Id<'dbs'> | null
  readonly dbUser: string
  /** `arn:…:rds-db:…:dbuser:resource-id/db-user`, where the resource id and the user may be `*`. */
  readonly arn: string
  readonly beneficiaryId: string
  readonly requesterId: string
  /** Who may see the grant and revoke it: the approvers of its request. */
  readonly approverGroups: readonly string[]
  readonly approverPeople: readonly string[]
  /** Whether it ends only because nobody keeps it. */
  readonly standing: boolean
  readonly startsAt: Date
  readonly endsAt: Date
  /** How many seconds before its end those concerned are told that it ends soon. */
  readonly notifyBefore: number
}

/** A grant whose start has come goes to IAM at once; the others wait. */
export const openingStatus = (startsAt: Date, now: Date): GrantStatus => (startsAt <= now ? 'applying' : 'scheduled')

/** When those concerned are told that access ends soon; null: never, because it lasts less than twice as long as that would be before its end. */
export function whenToNotify({ startsAt, endsAt }: Pick<Grant, 'startsAt' | 'endsAt'>, notifyBefore: number): Date | null {
  const [lasts, before] = [endsAt.getTime() - startsAt.getTime(), notifyBefore * 1_000]
  return lasts < 2 * before ? null : new Date(endsAt.getTime() - before)
}

/** True while a grant gives access or will: it can still be ended. */
export const canEnd = (status: GrantStatus): boolean => status !== 'revoking' && status !== 'ended'

/** What the passing of time asks of a grant: its end, its start, or nothing. The end is looked at first. */
export function dueChange(grant: Pick<Grant, 'status' | 'startsAt' | 'endsAt'>, now: Date): 'end' | 'start' | null {
  if (canEnd(grant.status) && grant.endsAt <= now) return 'end'
  if (grant.status === 'scheduled' && grant.startsAt <= now) return 'start'
  return null
}

/** When time will next ask something of one of these grants, or null. */
export function nextChangeAt(grants: readonly Pick<Grant, 'status' | 'startsAt' | 'endsAt'>[]): Date | null {
  const times = grants.flatMap((grant) => (canEnd(grant.status) ? [grant.status === 'scheduled' ? grant.startsAt : grant.endsAt] : []))
  return times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())))
}
