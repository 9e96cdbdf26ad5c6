import type { Database } from '../db/index.ts'
import type { RuleSets } from '../identity/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { Wanted } from './message.ts'
import type { Trouble } from './outcome.ts'
import type { SealedSecrets } from './sealed-secrets.ts'
import type { Network } from './send.ts'

/** What somebody says of a webhook. */
export interface WebhookSettings extends Wanted {
  readonly url: string
  readonly description: string
}

export type PausedBecause = 'asked' | 'failing' | 'gone'

/** An endpoint that is told of events; its secrets are never read with it. */
export interface Webhook extends WebhookSettings {
  readonly id: Id<'whk'>
  readonly paused: { readonly because: PausedBecause; readonly at: Date } | null
  /** What kept the last attempt from succeeding, and since when none has succeeded. */
  readonly attention: { readonly code: Trouble; readonly message: string; readonly since: Date; readonly attempts: number } | null
  /** Until when messages carry a second signature, by the secret before. */
  readonly previousSecretUntil: Date | null
  readonly createdAt: Date
}

/** What the use cases stand on. */
export interface WebhookParts {
  readonly db: Database
  readonly ruleSets: RuleSets
  readonly secrets: SealedSecrets
  readonly network: Network
}
