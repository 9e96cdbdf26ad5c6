export { reconcileTarget } from './reconcile-target.ts'
export { enqueueForgotten } from './sweep.ts'
export { enqueueForgottenSweeps, sweepAccount } from './sweep-account.ts'
export type { ReconcileParts } from './take-target.ts'
