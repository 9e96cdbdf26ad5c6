import type { ProblemCode } from './api.ts'
import type { Problem } from './types.ts'

/** One wrong place in what was sent. */
export interface ProblemField {
  /** A JSON pointer (RFC 6901) into the body, or `query/…`, `path/…`, `header/…`. */
  readonly pointer: string
  readonly detail: string
}

/** Sallyport refused, or could not: problem details (RFC 9457). The message is the detail. */
export class SallyportProblem extends Error {
  override readonly name = 'SallyportProblem'
  readonly status: number
  /** A stable name to act on; a newer Sallyport may have others than this client knows. */
  readonly code: ProblemCode | (string & {})
  readonly title: string
  /** What is wrong with this very call. */
  readonly detail: string
  /** What the caller can do. */
  readonly remedy: string
  readonly fields: readonly ProblemField[]
  /** By which the service's log knows the call. */
  readonly requestId: string | null
  /** Seconds after which trying again makes sense, if the service said so. */
  readonly retryAfter: number | null

  constructor(problem: Problem, answer: { readonly requestId: string | null; readonly retryAfter: number | null }) {
    super(problem.detail)
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.detail = problem.detail
    this.remedy = problem.remedy
    this.fields = problem.errors ?? []
    this.requestId = answer.requestId
    this.retryAfter = answer.retryAfter
  }
}

/**
 * Sallyport was not reached: nothing answered in time (`no_answer`, `timeout`), or what answered is not Sallyport
 * (`not_sallyport`). Something may have been changed all the same; repeating the call with the same `idempotencyKey`
 * changes it once.
 */
export class SallyportUnreachable extends Error {
  override readonly name = 'SallyportUnreachable'
  readonly reason: 'no_answer' | 'timeout' | 'not_sallyport'
  /** The `Idempotency-Key` that was sent; null for a call that changes nothing. */
  readonly idempotencyKey: string | null

  constructor(
    reason: SallyportUnreachable['reason'],
    message: string,
    options: { readonly idempotencyKey: string | null; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause })
    this.reason = reason
    this.idempotencyKey = options.idempotencyKey
  }
}

/** What an answer says, if it is problem details. */
export function readProblem(text: string): Problem | null {
  try {
    const read: unknown = JSON.parse(text)
    return isProblem(read) ? read : null
  } catch {
    return null
  }
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  const fields = 'errors' in value ? value.errors : []
  const texts = ['code', 'title', 'detail', 'remedy'].every((key) => key in value && typeof Reflect.get(value, key) === 'string')
  return texts && 'status' in value && typeof value.status === 'number' && Array.isArray(fields)
}
