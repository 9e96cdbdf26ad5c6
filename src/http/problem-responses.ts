import { type ErrorCode, errorCatalogue, SallyportError } from '../kernel/errors.ts'
import { PROBLEM_JSON, problemOf, problemSchema } from './problem.ts'

/** A response of a route's schema: which problems come with one status. */
export interface ProblemResponse {
  readonly description: string
  readonly content: { readonly [PROBLEM_JSON]: { readonly schema: typeof problemSchema } }
  readonly codes: readonly ErrorCode[]
}

type StatusOf<Code extends ErrorCode> = (typeof errorCatalogue)[Code]['status']

/**
 * The responses for these problems, by status, to spread into a route's `response`:
 * `response: { 200: requestSchema, ...problems('request_not_found', 'request_decided') }`.
 * What any route can answer (a wrong field, no credential, …) is added to every route by itself.
 */
export function problems<Code extends ErrorCode>(...codes: Code[]): { [Status in StatusOf<Code>]: ProblemResponse } {
  const statuses = new Set(codes.map((code) => errorCatalogue[code].status))
  const responses = [...statuses].map((status) => [status, problemResponse(codes.filter((code) => errorCatalogue[code].status === status))])
  return Object.fromEntries(responses) // its keys are the statuses of the codes
}

const problemResponse = (codes: readonly ErrorCode[]): ProblemResponse => ({
  description: codes.map((code) => `${errorCatalogue[code].title} (\`${code}\`)`).join('. '),
  content: { [PROBLEM_JSON]: { schema: problemSchema } },
  codes,
})

export const isProblemResponse = (response: unknown): response is ProblemResponse =>
  typeof response === 'object' && response !== null && 'codes' in response && Array.isArray(response.codes)

/** The codes that a route's responses speak of. */
export const codesOf = (responses: object): ErrorCode[] =>
  Object.values(responses).flatMap((response) => (isProblemResponse(response) ? response.codes : []))

/** An example of each code, for the document's components. */
export const problemExamples = (codes: readonly ErrorCode[]) =>
  Object.fromEntries(
    codes.map((code) => [
      code,
      {
        summary: errorCatalogue[code].title,
        value: problemOf(new SallyportError(code, 'What is wrong with this very request.'), '7d44f9e2-1c5f-4d3b-9a55-0f6a2c1e8b10'),
      },
    ]),
  )
