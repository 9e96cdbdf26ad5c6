import { SallyportProblem, SallyportUnreachable } from '../client/index.ts'
import { ConfigError } from '../config/index.ts'
import { clean } from './clean.ts'

/** A command was called in a way that cannot work. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What was asked for did not come to be, though everything worked. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** What the service's remedy is for somebody who has these commands and not the API in mind. */
const remedies: Readonly<Record<string, string>> = {
  unauthenticated: 'Set SALLYPORT_TOKEN to a valid API key, or log in with `sallyport login`.',
  person_required: 'Log in with `sallyport login`, or name the person in SALLYPORT_ON_BEHALF_OF, with a key that may act for people.',
  unknown_person: 'Set SALLYPORT_ON_BEHALF_OF to the id of an active person of the directory.',
  request_not_found: 'Check the id; `sallyport list` shows yours.',
  grant_not_found: 'Check the id; `sallyport list` shows yours.',
}

/** What to say of a failure, without a stack trace, and the exit code: 2 for usage and configuration, 1 for the rest. */
export function failure(error: unknown): { readonly text: string; readonly exitCode: 1 | 2 } {
  if (error instanceof ConfigError || error instanceof UsageError) return { text: clean(error.message), exitCode: 2 }
  return { text: clean(sayOf(error)), exitCode: 1 }
}

function sayOf(error: unknown): string {
  if (error instanceof SallyportProblem) return problemInWords(error)
  if (error instanceof SallyportUnreachable) return unreachableInWords(error)
  if (error instanceof Refusal) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function problemInWords(problem: SallyportProblem): string {
  const others = problem.fields.filter(({ detail }) => detail !== problem.detail)
  return [
    `${problem.title}: ${problem.detail}`,
    ...others.map(({ pointer, detail }) => `  ${pointer}: ${detail}`),
    `What to do: ${remedies[problem.code] ?? problem.remedy}`,
    ...(problem.status < 500 || problem.requestId === null ? [] : [`The request id, for the operators: ${problem.requestId}`]),
  ].join('\n')
}

function unreachableInWords({ message, reason, idempotencyKey }: SallyportUnreachable): string {
  const cure = reason === 'not_sallyport' ? 'Check SALLYPORT_URL.' : 'Check SALLYPORT_URL and the network, or try again in a moment.'
  const doubt =
    idempotencyKey === null || reason === 'not_sallyport' ? '' : ' It may have been done all the same: look before you repeat it.'
  return `Sallyport cannot be reached. ${message}\nWhat to do: ${cure}${doubt}`
}
