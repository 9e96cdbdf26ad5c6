export { eventsParameter, insertEvents, record } from './audit-store.ts'
export { type AuditEvent, type EventType, eventMeanings } from './event.ts'
