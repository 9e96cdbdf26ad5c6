export { mayStart } from './may-start.ts'
export { endExpired } from './request-store.ts'
