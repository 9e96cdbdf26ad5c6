export { cleanUpJobs, enqueueReconcile, enqueueReconciles, type ReconcilePayload, scheduleAlarm, type Urgency } from './job-store.ts'
export type { Pulse } from './pulse.ts'
export { type JobRunner, startRunner } from './runner.ts'
export { type SweepWork, startSweep } from './sweep.ts'
