import type { ActorRecord } from '../kernel/actor.ts'

/** Who reconciles, for the audit. */
export const worker: ActorRecord = { kind: 'system', person: null, credential: 'worker', via: 'worker' }
