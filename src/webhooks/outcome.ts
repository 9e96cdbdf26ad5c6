/** What keeps a message from its receiver, and what it is to the operators of that one. */
export const troubles = {
  refused: 'it answered with a status that is not 2xx',
  redirected: 'it answered with a redirect, which is not followed',
  gone: 'it answered 410: it wants no more messages',
  timed_out: 'no answer came within 15 seconds',
  not_reached: 'no connection, or none with a valid certificate, could be made',
  name_not_found: 'its host name cannot be resolved',
  address_refused: 'its host name stands for an address that is not public and not allowed',
  secret_unreadable: 'Sallyport’s own fault: the signing secret cannot be opened',
} as const

export type Trouble = keyof typeof troubles

/** What came of one attempt. `status` is that of the answer; null if there was none. */
export type Outcome =
  | { readonly status: number; readonly trouble: null; readonly detail: null }
  | {
      readonly status: number | null
      readonly trouble: Trouble
      readonly detail: string
      /** Seconds that the answer asks to wait (RFC 9110, Retry-After). */
      readonly retryAfter?: number
      /** There was a connection, and no answer: whether the message arrived nobody knows. */
      readonly mayHaveArrived?: true
    }

/** Seconds to wait after each failed attempt, as Standard Webhooks recommends: ten attempts in three days. */
const WAITS = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600]

/** Seconds of failing without a single success, after which a webhook is paused. */
export const PATIENCE = 3 * 86_400

/**
 * Seconds until the next attempt after this many have failed, up to a tenth more or less, so that what failed together does not
 * come back together. Null: there is none. `random` is from 0 to 1.
 */
export function waitAfter(attempts: number, random: number): number | null {
  const wait = WAITS[attempts - 1]
  return wait === undefined ? null : wait * (0.9 + random / 5)
}

/** What becomes of a delivery by an outcome, and of its webhook. Pure. */
export interface Settlement {
  readonly status: 'pending' | 'succeeded' | 'failed'
  /** Seconds until the next attempt, for one that is pending. */
  readonly wait: number | null
  readonly pause: 'gone' | 'failing' | null
}

export interface Attempted {
  readonly attempts: number
  readonly outcome: Outcome
  /** Seconds since the webhook began to fail, this attempt included; 0 if it did not fail before. */
  readonly failingFor: number
  readonly random: number
}

/** A 410 ends the webhook at once; failing for three days without one success, too. What waits then stays pending. */
export function settle({ attempts, outcome, failingFor, random }: Attempted): Settlement {
  if (outcome.trouble === null) return { status: 'succeeded', wait: null, pause: null }
  if (outcome.trouble === 'gone') return { status: 'failed', wait: null, pause: 'gone' }
  const wait = waitAfter(attempts, random)
  return { status: wait === null ? 'failed' : 'pending', wait, pause: failingFor >= PATIENCE ? 'failing' : null }
}
