export { enqueueDueMatching } from './later-match-view.ts'
export { matchLater } from './match-later.ts'
export { mayStart } from './may-start.ts'
export { endExpired } from './request-store.ts'
