import type { Logger } from 'pino'
import type { FindTicketCredentials } from '../config/index.ts'
import { type CommentPayload, type DeliverPayload, type JobRunner, startRunner, type TicketPayload } from '../jobs/index.ts'
import { actOnTicket, writeComments } from '../tickets/index.ts'
import { deliver, spreadMessages, type WebhookParts } from '../webhooks/index.ts'
import type { Worker } from './build-worker.ts'
import { version } from './version.ts'

/** To how many webhooks and ticket systems is sent at the same time by one process. */
const CONCURRENCY = 8

interface DelivererParts {
  readonly webhooks: WebhookParts
  /** By which tickets ask and decide. */
  readonly requests: Parameters<typeof actOnTicket>[0]
  readonly ticketCredentials: FindTicketCredentials
}

/**
 * What sends messages to webhooks, does what tickets ask for, and writes back to them. It has a job runner of its own, so that
 * endpoints that do not answer hold up other endpoints at most, and never a revocation.
 */
export function buildDeliverer({ webhooks, requests, ticketCredentials }: DelivererParts, log: Logger): Worker {
  const { db, ruleSets, network } = webhooks
  const spread = spreadMessages(db)
  const send = deliver({ ...webhooks, log, version })
  const act = actOnTicket(requests)
  const write = writeComments({ db, ruleSets, ticketCredentials, network, log, version })
  const tasks = {
    spreadMessages: spread,
    deliver: ({ webhookId }: DeliverPayload) => send(webhookId),
    actOnTicket: (payload: TicketPayload) => act(payload),
    writeComments: (payload: CommentPayload) => write(payload),
  }
  let runner: JobRunner | null = null
  return {
    start: () => {
      runner ??= startRunner({ database: db, tasks, concurrency: CONCURRENCY, log })
    },
    stop: async () => {
      const stopping = runner
      runner = null
      await stopping?.stop()
    },
  }
}
