import type { EventType } from '../audit/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'

/** The events that webhooks can ask for; on the wire a type is that of the audit event, and never changes its meaning. */
export const messageTypes = [
  'request.created',
  'request.escalated',
  'request.approved',
  'request.denied',
  'request.withdrawn',
  'request.expired',
  'request.commented',
  'decision.recorded',
  'grant.opened',
  'grant.started',
  'grant.activated',
  'grant.extended',
  'grant.ends_soon',
  'grant.ending',
  'grant.ended',
  'grant.emergency',
  'review.opened',
  'review.signed',
  'review.lapsed',
  'target.attention_raised',
  'target.attention_cleared',
  'rules.activated',
  'rules.proposed',
  'rules.taken_back',
  'webhook.paused',
] as const satisfies readonly EventType[]

export type MessageType = (typeof messageTypes)[number]

/** Which events a webhook is told of. Empty accounts or databases: all of them. */
export interface Wanted {
  readonly types: readonly MessageType[]
  readonly accounts: readonly string[]
  readonly databases: readonly string[]
}

/** The version of `data` below. What a receiver relies on is never taken away from it; what is new may be added. */
const DATA_VERSION = 1

interface Entitlement {
  readonly account: string
  readonly region: string
  /** Null: every database of the region. */
  readonly database: Id<'dbs'> | null
  readonly resource: string
  readonly dbUser: string
}

/** A request or a grant as of the moment when its event was spread. */
export interface RequestInBrief {
  readonly id: Id<'req'>
  readonly requester: string
  readonly beneficiary: string
  readonly principal: string
  readonly entitlements: readonly Entitlement[]
}

export interface GrantInBrief extends Entitlement {
  readonly id: Id<'grt'>
  readonly request: Id<'req'>
  readonly beneficiary: string
  readonly principal: string
  readonly startsAt: string
  readonly endsAt: string
}

/** An audit event, with what it is about. */
export interface OutgoingEvent {
  readonly id: Id<'evt'>
  readonly seq: bigint
  readonly at: Date
  readonly type: MessageType | 'webhook.tested'
  readonly actor: ActorRecord
  readonly payload: Readonly<Record<string, unknown>>
  /** The request that it is about, if it is about no grant. */
  readonly request: RequestInBrief | null
  /** The grant that it is about, or those that a target in trouble holds. */
  readonly grants: readonly GrantInBrief[]
}

/** What is sent, as text: what is signed must be sent byte for byte. Thin: who wants more asks the API by the ids. */
export function bodyOf(event: OutgoingEvent): string {
  const { after, status, comment, verdict, reason, code, message, webhook, because, notify } = event.payload
  const reviewed = event.type === 'grant.emergency' || event.type.startsWith('review.')
  const data = {
    version: DATA_VERSION,
    event: event.id,
    seq: Number(event.seq),
    actor: { kind: event.actor.kind, person: event.actor.person, via: event.actor.via },
    ...(event.request === null ? {} : { request: { ...event.request, status: after ?? status ?? (reviewed ? 'approved' : 'pending') } }),
    ...(event.type === 'request.escalated' ? { escalation: { stages: event.payload['stages'] } } : {}),
    ...(event.type === 'request.commented' ? { comment: { id: comment } } : {}),
    ...(verdict === undefined ? {} : { decision: { verdict } }),
    ...(reviewed ? { review: reviewIn(event.payload) } : {}),
    ...(notify === undefined ? {} : { notify }),
    ...(event.type.startsWith('grant.') && !reviewed
      ? { grant: { ...event.grants[0], status: after ?? status, endReason: reason ?? null } }
      : {}),
    ...(event.type.startsWith('target.')
      ? { attention: { code, ...(message === undefined ? {} : { message }) }, grants: event.grants }
      : {}),
    ...(event.type.startsWith('rules.') ? { rules: { hash: event.payload['hashAfter'] ?? event.payload['hash'] } } : {}),
    ...(webhook === undefined ? {} : { webhook: { id: webhook, ...(because === undefined ? {} : { because }) } }),
  }
  return JSON.stringify({ type: event.type === 'webhook.tested' ? 'ping' : event.type, timestamp: event.at.toISOString(), data })
}

const reviewIn = ({ review, kind, reviewers, dueAt, outcome }: OutgoingEvent['payload']) => ({
  id: review,
  kind,
  reviewers,
  ...(dueAt === undefined ? {} : { dueAt }),
  ...(outcome === undefined ? {} : { outcome }),
})

/** Whether a webhook is to be told of an event. One about no database is for those that ask for all of them. */
export function wants({ types, accounts, databases }: Wanted, event: OutgoingEvent, places: ReadonlyMap<string, Place>): boolean {
  if (!types.some((type) => type === event.type)) return false
  if (accounts.length === 0 && databases.length === 0) return true
  const about = [...event.grants, ...(event.request?.entitlements ?? [])]
  return about.some(
    (each) =>
      (accounts.length === 0 || accounts.includes(each.account)) &&
      (databases.length === 0 || databases.some((id) => (each.database === null ? isIn(places.get(id), each) : each.database === id))),
  )
}

/** Where a database is. */
export interface Place {
  readonly account: string
  readonly region: string
}

const isIn = (place: Place | undefined, { account, region }: Place): boolean => place?.account === account && place.region === region
