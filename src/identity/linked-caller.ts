import type { SallyportFile } from '../config/index.ts'
import type { Reader } from '../db/index.ts'
import type { Identity } from '../kernel/actor.ts'
import { type Caller, callerIn, type Scope } from './caller.ts'
import { findIdentity } from './identity-store.ts'

/**
 * The person who has an identity elsewhere, acting with it: what they did there is their own word, and their credential is
 * that identity. Null if it is nobody's of the directory. Throws Postgres's failures only.
 */
export async function linkedCaller(
  reader: Reader,
  file: SallyportFile,
  identity: Identity,
  { via, scopes }: { readonly via: string; readonly scopes: readonly Scope[] },
): Promise<Caller | null> {
  const linked = await findIdentity(reader, identity)
  const person = file.people.find(({ id }) => id === linked?.personId)
  if (linked === null || person === undefined) return null
  const credential = {
    id: `identity:${linked.id}`,
    via,
    scopes: new Set(scopes),
    mayActFor: 'itself',
    decideGroups: [],
    ownerId: person.id,
    secretHash: null,
    expiresAt: null,
  } as const
  const actor = { kind: 'person', person, credential: credential.id, via } as const
  return callerIn(file, { actor, credential, isAdmin: false, isAuditor: false })
}
