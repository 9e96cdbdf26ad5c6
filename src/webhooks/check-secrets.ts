import { ConfigError } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { SealedSecrets } from './sealed-secrets.ts'
import { lockSealed, saveSealed } from './webhook-store.ts'

/**
 * At the start of a process: every secret can be opened, and those sealed with an older key are sealed anew, so that the older
 * one can be taken away. Throws a ConfigError where a key is missing.
 */
export const checkSecrets = (db: Database, secrets: SealedSecrets): Promise<void> =>
  db.inTransaction(async (tx) => {
    for (const { id, secret, previousSecret } of await lockSealed(tx)) {
      const anew = (sealed: string): string => secrets.seal(id, secrets.open(id, sealed))
      try {
        const [current, previous] = [anew(secret), previousSecret === null ? null : anew(previousSecret)]
        if (secrets.isOld(secret)) await saveSealed(tx, { id, secret: current, previousSecret: previous })
      } catch (error) {
        throw new ConfigError([
          `SALLYPORT_SECRET_KEY: the signing secret of webhook ${id} cannot be opened (${error instanceof Error ? error.message : 'unknown'}); give the key that it was sealed with, after the new one if there is a new one`,
        ])
      }
    }
  })
