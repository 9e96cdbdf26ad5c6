export { cleanUpJobs, enqueueReconcile, enqueueReconciles, type ReconcilePayload, scheduleAlarm, type Urgency } from './job-store.ts'
export { type JobRunner, type RunnerParts, startRunner } from './runner.ts'
export type { Pulse } from './pulse.ts'
export { type SweepWork, startSweep } from './sweep.ts'
