import { enqueueDeliveries, enqueueSpreading, type SweepWork } from '../jobs/index.ts'
import { forgottenWebhooks } from './delivery-store.ts'
import { forgetOldMessages, isForgotten } from './message-store.ts'
import { forgetPreviousSecrets } from './webhook-store.ts'

/** What has to be looked after once a minute, so that a lost job delays a message and never loses it. */
export const lookAfterWebhooks: readonly SweepWork[] = [
  {
    name: 'forgotten messages',
    run: async (tx) => {
      if (await isForgotten(tx)) await enqueueSpreading(tx)
      await enqueueDeliveries(tx, await forgottenWebhooks(tx))
    },
  },
  { name: 'old messages', run: forgetOldMessages },
  { name: 'replaced signing secrets', run: forgetPreviousSecrets },
]
