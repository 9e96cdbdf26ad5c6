import type { SallyportFile } from '../config/index.ts'
import type { Reader } from '../db/index.ts'
import type { Identity } from '../kernel/actor.ts'
import type { Caller, Scope } from './caller.ts'
import { findIdentity } from './identity-store.ts'
import { ownCaller } from './own-credential.ts'

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
  return ownCaller(file, person, { id: `identity:${linked.id}`, via, scopes: new Set(scopes), expiresAt: null })
}
