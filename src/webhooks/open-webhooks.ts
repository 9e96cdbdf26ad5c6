import type { AddressRange } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { RuleSets } from '../identity/index.ts'
import { allowAddresses } from './allowed-address.ts'
import { checkSecrets } from './check-secrets.ts'
import { sealedSecrets } from './sealed-secrets.ts'
import { type Network, systemResolve } from './send.ts'
import type { WebhookParts } from './webhook.ts'

/** Milliseconds for one attempt; Standard Webhooks recommends 15 to 30 s. */
const TIMEOUT = 15_000

export interface WebhookOptions {
  /** The first seals, all of them open. */
  readonly secretKeys: readonly Buffer[]
  /** Where messages may be sent besides public addresses. */
  readonly addresses: readonly AddressRange[]
  /** In place of the system's resolver and the timeout. */
  readonly network?: Partial<Pick<Network, 'resolve' | 'timeout'>>
}

/** What webhooks stand on; throws a ConfigError where secrets are stored that none of the keys opens. */
export async function openWebhooks(db: Database, ruleSets: RuleSets, options: WebhookOptions): Promise<WebhookParts> {
  const parts = idleWebhooks(db, ruleSets, options)
  await checkSecrets(db, parts.secrets)
  return parts
}

/** The same without asking Postgres anything. */
export const idleWebhooks = (db: Database, ruleSets: RuleSets, { secretKeys, addresses, network }: WebhookOptions): WebhookParts => ({
  db,
  ruleSets,
  secrets: sealedSecrets(secretKeys),
  network: { resolve: systemResolve, timeout: TIMEOUT, ...network, allow: allowAddresses(addresses) },
})
