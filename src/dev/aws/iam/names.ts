import type { TextConstraint } from '../protocol/parameters.ts'

/** What IAM's service model says of names and paths. */
export const nameConstraint = (max: number): TextConstraint => ({ min: 1, max, pattern: '[\\w+=,.@-]+' })
export const pathConstraint: TextConstraint = { min: 1, max: 512, pattern: '(?:\\/|\\/[\\u0021-\\u007E]+\\/)' }
export const prefixConstraint: TextConstraint = { min: 1, max: 512, pattern: '\\/[\\u0021-\\u007F]*' }
