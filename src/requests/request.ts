import type { CatalogDatabase } from '../catalog/index.ts'
import type { GrantDetails } from '../grants/index.ts'
import type { ActorRecord, Concerned } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { Manner, Path, Stage, Who } from '../kernel/rule.ts'
import { type EntityKind, printConnectPattern } from '../policy/index.ts'
import type { SeenPrincipal, SharedWith } from '../snapshot/index.ts'
import type { LaterMatch } from './later-match.ts'

/** A request is open while `pending`; the others are its ends. What happens in AWS is told by its grants. */
export type RequestStatus = 'pending' | 'approved' | 'denied' | 'withdrawn' | 'expired'

/** A part of an AWS account that databases are in. */
export interface Place {
  readonly partition: string
  readonly accountId: string
  readonly region: string
}

/** Databases named together: all of a place, or those of it that have all of these tags. */
export interface Selector {
  /** Null: that of the principal. */
  readonly account: string | null
  readonly region: string
  readonly tags: Readonly<Record<string, string>> | null
}

export interface RequestEntitlement {
  readonly position: number
  /** Null: every database of the place, those that come later too. */
  readonly database: CatalogDatabase | null
  readonly place: Place
  /** `*`: every user, those made later too. */
  readonly dbUser: string
  /** How it was asked for, if it was not by the name of one database. */
  readonly selector: Selector | null
  /** For every database of a place: how many of them are known today. */
  readonly today: number | null
}

export interface RequestPrincipal {
  readonly arn: string
  readonly kind: EntityKind | 'permission-set'
  /** Null: a permission set, which is in no account. */
  readonly accountId: string | null
  /**
   * Its unique id in IAM (`AROA…`, `AIDA…`) when it was asked for, or of a permission set the part of its ARN that is its own
   * (`ps-…`); null where its account is not managed here.
   */
  readonly uniqueId: string | null
}

export interface Ticket {
  readonly system: string
  readonly key: string
  readonly url?: string | undefined
}

/** A ticket as its source last told of it; whether its status is that of an open one is for the rule set to say. */
export interface TicketFacts {
  readonly status: string
  readonly type: string | null
  /** The ids of those who asked for it or have it, as far as they are linked. */
  readonly people: readonly string[]
}

/** What the rules said when it was asked: kept as evidence; decisions are judged by the rules of their own time. */
interface JudgementRecord {
  readonly matched: readonly { readonly position: number; readonly rule: string }[]
  readonly stages: readonly Stage[]
  readonly durationLongest: number
}

/** That stages had waited for so long that they asked others too, as the rules of that moment had it. */
export interface Escalated {
  readonly turn: number
  readonly from: Who
  readonly to: Who
  readonly at: Date
}

export interface Decision {
  readonly id: Id<'dec'>
  readonly personId: string
  readonly decidedBy: ActorRecord
  readonly verdict: 'approve' | 'deny'
  readonly comment: string | null
  /** The shorter duration that the approver allowed, in seconds, or null for the whole. */
  readonly durationSeconds: number | null
  /** The positions of the entitlements that were approved; none in a denial. */
  readonly positions: readonly number[]
  readonly createdAt: Date
}

/** What somebody who sees a request has said about it. */
export interface RequestComment {
  readonly id: Id<'cmt'>
  readonly personId: string
  readonly via: string
  readonly text: string
  readonly createdAt: Date
}

/** The part of a decision that judging looks at. */
export type Approval = Pick<Decision, 'personId' | 'verdict' | 'durationSeconds' | 'positions' | 'createdAt'> & {
  readonly decidedBy: Pick<ActorRecord, 'via'>
}

/** A grant that a request is to give more time. */
export interface Extending {
  readonly grantId: Id<'grt'>
  readonly since: Date
  readonly endsAt: Date
  /** Whether it still gives access, or will. */
  readonly lives: boolean
  /** How often others have extended it. */
  readonly extensions: number
}

/** A request, whole. Immutable but for its end; decisions and grants are added to it. */
export interface Request extends Concerned {
  readonly id: Id<'req'>
  readonly status: RequestStatus
  readonly askedBy: ActorRecord
  /** Whose API key it was asked with: one more person who asked. Null for a key that is nobody's. */
  readonly keyOwnerId: string | null
  readonly principal: RequestPrincipal
  /** Who could use the principal when it was asked for; null if nobody could tell. */
  readonly sharedWith: SharedWith | null
  /** The principal as the last sweep of its account saw it; null if it did not, or saw another under its name. */
  readonly seen: SeenPrincipal | null
  readonly path: Path
  readonly manner: Manner
  /** The grant that it is to extend; null: it extends none. */
  readonly extending: Extending | null
  /** Of standing access, until its first review is due. */
  readonly durationSeconds: number
  readonly startsAt: Date | null
  readonly reason: string
  readonly ticket: Ticket | null
  /** Null: no source has told of the ticket. */
  readonly ticketFacts: TicketFacts | null
  readonly judgement: JudgementRecord
  readonly ruleSetHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly decidedAt: Date | null
  /** Why it was withdrawn, if its requester did not take it back. */
  readonly endReason: 'requester_left' | 'beneficiary_left' | null
  /** The request whose selector these databases came to match later; null: somebody asked for them. */
  readonly originId: Id<'req'> | null
  /** Whom it came to ask too because it waited; what that means, the rules of now say. */
  readonly escalations: readonly Escalated[]
  readonly entitlements: readonly RequestEntitlement[]
  readonly decisions: readonly Decision[]
  readonly comments: readonly RequestComment[]
  readonly grants: readonly GrantDetails[]
  /** What came to match it since it was asked for, and what became of that. */
  readonly later: readonly LaterMatch[]
}

/** The ARN, or the pattern of ARNs, that a policy names for an entitlement. */
export const resourceOf = ({ database, place, dbUser }: Pick<RequestEntitlement, 'database' | 'place' | 'dbUser'>): string =>
  printConnectPattern({
    partition: place.partition,
    region: place.region,
    account: place.accountId,
    resourceId: database?.resourceId ?? '*',
    dbUser,
  })

/** Entitlements by the account of their databases: a permission set, or an access role, gives them in each by itself. */
export function byAccount<Item extends Pick<RequestEntitlement, 'place'>>(
  entitlements: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const accounts = [...new Set(entitlements.map(({ place }) => place.accountId))]
  return new Map(accounts.map((id) => [id, entitlements.filter(({ place }) => place.accountId === id)]))
}
