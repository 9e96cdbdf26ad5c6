/**
 * Why AWS did not do what was asked:
 * - `denied`: Sallyport may not, in this account; final until somebody changes its role.
 * - `region_disabled`: the region is not one of the account's; final until somebody enables it there.
 * - `not_found`: the entity does not exist.
 * - `quota`: it would grow over a quota of IAM, or of Identity Center.
 * - `malformed`: AWS does not take the document or a parameter; a bug of ours.
 * - `throttled`, `unavailable`: not now.
 * - `conflict`: somebody else is changing the same entity, or it cannot be changed yet.
 * - `protected`: the entity belongs to AWS and can only be changed through the service that made it.
 * - `unknown`: none of these; treat it as final and loud.
 */
export type AwsErrorReason =
  | 'denied'
  | 'region_disabled'
  | 'not_found'
  | 'quota'
  | 'malformed'
  | 'throttled'
  | 'unavailable'
  | 'conflict'
  | 'protected'
  | 'unknown'

export class AwsError extends Error {
  readonly reason: AwsErrorReason
  /** AWS's code, e.g. `LimitExceeded`, without the ending `Exception` that the SDK puts on some; null if AWS gave none. */
  readonly awsCode: string | null
  readonly awsRequestId: string | null
  /** False: the call may have taken effect. Its answer was lost, or was a server error, which does not say how far the call came. */
  readonly answered: boolean

  constructor(
    message: string,
    options: {
      readonly reason: AwsErrorReason
      readonly awsCode: string | null
      readonly awsRequestId: string | null
      readonly answered: boolean
      readonly cause: unknown
    },
  ) {
    super(message, { cause: options.cause })
    this.name = 'AwsError'
    this.reason = options.reason
    this.awsCode = options.awsCode
    this.awsRequestId = options.awsRequestId
    this.answered = options.answered
  }
}

/** IAM: docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html; all services: …/CommonErrors.html; STS: API_AssumeRole.html; SSO Admin: singlesignon/latest/APIReference. */
const reasons: ReadonlyMap<string, AwsErrorReason> = new Map<string, AwsErrorReason>([
  ['AccessDenied', 'denied'],
  ['AuthFailure', 'denied'],
  ['CredentialsProviderError', 'denied'],
  ['ExpiredToken', 'denied'],
  ['InvalidClientTokenId', 'denied'],
  ['MissingAuthenticationToken', 'denied'],
  ['NotAuthorized', 'denied'],
  ['OptInRequired', 'region_disabled'],
  ['RegionDisabled', 'region_disabled'],
  ['SignatureDoesNotMatch', 'denied'],
  ['UnauthorizedOperation', 'denied'],
  ['UnrecognizedClient', 'denied'],
  ['NoSuchEntity', 'not_found'],
  ['ResourceNotFound', 'not_found'],
  ['LimitExceeded', 'quota'],
  ['ServiceQuotaExceeded', 'quota'],
  ['InvalidInput', 'malformed'],
  ['InvalidParameterValue', 'malformed'],
  ['MalformedPolicyDocument', 'malformed'],
  ['Validation', 'malformed'],
  ['ValidationError', 'malformed'],
  ['RequestLimitExceeded', 'throttled'],
  ['RequestThrottled', 'throttled'],
  ['SlowDown', 'throttled'],
  ['Throttled', 'throttled'],
  ['Throttling', 'throttled'],
  ['TooManyRequests', 'throttled'],
  ['ConcurrentModification', 'conflict'],
  ['Conflict', 'conflict'],
  ['DeleteConflict', 'conflict'],
  ['EntityAlreadyExists', 'conflict'],
  ['EntityTemporarilyUnmodifiable', 'conflict'],
  ['UnmodifiableEntity', 'protected'],
  ['ServiceFailure', 'unavailable'],
])

/** Node's codes of a connection that could not be made, or broke (nodejs.org/api/errors.html#common-system-errors). */
const networkCodes = new Set([
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/** What an error of the SDK says, found by its code and status and never by its message. */
export interface AwsVerdict {
  readonly reason: AwsErrorReason
  readonly awsCode: string | null
  readonly awsRequestId: string | null
  /** True if AWS itself answered that it did not do it; false if what came of an attempt that was sent is open. */
  readonly refused: boolean
  /** True if there was no connection to send anything on. */
  readonly unsent: boolean
}

export function judgeError(error: unknown): AwsVerdict {
  const { httpStatusCode: status, requestId } = metadataOf(error)
  const byAws = isServiceError(error)
  const name = error instanceof Error ? error.name.replace(/Exception$/, '') : ''
  const reason = reasonOf(name, status, error)
  return {
    reason,
    awsCode: byAws && name !== 'Unknown' ? name : null,
    awsRequestId: requestId,
    refused: byAws && status !== null && ((status >= 400 && status < 500) || reason === 'throttled'),
    unsent: neverConnected(error),
  }
}

/** Turns what the SDK threw into an AwsError; `doing` says what was tried, for people. An AwsError passes. */
export function toAwsError(doing: string, error: unknown, answered: boolean, cause: unknown = error): AwsError {
  if (error instanceof AwsError) return error
  const { reason, awsCode, awsRequestId } = judgeError(error)
  const said = error instanceof Error ? error.message || systemCode(error) || error.name : String(error)
  return new AwsError(`${doing}: ${awsCode === null ? '' : `${awsCode}: `}${said}`, { reason, awsCode, awsRequestId, answered, cause })
}

function reasonOf(name: string, status: number | null, error: unknown): AwsErrorReason {
  const byCode = reasons.get(name)
  if (byCode !== undefined) return byCode
  if (status === 429) return 'throttled'
  if (status === 401 || status === 403) return 'denied'
  if (status !== null && status >= 500) return 'unavailable'
  if (name === 'TimeoutError' || networkCodes.has(systemCode(error))) return 'unavailable'
  return 'unknown'
}

/** An error in AWS's own form. One that the SDK could not read, a proxy's page for instance, has metadata too, but no `$fault`. */
const isServiceError = (error: unknown): boolean => error instanceof Error && '$fault' in error

function metadataOf(error: unknown): { httpStatusCode: number | null; requestId: string | null } {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : null
  if (typeof metadata !== 'object' || metadata === null) return { httpStatusCode: null, requestId: null }
  return {
    httpStatusCode: 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null,
    requestId: 'requestId' in metadata && typeof metadata.requestId === 'string' ? metadata.requestId : null,
  }
}

const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** A name that did not resolve, or a connect that failed; of several addresses tried (RFC 8305), each of them. */
function neverConnected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverConnected)
  if (!(error instanceof Error) || !('syscall' in error)) return false
  return error.syscall === 'connect' || error.syscall === 'getaddrinfo'
}
