import { z } from 'zod'

/** How many calls of Identity Center its asynchronous work takes; null holds the work until there is a number again. */
export const paceSchema = z.strictObject({ calls: z.int().positive().nullable() })

/**
 * The pace of asynchronous work. Time is counted in calls, so that tests need no clock: with 2, the first look at the status of
 * what was begun shows IN_PROGRESS, and the second its end.
 */
export class Pace {
  calls: number | null = 2
}
