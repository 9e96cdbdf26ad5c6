import { setTimeout as delay } from 'node:timers/promises'
import type { BeforeCall } from '../aws/index.ts'
import type { Database } from '../db/index.ts'
import { takeCalls } from '../jobs/index.ts'

/** The account's calls are needed for what is more urgent. */
export class CallsSpent extends Error {}

/** Seconds that a walk waits for calls, all in all; a longer wait would keep other accounts from being looked at. */
const PATIENCE = 10
/** Seconds; so that several walks that wait for the same call do not ask without pause. */
const SHORTEST_WAIT = 0.05

/** Takes each call of one walk out of the account's budget, one after the other, and waits where there is none. Throws CallsSpent. */
export function withinBudget(database: Database, accountId: string): BeforeCall {
  let patience = PATIENCE
  const takeOne = async (): Promise<void> => {
    for (let wait = await takeCalls(database, accountId, 1, 'sync'); wait > 0; wait = await takeCalls(database, accountId, 1, 'sync')) {
      const seconds = Math.max(wait, SHORTEST_WAIT)
      patience -= seconds
      if (patience < 0) throw new CallsSpent(`the calls of account ${accountId} are spent`)
      await delay(seconds * 1_000)
    }
  }
  let before: Promise<void> = Promise.resolve()
  return () => {
    before = before.then(takeOne)
    return before
  }
}
