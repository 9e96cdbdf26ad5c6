import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { verify as verifyHub } from '@octokit/webhooks-methods'
import { Webhook as Signer } from 'standardwebhooks'
import type { TicketSource } from '../config/index.ts'
import { SallyportError } from '../kernel/errors.ts'

/** A webhook as it arrived: its headers, names in small letters, and its body byte for byte. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly bytes: Buffer
}

/** By what a repeat is known. `bodyHash` is null where the id is signed too, so that equal bodies may be two deliveries. */
export interface DeliveryIdentity {
  readonly id: string
  readonly bodyHash: string | null
}

/** Seconds that a signed timestamp may be away from now, as Standard Webhooks recommends. */
const TOLERANCE = 300

/**
 * Makes sure that a delivery comes from its source, by any of its secrets, in constant time, and tells by what a repeat is known:
 * - GitHub (docs.github.com, Validating webhook deliveries) and Jira Cloud (developer.atlassian.com, Webhooks, Secure admin
 *   webhooks): HMAC-SHA256 of the body. Their ids are not signed, so the body counts as well.
 * - Standard Webhooks (github.com/standard-webhooks/standard-webhooks): id, timestamp and body.
 * - Plain HMAC: of the body, or of `<timestamp>.<body>`.
 * Throws `invalid_signature`, `stale_delivery`; `not_ready` where there is no secret.
 */
export async function verifyDelivery(
  { name, kind, hmac }: Pick<TicketSource, 'name' | 'kind' | 'hmac'>,
  secrets: readonly string[],
  delivery: Delivery,
  now: Date,
): Promise<DeliveryIdentity> {
  if (secrets.length === 0) throw new SallyportError('not_ready', `There is no secret for the source ${name} here.`)
  const bodyHash = sha256(delivery.bytes)
  if (kind !== 'generic') {
    const names = hubHeaders[kind]
    const signature = header(delivery, names.signature)
    if (!(await someMatches(secrets, (secret) => verifyHub(secret, delivery.bytes.toString(), signature)))) throw forged()
    return { id: optional(delivery, names.id) ?? bodyHash, bodyHash }
  }
  if (hmac === null) return standard(secrets, delivery, now)
  const signature = Buffer.from(header(delivery, hmac.header).replace(/^sha256=/, ''))
  const timestamp = hmac.timestampHeader === null ? null : header(delivery, hmac.timestampHeader)
  const signed = timestamp === null ? delivery.bytes : Buffer.concat([Buffer.from(`${timestamp}.`), delivery.bytes])
  const matches = (secret: string) => same(signature, Buffer.from(createHmac('sha256', secret).update(signed).digest(hmac.encoding)))
  if (!(await someMatches(secrets, matches))) throw forged()
  if (timestamp !== null) refuseStale(timestamp, now)
  const id = sha256(signed)
  return { id, bodyHash: timestamp === null ? bodyHash : id }
}

const hubHeaders = {
  github: { signature: 'x-hub-signature-256', id: 'x-github-delivery' },
  jira: { signature: 'x-hub-signature', id: 'x-atlassian-webhook-identifier' },
} as const

async function standard(secrets: readonly string[], delivery: Delivery, now: Date): Promise<DeliveryIdentity> {
  const [id, timestamp] = [header(delivery, 'webhook-id'), header(delivery, 'webhook-timestamp')]
  const signatures = header(delivery, 'webhook-signature')
    .split(' ')
    .map((each) => Buffer.from(each))
  const at = secondsOf(timestamp)
  const matches = (secret: string) => {
    const expected = Buffer.from(new Signer(secret).sign(id, at, delivery.bytes))
    return signatures.some((signature) => same(signature, expected))
  }
  if (!(await someMatches(secrets, matches))) throw forged()
  refuseStale(timestamp, now)
  return { id, bodyHash: null }
}

/** All of them are tried, so that the time tells nothing of which. */
async function someMatches(secrets: readonly string[], matches: (secret: string) => boolean | Promise<boolean>): Promise<boolean> {
  return (await Promise.all(secrets.map(matches))).includes(true)
}

const same = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other)

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function optional({ headers }: Delivery, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? value : null
}

/** Those that verify are needed; several signatures of Standard Webhooks have blanks between them. */
function header({ headers }: Delivery, name: string): string {
  const value = headers[name]
  if (typeof value === 'string' && /^[\x20-\x7e]{1,2000}$/.test(value)) return value
  throw new SallyportError('invalid_signature', `The header ${name} is missing, or cannot be read.`)
}

function secondsOf(timestamp: string): Date {
  if (/^\d{1,12}$/.test(timestamp)) return new Date(Number(timestamp) * 1000)
  throw new SallyportError('invalid_signature', 'The timestamp is no number of seconds since 1970.')
}

function refuseStale(timestamp: string, now: Date): void {
  const seconds = Math.abs(secondsOf(timestamp).getTime() - now.getTime()) / 1000
  if (seconds > TOLERANCE)
    throw new SallyportError(
      'stale_delivery',
      `It is ${now.toISOString()} here, and the delivery was signed ${Math.round(seconds)} s away from that.`,
    )
}

const forged = (): SallyportError =>
  new SallyportError('invalid_signature', 'The signature is not that of the body by any secret of the source.')
