import type { Reader, Statement } from '../db/index.ts'
import type { Urgency } from './job-store.ts'

/**
 * Calls a second, and how many can be saved up, in one account for all workers together. AWS publishes no rate for IAM; a
 * few writes a second are known to pass, and reads are more than writes. All of SSO Admin's calls together may be 20 a
 * second (IAM Identity Center User Guide, "Quotas"), by whomever they are made: half of that is left to others.
 */
const budgets = { iam: { rate: 20, most: 600 }, sso: { rate: 10, most: 100 } } as const

export type Service = keyof typeof budgets

/**
 * Which part of what can be saved up less urgent work leaves for the more urgent; looking for databases, for which nobody
 * waits, for all of it.
 */
const reserves: Readonly<Record<Urgency | 'sync', number>> = { revoke: 0, grant: 0.25, check: 0.5, sync: 0.6 }

const take: Statement = {
  name: 'call-budget-take',
  text: `
    with budget as materialized (
      select least($6::float8, calls + $5::float8 * greatest(0, extract(epoch from now() - as_of)::float8)) as calls
      from call_budget where account_id = $1 and service = $4 for update),
    there as (select coalesce((select calls from budget), $6::float8) as calls),
    taken as (
      insert into call_budget (account_id, service, calls, as_of)
      select $1, $4, there.calls - case when there.calls >= $3::float8 + $2::float8 then $2::float8 else 0 end, now() from there
      on conflict (account_id, service) do update set calls = excluded.calls, as_of = case
        -- Who waited for the row began before those whom it waited for: going back to that would count the time twice.
        when call_budget.as_of between now() and now() + interval '1 minute' then call_budget.as_of
        else now() end)
    select calls::float8 as calls from there`,
}

/**
 * Takes calls to AWS out of an account's budget, which fills up by the database's clock, in one atomic statement. Answers
 * 0 if they are granted; otherwise nothing is taken, and the answer is the seconds after which there can be enough.
 */
export async function takeCalls(
  db: Reader,
  accountId: string,
  calls: number,
  urgency: Urgency | 'sync',
  service: Service = 'iam',
): Promise<number> {
  const { rate, most } = budgets[service]
  const reserve = reserves[urgency] * most
  const [budget] = await db.query<{ calls: number }>(take, [accountId, calls, reserve, service, rate, most])
  if (budget === undefined) throw new Error(`account ${accountId} has no budget of calls`)
  return Math.max(0, reserve + calls - budget.calls) / rate
}
