import { record } from '../audit/index.ts'
import type { Database } from '../db/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import { SallyportError } from '../kernel/errors.ts'
import { findKey, lockKey, replaceSecret, withoutHash } from './api-key-store.ts'
import type { KeyWithToken } from './create-key.ts'
import type { KeyActor } from './key-actor.ts'
import { newKeySecret } from './key-secret.ts'

export interface RotateKey {
  /** The id or name of the key. */
  readonly ref: string
  /** For how long the secret before stays good, so that programs can change over. */
  readonly overlapSeconds: number
}

const LONGEST_OVERLAP = 30 * 86_400

/**
 * Gives a key another secret. The one before ends after the overlap, at once for whatever writes; one that was before that,
 * now. Throws `key_not_found`, `key_not_valid`, `invalid_duration`.
 */
export const rotateKey =
  (db: Database) =>
  async ({ ref, overlapSeconds }: RotateKey, by: KeyActor): Promise<KeyWithToken> => {
    if (overlapSeconds > LONGEST_OVERLAP)
      throw new SallyportError('invalid_duration', 'The secret before can stay good for 30 days (P30D) at most.', {
        fields: [{ pointer: '/overlap', detail: 'must be at most P30D' }],
      })
    return db.inTransaction(async (tx) => {
      const actor = await by(tx)
      const key = await lockKey(tx, ref)
      if (key === null) throw new SallyportError('key_not_found', `There is no API key ${ref}.`)
      if (key.state !== 'valid') throw new SallyportError('key_not_valid', `The API key ${key.name} is ${key.state}.`)
      const { token, secretHash } = newKeySecret(key.id)
      await replaceSecret(tx, key.id, secretHash, overlapSeconds)
      const overlap = overlapSeconds === 0 ? 'PT0S' : formatDuration(overlapSeconds)
      await record(tx, [{ type: 'key.rotated', actor, payload: { key: key.id, name: key.name, overlap } }])
      return { key: withoutHash((await findKey(tx, key.id)) ?? key), token }
    })
  }
