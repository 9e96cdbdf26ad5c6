import { Temporal } from 'temporal-polyfill'

const FIXED = /^P(?!$)(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/

/**
 * Reads an ISO 8601 duration as whole seconds: weeks, days, hours, minutes and seconds only.
 * Years and months are refused because they have no fixed length; a day is 24 hours.
 * Answers null for anything else, zero included.
 */
export function parseDuration(text: string): number | null {
  if (!FIXED.test(text)) return null
  try {
    const seconds = Temporal.Duration.from(text).total({ unit: 'seconds', relativeTo: '1970-01-01T00:00[UTC]' })
    return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : null
  } catch {
    return null // beyond what Temporal can hold
  }
}

/** Prints whole seconds as an ISO 8601 duration in hours, minutes and seconds, e.g. 5400 → `PT1H30M`. */
export function formatDuration(seconds: number): string {
  return Temporal.Duration.from({ seconds }).round({ largestUnit: 'hours' }).toString()
}
