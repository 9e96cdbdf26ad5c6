import type { Reader, Statement, Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { claimsRevision } from './identity-store.ts'

const activeHash: Statement = { name: 'active-rule-set', text: 'select hash from active_rule_set' }
/** The SQL of what is in force: a rule set, and what tokens and SCIM say about people. `RuleSets.content` reads it; null before the first. */
export const inForce = `(select hash || ' ' || ${claimsRevision} from active_rule_set)`

const inForceNow: Statement = { name: 'in-force', text: `select ${inForce} as "inForce"` }
const contentByHash: Statement = { name: 'rule-set-content', text: 'select content from rule_set where hash = $1' }

/** The hash of the rule set in force; null before the first. */
export async function findActiveHash(reader: Reader): Promise<string | null> {
  const [row] = await reader.query<{ hash: string }>(activeHash, [])
  return row?.hash ?? null
}

export async function findInForce(reader: Reader): Promise<string | null> {
  const [row] = await reader.query<{ inForce: string | null }>(inForceNow, [])
  return row?.inForce ?? null
}

/** What was stored under a hash, or null. */
export async function findContent(reader: Reader, hash: string): Promise<{ readonly content: unknown } | null> {
  const [row] = await reader.query<{ content: unknown }>(contentByHash, [hash])
  return row ?? null
}

const SWITCH_LOCK = 5_411_761

/** Until the transaction ends, nobody else switches rule sets. */
export async function lockSwitch(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`select pg_advisory_xact_lock(${SWITCH_LOCK}::bigint)`
}

/** Until the transaction ends, nobody switches rule sets; others may hold this as well. */
export async function keepInForce(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`select pg_advisory_xact_lock_shared(${SWITCH_LOCK}::bigint)`
}

/** Stores a rule set unless it is there already; answers whether it is new. */
export async function insertRuleSet(tx: Tx, hash: string, canonicalJson: string): Promise<boolean> {
  return (
    (await tx.prisma.$executeRaw`insert into rule_set (hash, content) values (${hash}, ${canonicalJson}::jsonb) on conflict do nothing`) ===
    1
  )
}

export async function pointAt(tx: Tx, hash: string, actor: ActorRecord): Promise<void> {
  const by = JSON.stringify(actor)
  await tx.prisma.$executeRaw`
    insert into active_rule_set (hash, activated_by) values (${hash}, ${by}::jsonb)
    on conflict (singleton) do update set hash = excluded.hash, since = now(), activated_by = excluded.activated_by, people_revision = active_rule_set.people_revision + 1`
}
