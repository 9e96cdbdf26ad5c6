import type { SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { findKey, type StoredKey, storeUse } from './api-key-store.ts'
import { type Caller, type Credential, callerIn } from './caller.ts'
import { refuseUnlessGood } from './credential-state.ts'
import { hashSecret, type KeySecret, matchingHash, parseToken } from './key-secret.ts'
import { RefusedCaller } from './refused-caller.ts'
import { KEPT_MILLISECONDS } from './rule-sets.ts'

/** How often the use of a key is noted at most. */
const USE_MILLISECONDS = 60_000

/** A key, and which of its secrets was used. */
interface UsedKey {
  readonly key: StoredKey
  readonly secretHash: string
}

/** Who calls with an API key, and for whom. A key is looked up at most every five seconds, and at once for a secret that was not seen. */
export function keyCallers(db: Database) {
  const used = keptBriefly<string, UsedKey>(KEPT_MILLISECONDS)
  const find = async ({ id, secret }: KeySecret): Promise<UsedKey | null> => {
    const key = await findKey(db, id)
    const secretHash = key === null ? null : matchingHash(secret, [key.secretHash, key.previousHash])
    return key === null || secretHash === null ? null : { key, secretHash }
  }

  const noted = keptBriefly<Id<'key'>, true>(USE_MILLISECONDS)
  /** Nobody waits for it, and what cannot be noted now is noted at the next use. */
  const noteUse = (id: Id<'key'>): void => {
    noted(id, () => storeUse(db, id).then(() => true)).catch(() => {})
  }

  return async (token: string, personId: string | undefined, file: () => Promise<SallyportFile>): Promise<Caller> => {
    const parsed = parseToken(token)
    const found = parsed === null ? null : await used(hashSecret(parsed.secret), () => find(parsed))
    // One answer for whatever is not the secret of a key: it tells nobody which ids exist.
    if (found === null || found.key.id !== parsed?.id) throw new SallyportError('unauthenticated', 'The credential is not a known one.')
    const { key, secretHash } = found
    refuseUnlessGood({ via: key.name, ownerId: key.ownerId }, key.state)
    noteUse(key.id)
    return callerWith(await file(), key, secretHash, personId)
  }
}

function callerWith(file: SallyportFile, key: StoredKey, secretHash: string, personId: string | undefined): Caller {
  const credential: Credential = {
    id: `key:${key.id}`,
    via: key.name,
    scopes: new Set(key.scopes),
    mayActFor: key.scopes.includes('ask') || key.scopes.includes('decide') ? 'anyone' : 'nobody',
    decideGroups: key.decideGroups,
    ownerId: key.ownerId,
    secretHash,
    expiresAt: key.expiresAt,
  }
  const by = { credential: credential.id, via: key.name }
  const service: Caller = { actor: { kind: 'service', ...by }, credential, isAdmin: false, isAuditor: false }
  if (personId === undefined) return service
  const refusedTo: ActorRecord = { kind: 'service', person: null, ...by }
  if (credential.mayActFor === 'nobody')
    throw new RefusedCaller(
      refusedTo,
      'missing_scope',
      `The API key ${key.name} may act for nobody; leave Sallyport-On-Behalf-Of out, or use a key with the scope ask or decide.`,
    )
  const person = file.people.find(({ id }) => id === personId)
  if (person === undefined) throw new RefusedCaller(refusedTo, 'unknown_person', `${personId} is no active person of the directory.`)
  return callerIn(file, { ...service, actor: { kind: 'person', person, ...by } })
}
