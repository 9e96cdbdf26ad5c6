import type { Actor, Viewer } from '../kernel/actor.ts'
import { type Id, isId } from '../kernel/ids.ts'

/** What a credential may be used for; what the person acting may do is for the rules and for the routes. */
export const scopes = ['read', 'ask', 'decide', 'revoke', 'audit', 'sync', 'webhooks'] as const
export type Scope = (typeof scopes)[number]

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text)

export interface Credential {
  /** `key:key_…` for an API key, `dev:<person id>` for a person of dev mode. */
  readonly id: string
  /** Through which program: the name of the key, or `dev`. */
  readonly via: string
  /** What it may do for the caller at hand: `decide` is left out for a person in none of `decideGroups`. */
  readonly scopes: ReadonlySet<Scope>
  readonly mayActFor: 'anyone' | 'nobody' | 'itself'
  /** The groups for whose people a key may decide; not looked at where the person has their own credential. */
  readonly decideGroups: readonly string[]
  /** The person it belongs to, if any: it never decides what they asked for or will use. */
  readonly ownerId: string | null
}

/** The id of the API key that a credential is; null for a person of dev mode. */
export function keyIdOf(credential: Pick<Credential, 'id'>): Id<'key'> | null {
  const id = credential.id.replace(/^key:/, '')
  return isId('key', id) ? id : null
}

/** Who calls. A program that acts for nobody is neither admin nor auditor: its scopes alone say what it may do. */
export interface Caller {
  readonly actor: Actor
  readonly credential: Credential
  readonly isAdmin: boolean
  readonly isAuditor: boolean
}

/** What a caller may see: admins, auditors, and programs that act for nobody see everything. */
export const viewerOf = ({ actor, isAdmin, isAuditor }: Caller): Viewer => ({
  everything: isAdmin || isAuditor || actor.kind !== 'person',
  personId: actor.kind === 'person' ? actor.person.id : null,
  groups: actor.kind === 'person' ? actor.person.groups : [],
})
