import { record } from '../audit/index.ts'
import { knownGroups } from '../config/index.ts'
import type { Database, Tx } from '../db/index.ts'
import { type FieldError, SallyportError } from '../kernel/errors.ts'
import { type ApiKey, findKey, insertKey, withoutHash } from './api-key-store.ts'
import type { Scope } from './caller.ts'
import type { KeyActor } from './key-actor.ts'
import { newKeySecret } from './key-secret.ts'
import { isActivePerson } from './person-store.ts'
import type { RuleSets } from './rule-sets.ts'

/** The token is told this once, and kept nowhere. */
export interface KeyWithToken {
  readonly key: ApiKey
  readonly token: string
}

export interface CreateKey {
  /** Also the `via` of whatever is done with the key. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** A key that belongs to somebody stops when they leave the directory. */
  readonly ownerId: string | null
  /** For whose people it may decide; needed with the scope `decide`, and only then. */
  readonly decideGroups: readonly string[]
  /** Null: until it is revoked. */
  readonly lifetimeSeconds: number | null
}

/**
 * Makes an API key. The token is in the answer and nowhere else.
 * Throws `invalid_request` with what is wrong in which field, and `key_name_taken`.
 */
export const createKey =
  (db: Database, ruleSets: RuleSets) =>
  async (command: CreateKey, by: KeyActor): Promise<KeyWithToken> => {
    const { id, token, secretHash } = newKeySecret()
    const unusable = [...problemsOf(command), ...(await unknownGroups(ruleSets, command))]
    return db.inTransaction(async (tx) => {
      const actor = await by(tx)
      const wrong = [...unusable, ...(await unknownOwner(tx, command))]
      if (wrong.length > 0) throw new SallyportError('invalid_request', wrong.map(({ detail }) => detail).join(' '), { fields: wrong })
      const inserted = await insertKey(tx, { ...command, id, secretHash, scopes: [...new Set(command.scopes)] })
      const key = inserted ? await findKey(tx, id) : null
      if (key === null) throw new SallyportError('key_name_taken', `There is, or was, an API key named ${command.name}.`)
      await record(tx, [{ type: 'key.created', actor, payload: { key: id, name: key.name, scopes: key.scopes, owner: key.ownerId } }])
      return { key: withoutHash(key), token }
    })
  }

function problemsOf({ name, scopes, decideGroups, lifetimeSeconds }: CreateKey): FieldError[] {
  const problems: FieldError[] = []
  const add = (pointer: string, detail: string) => problems.push({ pointer, detail })
  // Not as an id begins, so that a key can be named by either.
  if (!/^(?!key_)[A-Za-z0-9][\w.-]{0,63}$/.test(name))
    add('/name', 'The name must be up to 64 letters, digits and . - _, and not begin with key_.')
  if (scopes.length === 0) add('/scopes', 'A key needs at least one scope.')
  if (scopes.includes('decide') && decideGroups.length === 0)
    add('/decideGroups', 'A key that may decide needs the groups for whose people it may.')
  if (!scopes.includes('decide') && decideGroups.length > 0)
    add('/decideGroups', 'Groups to decide for mean nothing without the scope decide.')
  if (lifetimeSeconds !== null && (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1 || lifetimeSeconds > LONGEST_LIFE))
    add('/lifetime', 'The lifetime must be from one second to ten years.')
  if (scopes.includes('scim') && scopes.length > 1)
    add('/scopes', 'A key with the scope scim says who people are, and can have no other scope.')
  return problems
}

const LONGEST_LIFE = 3_653 * 86_400

const unknownOwner = async (tx: Tx, { ownerId }: CreateKey): Promise<FieldError[]> =>
  ownerId === null || (await isActivePerson(tx, ownerId))
    ? []
    : [{ pointer: '/owner', detail: `${ownerId} is no active person of the directory.` }]

/** A misspelt group would only make the key useless, without a word. */
async function unknownGroups(ruleSets: RuleSets, { decideGroups }: CreateKey): Promise<FieldError[]> {
  if (decideGroups.length === 0) return []
  const { file } = await ruleSets.current()
  const known = new Set(knownGroups(file))
  return decideGroups.flatMap((group, index) =>
    known.has(group) ? [] : [{ pointer: `/decideGroups/${index}`, detail: `Nobody is in group ${group}.` }],
  )
}
