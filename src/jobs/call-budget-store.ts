import type { Tx } from '../db/index.ts'
import type { Urgency } from './job-store.ts'

/**
 * Calls a second, and how many can be saved up, in one account for all workers together. AWS publishes no rate for IAM; a
 * few writes a second are known to pass, and reads are more than writes.
 */
const RATE = 20
const MOST = 600

/** What less urgent work leaves for the more urgent. */
const reserves: Readonly<Record<Urgency, number>> = { revoke: 0, grant: MOST * 0.25, check: MOST * 0.5 }

/**
 * Takes calls to AWS out of an account's budget, which fills up by the database's clock. Answers 0 if they are granted;
 * otherwise nothing is taken, and the answer is the seconds after which there can be enough.
 */
export async function takeCalls(tx: Tx, accountId: string, calls: number, urgency: Urgency): Promise<number> {
  const [budget] = await tx.prisma.$queryRaw<{ calls: number }[]>`
    insert into call_budget as b (account_id, calls) values (${accountId}, ${MOST})
    on conflict (account_id) do update set as_of = now(),
      calls = least(${MOST}, b.calls + ${RATE} * greatest(0, extract(epoch from now() - b.as_of)::float8))
    returning calls`
  if (budget === undefined) throw new Error(`account ${accountId} has no budget of calls`)
  const missing = reserves[urgency] + calls - budget.calls
  if (missing > 0) return missing / RATE
  await tx.prisma.$executeRaw`update call_budget set calls = calls - ${calls} where account_id = ${accountId}`
  return 0
}
