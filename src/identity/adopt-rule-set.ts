import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { record } from '../audit/index.ts'
import type { LoadedFile, SallyportFile } from '../config/index.ts'
import type { Database, Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { settlePeople } from './departure-store.ts'
import { declareIdentities } from './identity-store.ts'
import { declarePeople } from './person-store.ts'
import { findActiveHash, insertRuleSet, lockSwitch, pointAt } from './rule-set-store.ts'

/** Makes the catalog and the guards what the file declares, in the transaction of its adoption. */
export type Declare = (tx: Tx, file: SallyportFile, actor: ActorRecord) => Promise<void>

export interface AdoptRuleSet {
  readonly loaded: LoadedFile
  /** True where somebody says so: makes a rule set that was in force before the active one again. */
  readonly force: boolean
}

/** Whether the file is now in force; if not, `activeHash` is, and `sallyport rules activate` would change that. */
export interface Adoption {
  readonly adopted: boolean
  readonly hash: string
  readonly activeHash: string
}

/**
 * Brings a sallyport.yaml into force when a process starts. A file that was never seen is new and becomes the
 * active rule set, with its people, accounts and databases. One that was in force before and no longer is does
 * not, unless forced: an old process that starts again during a deploy must not take everybody back.
 */
export const adoptRuleSet =
  (db: Database, declare: Declare) =>
  async ({ loaded, force }: AdoptRuleSet, actor: ActorRecord): Promise<Adoption> => {
    const json = canonicalJson(loaded.content)
    const hash = hashOf(json)
    return db.inTransaction(async (tx) => {
      await lockSwitch(tx)
      const hashBefore = await findActiveHash(tx)
      if (hashBefore === hash) return { adopted: true, hash, activeHash: hash }
      const isNew = await insertRuleSet(tx, hash, json)
      if (hashBefore !== null && !isNew && !force) return { adopted: false, hash, activeHash: hashBefore }
      await pointAt(tx, hash)
      await declarePeople(tx, loaded.file.people, actor)
      await settlePeople(tx, { scim: loaded.file.scim !== null, people: null, actor })
      await declareIdentities(tx, loaded.file, actor)
      await declare(tx, loaded.file, actor)
      await record(tx, [{ type: 'rules.activated', actor, payload: { hashBefore, hashAfter: hash } }])
      return { adopted: true, hash, activeHash: hash }
    })
  }

/** The hash that a sallyport.yaml has in force, whatever its comments and the order of its keys. */
export const ruleSetHash = ({ content }: LoadedFile): string => hashOf(canonicalJson(content))

const hashOf = (json: string): string => createHash('sha256').update(json).digest('hex')

/** RFC 8785: the same content has the same bytes, whatever the order of its keys. */
function canonicalJson(content: unknown): string {
  const json = canonicalize(content)
  if (json === undefined) throw new TypeError('the content of a rule set is not JSON')
  return json
}
