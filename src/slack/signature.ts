import { createHmac, timingSafeEqual } from 'node:crypto'
import { SallyportError } from '../kernel/errors.ts'

/** Seconds that a timestamp may be away from now, either way. */
const TOLERANCE = 300

/** What Slack sends beside a body. */
export interface Signed {
  readonly timestamp: string | undefined
  readonly signature: string | undefined
  /** Byte for byte as it came. */
  readonly body: Buffer
}

/** `v0=` and the HMAC-SHA256 of version, timestamp and body, in hex (docs.slack.dev/authentication/verifying-requests-from-slack). */
export const slackSignature = (secret: string, timestamp: string, body: Buffer): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`

/** Throws `unauthenticated` unless Slack has signed the body with the secret, less than five minutes ago. */
export function assertSigned(secret: string, { timestamp, signature, body }: Signed, now: Date): void {
  if (timestamp === undefined || signature === undefined)
    throw new SallyportError('unauthenticated', 'There is no X-Slack-Signature, or no X-Slack-Request-Timestamp.')
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE)
    throw new SallyportError('unauthenticated', `X-Slack-Request-Timestamp is more than ${TOLERANCE} s away from now.`)
  const [expected, given] = [Buffer.from(slackSignature(secret, timestamp, body)), Buffer.from(signature)]
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw new SallyportError('unauthenticated', 'X-Slack-Signature is not that of this body.')
}
