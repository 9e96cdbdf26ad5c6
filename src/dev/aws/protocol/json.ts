import type { Refusal } from './refusal.ts'

/** What services that speak JSON call the refusals that come before any operation. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['ExpiredToken', 'ExpiredTokenException'],
  ['InvalidAction', 'UnknownOperationException'],
])

/** The answer that refuses a call of AWS's JSON 1.1 protocol. */
export const refusalJson = ({ code, message }: Refusal): string => JSON.stringify({ __type: renamed.get(code) ?? code, Message: message })
