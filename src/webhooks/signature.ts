import { randomBytes } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'

/** A new signing secret of 256 random bits, in the form of Standard Webhooks: `whsec_` and base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

export interface Signed {
  readonly id: string
  readonly at: Date
  readonly body: string
}

/**
 * The headers of a message (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): one signature by
 * each secret, so that the receiver may verify with either while one replaces the other.
 */
export function signedHeaders({ id, at, body }: Signed, secrets: readonly string[]): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, at, body)).join(' '),
  }
}
