import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'

/** The version of the payloads below. A change of shape is a new version; old events are never rewritten. */
export const EVENT_VERSION = 1

interface IamWritePayload {
  readonly writeId: Id<'wrt'>
  readonly planId: Id<'pln'>
  /** IAM's call, such as `put_inline` or `create_version`. */
  readonly operation: string
  readonly policyName: string
  /**
   * SHA-256 of the policy's document before and after, `detached:` before it while a managed policy is not attached; of an
   * access role itself, of what is set on it. Null: there is none.
   */
  readonly before: string | null
  readonly after: string | null
}

interface IamResultPayload extends IamWritePayload {
  /** The id by which AWS knows the call; null when the answer was lost. */
  readonly awsRequestId: string | null
  readonly settledBy: 'answer' | 'read_back'
  readonly code?: string
}

interface OrphanPayload {
  readonly account: string
  readonly policyName: string
  /** Null for an inline policy. */
  readonly policyArn: string | null
  /** The ARN of the entity that it is on; null if it is attached to none. */
  readonly on: string | null
  /**
   * `no_grant`: no grant that lives explains it; `attached_elsewhere`: it is another entity's; `unattached`: nothing uses
   * it; `unknown_name`: it is under our path and has no name that Sallyport gives.
   */
  readonly because: 'no_grant' | 'attached_elsewhere' | 'unattached' | 'unknown_name'
  /** Whether it is going to be removed, or detached from where it does not belong. */
  readonly removes: boolean
}

/** What matters of a database, as Sallyport judged by it. */
interface DatabaseFacts {
  readonly identifier: string
  readonly arn: string
  readonly engine: string
  readonly host: string
  readonly port: number
  readonly iamAuth: boolean
  readonly tags: Readonly<Record<string, string>>
  /** Whether AWS has it; one that is declared is in the catalog even if not. */
  readonly found: boolean
}

interface DatabasePayload {
  readonly database: Id<'dbs'>
  readonly resourceId: string
}

interface Named {
  readonly groups: readonly string[]
  readonly people: readonly string[]
}

interface ReviewPayload {
  readonly review: Id<'rev'>
  readonly kind: 'emergency' | 'standing'
  readonly reviewers: Named
}

interface WebhookPayload {
  readonly webhook: Id<'whk'>
}

/** What a webhook is; of its URL the origin, because a path or query may hold a credential of the receiver's. */
interface WebhookFacts {
  readonly origin: string
  readonly description: string
  readonly types: readonly string[]
  /** Empty: all of them. */
  readonly accounts: readonly string[]
  readonly databases: readonly string[]
}

interface StatusChange<Status extends string> {
  readonly before: Status | null
  readonly after: Status
}

type RequestStatus = 'pending' | 'approved' | 'denied' | 'withdrawn' | 'expired'
type LaterOutcome = 'waiting' | 'joined' | 'asked' | 'refused' | 'blocked' | 'covered' | 'too_wide'
type GrantStatus = 'scheduled' | 'applying' | 'active' | 'revoking' | 'ended'

interface IdentityPayload {
  readonly identity: Id<'idn'>
  readonly issuer: string
  readonly subject: string
  readonly person: string
}

/** What matters of a user of SCIM's. */
interface ScimUserFacts {
  readonly userName: string
  readonly externalId: string | null
  readonly active: boolean
}

interface ScimUserPayload {
  readonly user: Id<'scu'>
  readonly person: string
}

interface ScimGroupFacts {
  readonly displayName: string
  readonly externalId: string | null
}

/** The people that came into the group and that left it. */
interface ScimGroupPayload {
  readonly group: Id<'scg'>
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** What each type of event records. */
interface EventPayloads {
  'request.created': StatusChange<RequestStatus> & {
    readonly requester: string
    readonly beneficiary: string
    readonly principal: string
    readonly principalUniqueId: string | null
    readonly path: string
    readonly manner: 'ordinary' | 'emergency' | 'standing' | 'extension'
    /** The grant that is to get more time. */
    readonly extends: Id<'grt'> | null
    /** The request whose selector the databases came to match later; null: somebody asked. */
    readonly origin: Id<'req'> | null
    /** `database` is null for every database of a place. */
    readonly entitlements: readonly {
      readonly resource: string
      readonly database: string | null
      readonly dbUser: string
      readonly rule: string
    }[]
    readonly duration: string
    readonly startsAt: string | null
    readonly reason: string
    readonly ticket: unknown
    readonly ruleSet: string
  }
  'decision.recorded': {
    readonly decision: Id<'dec'>
    readonly verdict: 'approve' | 'deny'
    readonly comment: string | null
    readonly duration: string | null
    readonly entitlements: readonly number[]
    readonly ruleSet: string
  }
  /** The stages that ask others too from now on, each with whom it asked before, whom it asks too, and after which wait. */
  'request.escalated': {
    readonly stages: readonly { readonly turn: number; readonly from: Named; readonly to: Named; readonly after: string }[]
    readonly ruleSet: string
  }
  'request.approved': StatusChange<RequestStatus> & { readonly approvedBy: readonly string[]; readonly ruleSet: string }
  'request.denied': StatusChange<RequestStatus>
  /** `because`: the requester took it back, or left, or the beneficiary left. */
  'request.withdrawn': StatusChange<RequestStatus> & { readonly because: 'asked' | 'requester_left' | 'beneficiary_left' }
  'request.expired': StatusChange<RequestStatus>
  /** The text is with the request, and not here. */
  'request.commented': { readonly comment: Id<'cmt'>; readonly status: RequestStatus }
  'request.database_matched': StatusChange<LaterOutcome> & {
    readonly database: Id<'dbs'>
    readonly resource: string
    readonly rule: string | null
    readonly detail: string
    /** The request that was opened for it. */
    readonly asked: Id<'req'> | null
    readonly ruleSet: string
  }
  'grant.opened': StatusChange<GrantStatus> & {
    readonly target: string
    readonly resource: string
    readonly startsAt: string
    readonly endsAt: string
  }
  'grant.emergency': ReviewPayload & {
    readonly requester: string
    readonly beneficiary: string
    readonly principal: string
    readonly reason: string
    readonly grants: readonly Id<'grt'>[]
    readonly endsAt: string
    /** Who is to be told, besides the reviewers. */
    readonly notify: { readonly groups: readonly string[]; readonly people: readonly string[]; readonly channels: readonly string[] }
  }
  'grant.extended': { readonly status: GrantStatus; readonly endsAtBefore: string; readonly endsAtAfter: string; readonly by: Id<'req'> }
  'grant.kept': { readonly endsAtBefore: string; readonly endsAtAfter: string; readonly review: Id<'rev'> }
  'review.opened': ReviewPayload & { readonly dueAt: string | null }
  'review.signed': ReviewPayload & { readonly outcome: 'justified' | 'unjustified' | 'keep' | 'end'; readonly note: string }
  'review.lapsed': ReviewPayload
  'grant.started': StatusChange<GrantStatus> & { readonly endsAt: string }
  'grant.activated': StatusChange<GrantStatus>
  /** Of an end that nothing has moved since. `notifyAt` is when it was to be told. */
  'grant.ends_soon': { readonly status: GrantStatus; readonly endsAt: string; readonly notifyAt: string }
  'grant.ending': StatusChange<GrantStatus> & { readonly reason: string; readonly comment: string | null }
  'grant.ended': StatusChange<GrantStatus> & { readonly reason: string }
  'iam.write.intended': IamWritePayload
  'iam.write.accepted': IamWritePayload & { readonly awsRequestId: string | null; readonly provisioning: string }
  'iam.write.done': IamResultPayload
  'iam.write.failed': IamResultPayload
  'iam.write.unknown': IamResultPayload
  'target.attention_raised': { readonly code: string; readonly message: string }
  'target.attention_cleared': { readonly code: string }
  'target.drift_found': { readonly policyName: string; readonly expected: string | null; readonly found: string | null }
  'target.orphan_found': OrphanPayload
  'target.guarded': { readonly principal: string; readonly uniqueId: string }
  'target.unguarded': { readonly principal: string; readonly uniqueId: string; readonly because: 'not_declared' | 'gone' }
  'target.changed_hands': { readonly from: string; readonly to: string }
  'database.found': DatabasePayload & { readonly before: null; readonly after: DatabaseFacts }
  'database.changed': DatabasePayload & { readonly before: Partial<DatabaseFacts>; readonly after: Partial<DatabaseFacts> }
  'database.gone': DatabasePayload & { readonly before: DatabaseFacts; readonly after: null }
  'database.returned': DatabasePayload & { readonly before: null; readonly after: DatabaseFacts }
  'catalog.sync_asked': { readonly accounts: readonly string[] }
  'authority.refused': { readonly action: string; readonly code: string; readonly detail: string }
  'rules.activated': {
    readonly hashBefore: string | null
    readonly hashAfter: string
    /** Null: it is the first, or this version cannot read the one before. */
    readonly changes: RuleSetChanges | null
    /** `overridden`: the rules before wanted it confirmed, and the operator did without. */
    readonly confirmation: 'not_needed' | 'confirmed' | 'overridden'
    readonly proposedBy: ActorRecord | null
  }
  'rules.proposed': { readonly hashInForce: string; readonly hash: string; readonly changes: RuleSetChanges | null }
  'rules.taken_back': { readonly hash: string }
  'identity.linked': IdentityPayload & { readonly by: 'file' | 'claim' }
  'identity.unlinked': IdentityPayload
  'identity.groups_changed': { readonly identity: Id<'idn'>; readonly before: readonly string[]; readonly after: readonly string[] }
  'person.left': { readonly person: string; readonly departure: Id<'dep'> }
  'person.returned': { readonly person: string }
  'scim.user_created': ScimUserPayload & { readonly before: null; readonly after: ScimUserFacts }
  'scim.user_changed': ScimUserPayload & { readonly before: ScimUserFacts; readonly after: ScimUserFacts }
  'scim.user_deleted': ScimUserPayload & { readonly before: ScimUserFacts; readonly after: null }
  'scim.group_created': ScimGroupPayload & { readonly before: null; readonly after: ScimGroupFacts }
  'scim.group_changed': ScimGroupPayload & { readonly before: ScimGroupFacts; readonly after: ScimGroupFacts }
  'scim.group_deleted': ScimGroupPayload & { readonly before: ScimGroupFacts; readonly after: null }
  'key.created': { readonly key: Id<'key'>; readonly name: string; readonly scopes: readonly string[]; readonly owner: string | null }
  'key.rotated': { readonly key: Id<'key'>; readonly name: string; readonly overlap: string }
  'key.revoked': { readonly key: Id<'key'>; readonly name: string }
  'webhook.created': WebhookPayload & { readonly before: null; readonly after: WebhookFacts }
  'webhook.changed': WebhookPayload & { readonly before: Partial<WebhookFacts>; readonly after: Partial<WebhookFacts> }
  'webhook.deleted': WebhookPayload & { readonly before: WebhookFacts; readonly after: null }
  'webhook.secret_rotated': WebhookPayload & { readonly previousUntil: string | null }
  'webhook.tested': WebhookPayload
  'webhook.redelivered': WebhookPayload & { readonly event: Id<'evt'> | null; readonly since: string | null; readonly count: number }
  'webhook.paused': WebhookPayload & { readonly because: 'asked' | 'failing' | 'gone' }
  'webhook.resumed': WebhookPayload
  'ticket.refused': { readonly source: string; readonly ticket: string; readonly code: string; readonly detail: string }
}

export type EventType = keyof EventPayloads

/** One thing that happened: who did it, to what, and what it was before and after. */
export type AuditEvent = {
  readonly [Type in EventType]: {
    readonly type: Type
    readonly actor: ActorRecord
    readonly requestId?: Id<'req'>
    readonly grantId?: Id<'grt'>
    readonly targetId?: Id<'tgt'>
    readonly payload: EventPayloads[Type]
  }
}[EventType]

/** What each type says, for the API's documentation; the type makes the list complete. */
export const eventMeanings: Readonly<Record<EventType, string>> = {
  'request.created': 'somebody asked',
  'decision.recorded': 'one approver approved or denied',
  'request.escalated': 'it waited for so long that others are asked too',
  'request.approved': 'the rules were satisfied and grants were opened',
  'request.denied': 'an approver denied',
  'request.withdrawn': 'the requester took it back, or whom it concerned left',
  'request.expired': 'nobody decided in time',
  'request.commented': 'somebody who sees it said something about it; the request has the text',
  'request.database_matched': 'a database came to match what was asked for by tags or as a whole region, and was judged',
  'grant.opened': 'an entitlement became a grant',
  'grant.emergency': 'somebody took emergency access, which nobody approved',
  'grant.extended': 'it was given more time, by a request of its own',
  'grant.kept': 'a reviewer kept standing access, until its next review',
  'review.opened': 'reviewers are asked: of emergency access after it was taken, of standing access before its review is due',
  'review.signed': 'a reviewer signed',
  'review.lapsed': 'there is nothing left to review: standing access ended, by itself or otherwise',
  'grant.started': 'its start came, and its policy is being written',
  'grant.activated': 'IAM holds it, read back and compared',
  'grant.ends_soon': 'its end is near: as long before it as its rule says, once for each end',
  'grant.ending': 'it expired, was revoked or returned, or its beneficiary left, and it is being taken away',
  'grant.ended': 'IAM holds it no more, read back and compared',
  'iam.write.intended': 'a call that changes IAM is about to be sent',
  'iam.write.accepted': 'AWS has begun with it, and goes on after its answer',
  'iam.write.done': 'it took effect',
  'iam.write.failed': 'it took no effect',
  'iam.write.unknown': 'its answer was lost; reading back will tell',
  'target.attention_raised': 'something keeps a target from being right',
  'target.attention_cleared': 'that is over',
  'target.drift_found': 'somebody else changed a policy or access role of Sallyport’s',
  'target.orphan_found': 'a policy of Sallyport’s was found that no grant explains',
  'target.guarded': 'a principal may from now on connect only to what it has been granted',
  'target.unguarded': 'that is over: sallyport.yaml no longer says so, or the principal was deleted',
  'target.changed_hands': 'a worker took over from one that fell silent',
  'database.found': 'AWS has a database that was not known',
  'database.changed': 'what AWS says of a database is not what it was',
  'database.gone': 'AWS has a database no longer, and it is not declared',
  'database.returned': 'a database that was gone is there again',
  'catalog.sync_asked': 'somebody had databases looked for at once',
  'authority.refused': 'somebody tried what is not theirs to do',
  'rules.activated': 'another rule set came into force',
  'rules.proposed': 'a rule set waits to be confirmed; the one in force stays',
  'rules.taken_back': 'it waits no more: the operator activated the one in force',
  'identity.linked': 'a login at an issuer became somebody’s',
  'identity.unlinked': 'a login is theirs no more, by another rule set',
  'identity.groups_changed': 'a token says other groups of its person than the one before',
  'person.left': 'somebody is in the directory no more: what waits for them is withdrawn, and what they were granted ends',
  'person.returned': 'somebody who had left is in the directory again, and got nothing back',
  'scim.user_created': 'an identity provider has pushed a user',
  'scim.user_changed': 'it says something else of a user',
  'scim.user_deleted': 'it has deleted a user',
  'scim.group_created': 'an identity provider has pushed a group',
  'scim.group_changed': 'a group has another name or other members',
  'scim.group_deleted': 'it has deleted a group',
  'key.created': 'an API key was made',
  'key.rotated': 'an API key got another secret; the one before stays good for the overlap',
  'key.revoked': 'an API key was revoked',
  'webhook.created': 'an endpoint is told of events from now on',
  'webhook.changed': 'where, or of what, it is told was changed',
  'webhook.deleted': 'it is told no more, and its deliveries are forgotten',
  'webhook.secret_rotated': 'it got another signing secret',
  'webhook.tested': 'somebody had a `ping` sent to it',
  'webhook.redelivered': 'somebody had deliveries sent once more',
  'webhook.paused': 'nothing is sent to it: somebody asked for that, it failed for three days, or it answered 410',
  'webhook.resumed': 'what waited is sent',
  'ticket.refused': 'what a ticket asked for, or somebody said in it, was refused; the ticket is told',
}
