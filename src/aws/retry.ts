import type { IAMClientConfig } from '@aws-sdk/client-iam'
import { judgeError } from './errors.ts'

/** Carries what a write guard threw through the SDK, which otherwise looks for reasons to retry it and writes metadata on it. */
export class GuardStop extends Error {
  readonly stoppedBy: unknown

  constructor(stoppedBy: unknown) {
    super('stopped by the write guard')
    this.name = 'GuardStop'
    this.stoppedBy = stoppedBy
  }
}

const MAX_ATTEMPTS = 3

/** Milliseconds; the wait before retry n is random between 0 and base · 2ⁿ⁻¹, as the SDK's own strategies have it. */
const BASE_DELAY = { THROTTLING: 500, other: 100 }

/**
 * When the SDK tries again. Ours because the SDK's takes IAM's LimitExceeded for throttling: it is a quota,
 * and trying again only delays the answer (measured with @aws-sdk/client-iam 3.1169: three tries, about a second).
 */
export const retryStrategy: Extract<NonNullable<IAMClientConfig['retryStrategy']>, { recordSuccess: unknown }> = {
  acquireInitialRetryToken: async () => retryToken(0, 0),
  refreshRetryTokenForRetry: async (used, { error, errorType }) => {
    const retries = used.getRetryCount()
    if (retries + 1 >= MAX_ATTEMPTS || !isTransient(error, errorType)) throw new Error('not to be tried again')
    const base = errorType === 'THROTTLING' ? BASE_DELAY.THROTTLING : BASE_DELAY.other
    return retryToken(retries + 1, Math.random() * base * 2 ** retries)
  },
  recordSuccess: () => {},
}

/** The SDK's own judgement (which knows throttling, 5xx, broken connections and a corrected clock), and what it gets wrong or does not know. */
function isTransient(error: unknown, errorType: string): boolean {
  if (error instanceof GuardStop) return false
  const { reason, awsCode } = judgeError(error)
  if (awsCode === 'ConcurrentModification') return true
  return reason !== 'quota' && (errorType === 'THROTTLING' || errorType === 'TRANSIENT')
}

const retryToken = (retries: number, delay: number) => ({ getRetryCount: () => retries, getRetryDelay: () => delay })
