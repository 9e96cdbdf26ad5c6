import type { Logger } from 'pino'
import { type DeliverPayload, type JobRunner, startRunner } from '../jobs/index.ts'
import { deliver, spreadMessages, type WebhookParts } from '../webhooks/index.ts'
import type { Worker } from './build-worker.ts'
import { version } from './version.ts'

/** To how many webhooks is sent at the same time by one process. */
const CONCURRENCY = 8

/**
 * What sends messages to webhooks. It has a job runner of its own, so that endpoints that do not answer hold up other endpoints
 * at most, and never a revocation.
 */
export function buildDeliverer(webhooks: WebhookParts, log: Logger): Worker {
  const spread = spreadMessages(webhooks.db)
  const send = deliver({ ...webhooks, log, version })
  const tasks = { spreadMessages: spread, deliver: ({ webhookId }: DeliverPayload) => send(webhookId) }
  let runner: JobRunner | null = null
  return {
    start: () => {
      runner ??= startRunner({ database: webhooks.db, tasks, concurrency: CONCURRENCY, log })
    },
    stop: async () => {
      const stopping = runner
      runner = null
      await stopping?.stop()
    },
  }
}
