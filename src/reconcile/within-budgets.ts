import type { Reader } from '../db/index.ts'
import { takeCalls } from '../jobs/index.ts'
import type { Plan } from '../policy/index.ts'
import type { TakenTarget } from './take-target.ts'

/** As much of a plan as there are calls for. */
export interface Affordable {
  readonly plan: Plan
  /** Seconds after which there can be calls for the rest; null: there is no rest. */
  readonly wait: number | null
}

/**
 * Takes the calls that a plan makes in other accounts than the target's out of the budgets of those, and leaves the plan
 * off before the first for which there is none: what comes after it may rest on it. Those of the target's own account are
 * taken when its run begins. In an account that Sallyport does not manage no call is made.
 */
export async function withinBudgets(db: Reader, { accounts }: Pick<TakenTarget, 'accounts'>, plan: Plan): Promise<Affordable> {
  const managed = new Set(accounts.map(({ id }) => id))
  for (const [index, write] of plan.entries()) {
    const isElsewhere = write.operation === 'prepare_account' && managed.has(write.account)
    const wait = isElsewhere ? await takeCalls(db, write.account, 1, 'grant') : 0
    if (wait > 0) return { plan: plan.slice(0, index), wait }
  }
  return { plan, wait: null }
}
