export { eventsParameter, insertEvents, record } from './audit-store.ts'
export type { AuditEvent } from './event.ts'
