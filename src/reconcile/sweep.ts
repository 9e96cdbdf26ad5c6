import { enqueueReconciles, type SweepWork } from '../jobs/index.ts'
import { forgottenTargets } from './due-view.ts'

/** Has every target reconciled whose jobs were lost: so a lost job delays a revocation, and never loses it. */
export const enqueueForgotten: SweepWork = {
  name: 'forgotten targets',
  run: async (tx) => {
    const forgotten = await forgottenTargets(tx)
    const ids = (revokes: boolean) => forgotten.filter((target) => target.revokes === revokes).map((target) => target.id)
    await enqueueReconciles(tx, ids(true), 'revoke')
    await enqueueReconciles(tx, ids(false), 'check')
  },
}
