export type { ProblemCode } from './api.ts'
export { createSallyport, type Sallyport, type SallyportOptions } from './create-sallyport.ts'
export { type ProblemField, SallyportProblem, SallyportUnreachable } from './errors.ts'
export type {
  AccessReport,
  Answer,
  AskForAccess,
  ConnectInstructions,
  Database,
  Grant,
  Init,
  Item,
  ListPath,
  PathOf,
  Problem,
  Request,
  RequestPreview,
  Review,
} from './types.ts'
