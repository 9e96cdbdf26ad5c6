/** Seconds. */
const LONGEST = 300

/**
 * Seconds until the next try after so many failed ones in a row: 2, 4, 8 … and five minutes from the ninth on,
 * for ever. Up to a quarter less by `random` (0 to 1), so that what failed together does not come back together.
 */
export const backoff = (attempts: number, random: number): number => Math.min(2 ** attempts, LONGEST) * (1 - random / 4)
