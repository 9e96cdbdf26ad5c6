/** A call refused the way AWS refuses it: HTTP status, error code, message. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
  }
}

export const validationError = (message: string): Refusal => new Refusal(400, 'ValidationError', message)

/** Refuses a parameter in the words that IAM and STS use for one that breaks its constraint. */
export const constraintBroken = (parameter: string, value: string | null, constraint: string): Refusal => {
  const shown = value === null ? 'Value' : `Value '${value}'`
  const member = parameter.charAt(0).toLowerCase() + parameter.slice(1)
  return validationError(`1 validation error detected: ${shown} at '${member}' failed to satisfy constraint: ${constraint}`)
}

export const noSuchEntity = (message: string): Refusal => new Refusal(404, 'NoSuchEntity', message)

export const malformedPolicy = (message: string): Refusal => new Refusal(400, 'MalformedPolicyDocument', message)

export const limitExceeded = (message: string): Refusal => new Refusal(409, 'LimitExceeded', message)
