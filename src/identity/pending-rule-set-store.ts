import type { Reader, Statement, Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'

/** A rule set that waits for somebody to confirm it. */
export interface PendingRuleSet {
  readonly hash: string
  readonly since: Date
  readonly proposedBy: ActorRecord
  readonly content: unknown
}

/** The rule set in force: since when, and by whom. */
export interface InForce {
  readonly hash: string
  readonly since: Date
  readonly activatedBy: ActorRecord
}

const pendingStatement: Statement = {
  name: 'pending-rule-set',
  text: `select p.hash, p.since, p.proposed_by as "proposedBy", s.content from pending_rule_set p join rule_set s on s.hash = p.hash`,
}

const activeStatement: Statement = {
  name: 'active-rule-set-facts',
  text: 'select hash, since, activated_by as "activatedBy" from active_rule_set',
}

export async function findPending(reader: Reader): Promise<PendingRuleSet | null> {
  const [row] = await reader.query<PendingRuleSet & Record<string, unknown>>(pendingStatement, [])
  return row ?? null
}

export async function findActive(reader: Reader): Promise<InForce | null> {
  const [row] = await reader.query<InForce & Record<string, unknown>>(activeStatement, [])
  return row ?? null
}

/** Has a rule set wait in the place of any other; answers whether it did not already. The caller holds the switch. */
export async function proposePending(tx: Tx, hash: string, actor: ActorRecord): Promise<boolean> {
  const changed = await tx.prisma.$executeRaw`
    insert into pending_rule_set (hash, proposed_by) values (${hash}, ${JSON.stringify(actor)}::jsonb)
    on conflict (singleton) do update set hash = excluded.hash, since = now(), proposed_by = excluded.proposed_by
      where pending_rule_set.hash <> excluded.hash`
  return changed === 1
}

/** Nothing waits any more; answers the hash of what did. The caller holds the switch. */
export async function discardPending(tx: Tx): Promise<string | null> {
  const [row] = await tx.prisma.$queryRaw<{ hash: string }[]>`delete from pending_rule_set returning hash`
  return row?.hash ?? null
}
