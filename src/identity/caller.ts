import type { SallyportFile } from '../config/index.ts'
import type { Actor, Viewer } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { includes } from '../kernel/rule.ts'

/** What a credential may be used for; what the person acting may do is for the rules and for the routes. */
export const scopes = ['read', 'ask', 'decide', 'revoke', 'audit', 'sync', 'webhooks'] as const
export type Scope = (typeof scopes)[number]

export const isScope = (text: string): text is Scope => scopes.some((scope) => scope === text)

export interface Credential {
  /** `key:key_…` for an API key, `identity:idn_…` for a person's token, `dev:<person id>` for a person of dev mode. */
  readonly id: string
  /** Through which program: the name of the key, the client of the token, or `dev`. */
  readonly via: string
  /** What it may do for the caller at hand: `decide` is left out for a person in none of `decideGroups`. */
  readonly scopes: ReadonlySet<Scope>
  readonly mayActFor: 'anyone' | 'nobody' | 'itself'
  /** The groups for whose people a key may decide; not looked at where the person has their own credential. */
  readonly decideGroups: readonly string[]
  /** The person it belongs to, if any: it never decides what they asked for or will use. */
  readonly ownerId: string | null
  /** Of the secret of the API key that was used, by which one that was replaced is known; null for others. */
  readonly secretHash: string | null
  /** When it ends by itself; null: it does not. */
  readonly expiresAt: Date | null
}

/** Who calls. A program that acts for nobody is neither admin nor auditor: its scopes alone say what it may do. */
export interface Caller {
  readonly actor: Actor
  readonly credential: Credential
  readonly isAdmin: boolean
  readonly isAuditor: boolean
}

/** The same caller by these rules and people. Throws `unknown_person` if they have left the directory. Pure. */
export function callerIn(file: SallyportFile, { actor, credential }: Caller): Caller {
  if (actor.kind !== 'person') return { actor, credential, isAdmin: false, isAuditor: false }
  const person = file.people.find(({ id }) => id === actor.person.id)
  if (person === undefined) throw new SallyportError('unknown_person', `${actor.person.id} is no active person of the directory.`)
  const decides = credential.mayActFor !== 'anyone' || includes({ groups: credential.decideGroups, people: [] }, person)
  return {
    actor: { ...actor, person },
    credential: { ...credential, scopes: new Set([...credential.scopes].filter((scope) => scope !== 'decide' || decides)) },
    isAdmin: includes(file.admins, person),
    isAuditor: includes(file.auditors, person),
  }
}

/** What a caller may see: admins, auditors, and programs that act for nobody see everything. */
export const viewerOf = ({ actor, isAdmin, isAuditor }: Caller): Viewer => ({
  everything: isAdmin || isAuditor || actor.kind === 'service',
  personId: actor.kind === 'person' ? actor.person.id : null,
  groups: actor.kind === 'person' ? actor.person.groups : [],
})
