import { Logger as JobLogger, type LogLevel } from 'graphile-worker'
import type { Logger } from 'pino'

/**
 * Sends graphile-worker's log to pino, one level lower: its errors (a job that will be tried again, a lost
 * connection that is being replaced) mend themselves, and an error in our log means that someone must act.
 */
export const jobLogger = (log: Logger): JobLogger =>
  new JobLogger((scope) => (level, message, meta) => {
    const { error } = meta ?? {}
    log[levels[level]]({ ...scope, ...(error === undefined ? {} : { err: error }) }, message)
  })

const levels = { error: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const satisfies Record<`${LogLevel}`, string>
