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
  self_approval: 'Ask another approver; `sallyport show` lists them.',
  not_an_approver: 'Ask an approver; `sallyport show` lists them.',
  unknown_database: '`sallyport databases` lists those that can be asked for.',
  invalid_duration: 'Give a duration such as 90m, within the limits of the rule.',
  invalid_start: 'Give a time in the future.',
  route_not_found: 'Check SALLYPORT_URL: it is what stands before /v1. Or this Sallyport is older than the command.',
  request_not_found: 'Check the id; `sallyport list` shows yours.',
  not_a_reviewer: 'Ask a reviewer; `sallyport show` lists them.',
  review_not_found: 'Check the id; `sallyport reviews` shows those that wait for you.',
  grant_not_found: 'Check the id; `sallyport list` shows yours.',
}

/** What to say of a failure, without a stack trace, and the exit code: 2 for usage and configuration, 1 for the rest. */
export function failure(error: unknown): { readonly text: string; readonly exitCode: 1 | 2 } {
  if (error instanceof ConfigError || error instanceof UsageError) return { text: clean(error.message), exitCode: 2 }
  return { text: clean(sayOf(error)), exitCode: error instanceof SallyportProblem && error.code === 'invalid_request' ? 2 : 1 }
}

function sayOf(error: unknown): string {
  if (error instanceof SallyportProblem) return problemInWords(error)
  if (error instanceof SallyportUnreachable) return unreachableInWords(error)
  if (error instanceof Refusal) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function problemInWords(problem: SallyportProblem): string {
  if (problem.code === 'invalid_request' && problem.fields.length > 0)
    return [
      ...problem.fields.map(({ pointer, detail }) => `${pointer.split('/').at(-1)} ${detail}.`),
      'Add --help for what can be said here.',
    ].join('\n')
  const others = problem.fields.filter(({ detail }) => detail !== problem.detail)
  return [
    `${problem.title}: ${problem.detail}`,
    ...others.map(({ pointer, detail }) => `  ${pointer}: ${detail}`),
    `What to do: ${remedies[problem.code] ?? problem.remedy}`,
    ...(problem.status < 500 || problem.requestId === null ? [] : [`The request id, for the operators: ${problem.requestId}`]),
  ].join('\n')
}

function unreachableInWords({ message, reason, idempotencyKey }: SallyportUnreachable): string {
  const url = 'Check SALLYPORT_URL, or the URL of your login'
  const cure = reason === 'not_sallyport' ? `${url}.` : `${url}, and the network, or try again in a moment.`
  const doubt =
    idempotencyKey === null || reason === 'not_sallyport' ? '' : ' It may have been done all the same: look before you repeat it.'
  return `Sallyport cannot be reached. ${message}\nWhat to do: ${cure}${doubt}`
}
