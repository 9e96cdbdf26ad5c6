import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { record } from '../audit/index.ts'
import { ConfigError, type LoadedFile, readContent, type SallyportFile } from '../config/index.ts'
import type { Database, Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { RuleSetChanges } from '../kernel/rule-set-changes.ts'
import { compareRuleSets } from '../rules/index.ts'
import { type Declare, enforce } from './enforce-rule-set.ts'
import { discardPending, findPending, proposePending } from './pending-rule-set-store.ts'
import { findActiveHash, findContent, insertRuleSet, lockSwitch } from './rule-set-store.ts'

export interface AdoptRuleSet {
  readonly loaded: LoadedFile
  /** True where somebody says so: makes a rule set that was in force before the active one again. */
  readonly force: boolean
  /** True where the operator says so: brings it into force though the rules in force want it confirmed. */
  readonly withoutConfirmation?: boolean
}

/**
 * Whether the file is now in force. If not, `activeHash` is; `pending` if it waits for somebody to confirm it, and otherwise
 * `sallyport rules activate` would change that.
 */
export interface Adoption {
  readonly adopted: boolean
  readonly pending: boolean
  readonly hash: string
  readonly activeHash: string
  /** What it has otherwise than the one in force; null if that is the first, the same, or cannot be read by this version. */
  readonly changes: RuleSetChanges | null
}

/**
 * Brings a sallyport.yaml into force when a process starts. A file that was never seen is new and becomes the
 * active rule set, with its people, accounts and databases. One that was in force before and no longer is does
 * not, unless forced: an old process that starts again during a deploy must not take everybody back. Where the rules in
 * force want it confirmed, it waits for that, and nothing else changes; forcing the one in force takes back what waits.
 */
export const adoptRuleSet =
  (db: Database, declare: Declare) =>
  async ({ loaded, force, withoutConfirmation = false }: AdoptRuleSet, actor: ActorRecord): Promise<Adoption> => {
    const json = canonicalJson(loaded.content)
    const hash = hashOf(json)
    return db.inTransaction(async (tx) => {
      await lockSwitch(tx)
      const hashBefore = await findActiveHash(tx)
      if (hashBefore === hash) {
        if (force) await takeBack(tx, actor)
        return { adopted: true, pending: false, hash, activeHash: hash, changes: null }
      }
      const isNew = await insertRuleSet(tx, hash, json)
      const before = hashBefore === null ? null : await inForceBefore(tx, hashBefore)
      const changes = before?.file == null ? null : compareRuleSets(before.file, loaded.file)
      if (hashBefore !== null && !isNew && !force) {
        const pending = (await findPending(tx))?.hash === hash
        return { adopted: false, pending, hash, activeHash: hashBefore, changes }
      }
      const confirmed = before?.confirms === true
      if (hashBefore !== null && confirmed && !withoutConfirmation) {
        if (await proposePending(tx, hash, actor))
          await record(tx, [{ type: 'rules.proposed', actor, payload: { hashInForce: hashBefore, hash, changes } }])
        return { adopted: false, pending: true, hash, activeHash: hashBefore, changes }
      }
      const confirmation = confirmed ? ('overridden' as const) : ('not_needed' as const)
      await enforce(tx, declare, { file: loaded.file, hash, hashBefore, changes, confirmation, proposedBy: null }, actor)
      return { adopted: true, pending: false, hash, activeHash: hash, changes }
    })
  }

async function takeBack(tx: Tx, actor: ActorRecord): Promise<void> {
  const pending = await discardPending(tx)
  if (pending !== null) await record(tx, [{ type: 'rules.taken_back', actor, payload: { hash: pending } }])
}

/** The file in force, null if this version cannot read it, and whether what comes after it wants confirming: that is read without the rest. */
async function inForceBefore(tx: Tx, hash: string): Promise<{ readonly file: SallyportFile | null; readonly confirms: boolean }> {
  const stored = await findContent(tx, hash)
  if (stored === null) throw new Error(`there is no rule set ${hash}`)
  const { content } = stored
  const confirms = typeof content === 'object' && content !== null && 'activation' in content
  try {
    return { file: readContent(content), confirms }
  } catch (error) {
    if (error instanceof ConfigError) return { file: null, confirms }
    throw error
  }
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
