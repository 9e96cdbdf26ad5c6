import type { Logger } from 'pino'
import type { AwsError } from '../aws/index.ts'
import { type AttentionCode, isLoud } from './attention.ts'
import type { TakenTarget } from './take-target.ts'

/** Logs an error of AWS's, loudly once if only an operator can mend it, and answers what it means for the target. */
export function reported(error: AwsError, code: AttentionCode, { target }: TakenTarget, log: Logger): AttentionCode {
  const level = target.attention?.code === code ? 'debug' : isLoud(code) ? 'error' : 'warn'
  log[level]({ err: error, attention: code }, 'AWS did not do what was asked; it will be tried again')
  return code
}
