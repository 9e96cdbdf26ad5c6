import type { Database } from '../db/index.ts'
import { enqueueSlackShows, enqueueSlackSpreading, type SweepWork } from '../jobs/index.ts'
import { forgottenRequests, hasForgottenNotes, spreadNotes } from './slack-store.ts'

/** How many events are looked at in one transaction. */
const BATCH = 200

/** Has the requests looked at that noted events are about, until none is left. */
export const spreadSlackNotes = (db: Database) => async (): Promise<void> => {
  let taken: number
  do {
    taken = await db.inTransaction(async (tx) => {
      const spread = await spreadNotes(tx, BATCH)
      await enqueueSlackShows(tx, spread.requestIds)
      return spread.taken
    })
  } while (taken === BATCH)
}

/** What has to be looked after once a minute, so that a lost job delays a message and never loses it. */
export const lookAfterSlack: readonly SweepWork[] = [
  {
    name: 'forgotten by Slack',
    run: async (tx) => {
      if (await hasForgottenNotes(tx)) await enqueueSlackSpreading(tx)
      await enqueueSlackShows(tx, await forgottenRequests(tx))
    },
  },
]
