import type { SallyportFile } from '../config/index.ts'
import type { Database, Tx } from '../db/index.ts'
import type { Person } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { keptBriefly } from '../kernel/kept-briefly.ts'
import { includes } from '../kernel/rule.ts'
import { type ApiKey, findKey, type KeyState, type StoredKey } from './api-key-store.ts'
import { type Caller, type Credential, keyIdOf, scopes } from './caller.ts'
import { parseToken, secretMatches } from './key-secret.ts'
import { KEPT_MILLISECONDS, type RuleSets } from './rule-sets.ts'

/** Who calls, by the values of `Authorization` and `Sallyport-On-Behalf-Of`. */
export type Authenticate = (authorization: string | undefined, personId: string | undefined) => Promise<Caller>

export interface AuthenticatorParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  /** In dev mode only: `Bearer dev-<id>` is that person of the directory. */
  readonly devPeople: boolean
}

/**
 * Tells who calls. Keys and the directory are looked up at most every five seconds, so a revocation stops reads
 * within that time; whatever writes calls `assertCredentialValid` in its transaction and is stopped at once.
 * Throws `unauthenticated`; `unknown_person`, `missing_scope`, `not_permitted`; `not_ready`, `database_unavailable`.
 */
export function createAuthenticator({ db, ruleSets, devPeople }: AuthenticatorParts): Authenticate {
  const keys = keptBriefly<Id<'key'>, StoredKey>(KEPT_MILLISECONDS)

  return async (authorization, personId) => {
    const token = bearerToken(authorization)
    if (devPeople && token.startsWith('dev-')) return devCaller((await ruleSets.current()).file, token.slice('dev-'.length), personId)
    const parsed = parseToken(token)
    const key = parsed === null ? null : await keys(parsed.id, () => findKey(db, parsed.id))
    // One answer for whatever is not the secret of a key: it tells nobody which ids exist.
    if (parsed === null || key === null || !secretMatches(parsed.secret, key.secretHash))
      throw new SallyportError('unauthenticated', 'The credential is not a known one.')
    refuseUnlessValid(key)
    return keyCaller((await ruleSets.current()).file, key, personId)
  }
}

/**
 * Checks once more, in the transaction that writes, that the credential is not revoked, expired or ownerless.
 * Throws `unauthenticated`.
 */
export async function assertCredentialValid(tx: Tx, credential: Credential): Promise<void> {
  const id = keyIdOf(credential)
  if (id !== null) assertKeyState(credential, (await findKey(tx, id))?.state ?? null)
}

/** The same by the state that a statement of the caller's read with its other facts (see `keyState`). */
export function assertKeyState(credential: Credential, state: KeyState | null): void {
  if (keyIdOf(credential) === null) return
  if (state === null) throw new SallyportError('unauthenticated', 'The API key is gone.')
  refuseUnlessValid({ name: credential.via, ownerId: credential.ownerId, state })
}

function bearerToken(authorization: string | undefined): string {
  const [, token] = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '') ?? []
  if (token === undefined) throw new SallyportError('unauthenticated', 'There is no `Authorization: Bearer …` header.')
  return token
}

function refuseUnlessValid({ name, state, ownerId }: Pick<ApiKey, 'name' | 'state' | 'ownerId'>): void {
  if (state === 'valid') return
  const reason = { revoked: 'has been revoked', expired: 'has expired', ownerless: `belongs to ${ownerId}, who has left the directory` }[
    state
  ]
  throw new SallyportError('unauthenticated', `The API key ${name} ${reason}.`)
}

function keyCaller(file: SallyportFile, key: StoredKey, personId: string | undefined): Caller {
  const mayActFor = key.scopes.includes('ask') || key.scopes.includes('decide') ? 'anyone' : 'nobody'
  if (personId !== undefined && mayActFor === 'nobody')
    throw new SallyportError(
      'missing_scope',
      `The API key ${key.name} may act for nobody; leave Sallyport-On-Behalf-Of out, or use a key with the scope ask or decide.`,
    )
  const person = personId === undefined ? null : personOf(file, personId)
  const decides = person === null || includes({ groups: key.decideGroups, people: [] }, person)
  const credential: Credential = {
    id: `key:${key.id}`,
    via: key.name,
    scopes: new Set(key.scopes.filter((scope) => scope !== 'decide' || decides)),
    mayActFor,
    decideGroups: key.decideGroups,
    ownerId: key.ownerId,
  }
  return caller(file, credential, person)
}

function devCaller(file: SallyportFile, id: string, personId: string | undefined): Caller {
  const person = file.people.find((one) => one.id === id)
  if (person === undefined)
    throw new SallyportError('unauthenticated', `The demo directory has no ${id}; it has ${file.people.map((one) => one.id).join(', ')}.`)
  if (personId !== undefined && personId !== id)
    throw new SallyportError('not_permitted', `${id} can act for nobody else; leave Sallyport-On-Behalf-Of out.`)
  return caller(file, { id: `dev:${id}`, via: 'dev', scopes: new Set(scopes), mayActFor: 'itself', decideGroups: [], ownerId: id }, person)
}

function personOf(file: SallyportFile, id: string): Person {
  const person = file.people.find((one) => one.id === id)
  if (person === undefined) throw new SallyportError('unknown_person', `${id} is no active person of the directory.`)
  return person
}

function caller(file: SallyportFile, credential: Credential, person: Person | null): Caller {
  const by = { credential: credential.id, via: credential.via }
  if (person === null) return { actor: { kind: 'service', ...by }, credential, isAdmin: false, isAuditor: false }
  return {
    actor: { kind: 'person', person, ...by },
    credential,
    isAdmin: includes(file.admins, person),
    isAuditor: includes(file.auditors, person),
  }
}
