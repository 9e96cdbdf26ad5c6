import type { z } from 'zod'
import type { Context, Effect } from './action.ts'
import { Refusal } from './protocol/refusal.ts'

/** An operation of a service that speaks JSON 1.1: what it answers, or a thrown Refusal. Times are in seconds since 1970. */
export interface JsonAction {
  readonly effect: Effect
  readonly run: (context: Context, input: unknown) => object
}

export type JsonActions = readonly (readonly [name: string, action: JsonAction])[]

export interface JsonService {
  /** What comes before the operation in `x-amz-target`. */
  readonly target: string
  readonly actions: ReadonlyMap<string, JsonAction>
  /** Lets the service's time pass by one call; `pace` is how many calls its work takes, null for as long as it is held. */
  readonly tick?: (context: Context, pace: number | null) => void
}

type Run<I> = (context: Context, input: I) => object

/** An operation that reads, with the input that `schema` accepts. Throws ValidationException for any other. */
export const readsJson = <S extends z.ZodType>(schema: S, run: Run<z.output<S>>): JsonAction => ({
  effect: 'read',
  run: (context, input) => run(context, checked(schema, input)),
})

export const writesJson = <S extends z.ZodType>(schema: S, run: Run<z.output<S>>): JsonAction => ({
  effect: 'write',
  run: (context, input) => run(context, checked(schema, input)),
})

function checked<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`)
  throw validationException(`${problems.length} validation error${problems.length > 1 ? 's' : ''} detected: ${problems.join('; ')}`)
}

export const validationException = (message: string): Refusal => new Refusal(400, 'ValidationException', message)
export const resourceNotFound = (message: string): Refusal => new Refusal(400, 'ResourceNotFoundException', message)
export const conflict = (message: string): Refusal => new Refusal(400, 'ConflictException', message)
export const serviceQuotaExceeded = (message: string): Refusal => new Refusal(400, 'ServiceQuotaExceededException', message)
export const accessDenied = (message: string): Refusal => new Refusal(400, 'AccessDeniedException', message)
