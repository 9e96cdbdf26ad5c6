export { takeCalls } from './call-budget-store.ts'
export {
  type CommentPayload,
  cleanUpJobs,
  type DeliverPayload,
  enqueueDeliveries,
  enqueueMatching,
  enqueueReconcile,
  enqueueReconciles,
  enqueueSpreading,
  enqueueSyncs,
  enqueueTicketAction,
  type MatchingPlace,
  type ReconcilePayload,
  type SweepPayload,
  type SyncPayload,
  scheduleAlarm,
  scheduleComments,
  scheduleDelivery,
  scheduleSweep,
  scheduleSync,
  type TicketPayload,
  type Urgency,
  withoutSweep,
} from './job-store.ts'
export type { Pulse } from './pulse.ts'
export { type JobRunner, startRunner } from './runner.ts'
export { type SweepWork, startSweep } from './sweep.ts'
