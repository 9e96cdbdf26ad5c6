import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const SANE = /^[A-Za-z0-9._:-]{1,128}$/

/** The caller's own X-Request-Id where it can safely stand in a log line and a URN, else a new UUID. */
export function requestIdOf(message: IncomingMessage): string {
  const sent = message.headers['x-request-id']
  return typeof sent === 'string' && SANE.test(sent) ? sent : randomUUID()
}
