export { takeCalls } from './call-budget-store.ts'
export {
  type CommentPayload,
  cleanUpJobs,
  type DeliverPayload,
  type DeparturePayload,
  enqueueDeliveries,
  enqueueDepartures,
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
export {
  enqueueSlackErrand,
  enqueueSlackShows,
  enqueueSlackSpreading,
  type SlackErrand,
  type SlackErrandPayload,
  type SlackShowPayload,
  scheduleSlackShow,
} from './slack-job-store.ts'
export { type SweepWork, startSweep } from './sweep.ts'
