import type { Tx } from '../db/index.ts'
import type { Urgency } from './job-store.ts'

/**
 * Calls a second, and how many can be saved up, in one account for all workers together. AWS publishes no rate for IAM; a
 * few writes a second are known to pass, and reads are more than writes. All of SSO Admin's calls together may be 20 a
 * second (IAM Identity Center User Guide, "Quotas"), by whomever they are made: half of that is left to others.
 */
const budgets = { iam: { rate: 20, most: 600 }, sso: { rate: 10, most: 100 } } as const

export type Service = keyof typeof budgets

/** Which part of what can be saved up less urgent work leaves for the more urgent. */
const reserves: Readonly<Record<Urgency, number>> = { revoke: 0, grant: 0.25, check: 0.5 }

/**
 * Takes calls to AWS out of an account's budget, which fills up by the database's clock. Answers 0 if they are granted;
 * otherwise nothing is taken, and the answer is the seconds after which there can be enough.
 */
export async function takeCalls(tx: Tx, accountId: string, calls: number, urgency: Urgency, service: Service = 'iam'): Promise<number> {
  const { rate, most } = budgets[service]
  const [budget] = await tx.prisma.$queryRaw<{ calls: number }[]>`
    insert into call_budget as b (account_id, service, calls) values (${accountId}, ${service}, ${most})
    on conflict (account_id, service) do update set as_of = now(),
      calls = least(${most}, b.calls + ${rate} * greatest(0, extract(epoch from now() - b.as_of)::float8))
    returning calls`
  if (budget === undefined) throw new Error(`account ${accountId} has no budget of calls`)
  const missing = reserves[urgency] * most + calls - budget.calls
  if (missing > 0) return missing / rate
  await tx.prisma.$executeRaw`update call_budget set calls = calls - ${calls} where account_id = ${accountId} and service = ${service}`
  return 0
}
