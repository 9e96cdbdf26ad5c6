/** A human being with a stable id. Groups come from the active rule set. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly groups: readonly string[]
}

/** A login at an OpenID provider: `iss` and `sub` of its tokens. It belongs to one person, or to nobody yet. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
}

/**
 * Who does a thing, and through what.
 * - `person`: with their own credential, or through a program that acts for them.
 * - `service`: an API key acting for nobody; it can read and revoke, never ask or decide. Or a source of tickets.
 * - `system`: a Sallyport process: the worker, or an operator at the CLI.
 */
export type Actor =
  | { readonly kind: 'person'; readonly person: Person; readonly credential: string; readonly via: string }
  | { readonly kind: 'service'; readonly credential: string; readonly via: string }
  | { readonly kind: 'system'; readonly credential: string; readonly via: 'worker' | 'cli' | 'api' }

/** What the audit and the API store of an actor: names and ids, no group lists, no secrets. */
export interface ActorRecord {
  readonly kind: Actor['kind']
  readonly person: string | null
  readonly credential: string
  readonly via: string
}

/** A worker, for the audit. */
export const worker: ActorRecord = { kind: 'system', person: null, credential: 'worker', via: 'worker' }

export const actorRecord = (actor: Actor): ActorRecord => ({
  kind: actor.kind,
  person: actor.kind === 'person' ? actor.person.id : null,
  credential: actor.credential,
  via: actor.via,
})

/** Through which caller somebody acts by a source of tickets. */
export const ticketVia = (source: string): string => `ticket:${source}`

/** The source of tickets through which somebody acted, or null. */
export const ticketSourceIn = (via: string): string | null => (via.startsWith('ticket:') ? via.slice('ticket:'.length) : null)

/** How much somebody may see: everything, or what concerns them as requester, beneficiary or approver. */
export interface Viewer {
  readonly everything: boolean
  readonly personId: string | null
  readonly groups: readonly string[]
}

/** The person whom a filter names: `me` is who looks; null, if they are nobody, matches nothing. */
export const meant = (viewer: Viewer, person: string): string | null => (person === 'me' ? viewer.personId : person)

/** What a request or grant says about whom it concerns. */
export interface Concerned {
  readonly requesterId: string
  readonly beneficiaryId: string
  readonly approverGroups: readonly string[]
  readonly approverPeople: readonly string[]
}

export const isApprover = (viewer: Viewer, of: Concerned): boolean =>
  (viewer.personId !== null && of.approverPeople.includes(viewer.personId)) ||
  of.approverGroups.some((group) => viewer.groups.includes(group))

export const maySee = (viewer: Viewer, of: Concerned): boolean =>
  viewer.everything || viewer.personId === of.requesterId || viewer.personId === of.beneficiaryId || isApprover(viewer, of)
