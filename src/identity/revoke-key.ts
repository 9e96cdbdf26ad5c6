import { record } from '../audit/index.ts'
import type { Database } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type ApiKey, findKeyByIdOrName, lockKey, markRevoked, withoutHash } from './api-key-store.ts'
import type { KeyActor } from './key-actor.ts'

/**
 * Revokes an API key, named by its id or name; one revoked before stays as it is. What writes sees it at once,
 * what only reads within five seconds. Throws `key_not_found`.
 */
export const revokeKey =
  (db: Database) =>
  async (ref: string, by: KeyActor): Promise<ApiKey> =>
    db.inTransaction(async (tx) => {
      const actor = await by(tx)
      const key = await lockKey(tx, ref)
      if (key === null) throw new SallyportError('key_not_found', `There is no API key ${ref}.`)
      if (await markRevoked(tx, key.id)) await record(tx, [{ type: 'key.revoked', actor, payload: { key: key.id, name: key.name } }])
      return withoutHash((await findKeyByIdOrName(tx, ref)) ?? key)
    })
