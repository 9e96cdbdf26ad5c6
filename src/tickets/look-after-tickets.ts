import type { RuleSets } from '../identity/index.ts'
import { enqueueTicketAction, type SweepWork, scheduleComments } from '../jobs/index.ts'
import { endForTicket } from '../requests/index.ts'
import { forgetOldComments, forgottenComments } from './comment-store.ts'
import { sourceActor } from './receive-delivery.ts'
import { closedWithAccess, forgetOldDeliveries, forgottenDeliveries } from './ticket-store.ts'

/** What has to be looked after once a minute, so that a lost job delays and never loses, and no access outlives its ticket. */
export const lookAfterTickets = (ruleSets: RuleSets): readonly SweepWork[] => [
  {
    name: 'tickets that were closed',
    run: async (tx) => {
      for (const { name, endsAccess, closed } of (await ruleSets.current()).file.tickets) {
        if (!endsAccess) continue
        for (const { key } of await closedWithAccess(tx, name, closed)) await endForTicket(tx, { source: name, key }, sourceActor(name))
      }
    },
  },
  {
    name: 'forgotten tickets',
    run: async (tx) => {
      for (const { source, id, key } of await forgottenDeliveries(tx)) await enqueueTicketAction(tx, { source, delivery: id }, key)
      for (const { source } of await forgottenComments(tx)) await scheduleComments(tx, source, await tx.now())
    },
  },
  { name: 'old deliveries of tickets', run: forgetOldDeliveries },
  { name: 'old comments', run: forgetOldComments },
]
