export { eventsParameter, insertEvents, record, recordOne } from './audit-store.ts'
export { type AuditEvent, type EventType, eventMeanings } from './event.ts'
