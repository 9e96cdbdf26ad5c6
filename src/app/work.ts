import type { Logger } from 'pino'
import { permissionSets } from '../catalog/index.ts'
import { type Environment, loadSallyportFile } from '../config/index.ts'
import { forgetKeptAnswers } from '../db/index.ts'
import { worker as actor } from '../kernel/actor.ts'
import { endExpired, enqueueDueMatching, matchLater, mayStart } from '../requests/index.ts'
import { checkTicketCredentials, lookAfterTickets } from '../tickets/index.ts'
import { lookAfterWebhooks } from '../webhooks/index.ts'
import { buildDeliverer } from './build-deliverer.ts'
import { buildWorker, type Worker } from './build-worker.ts'
import { adopt, openParts, type Parts } from './parts.ts'
import type { Running } from './running.ts'

/** `sallyport worker`: makes AWS what the grants say, and keeps it so. */
export async function work(environment: Environment<'worker'>, log: Logger): Promise<Running> {
  const loaded = await loadSallyportFile(environment.configPath)
  checkTicketCredentials(loaded.file, environment.ticketCredentials, 'tokens')
  const parts = await openParts({
    log,
    name: 'worker',
    databaseUrl: environment.databaseUrl,
    poolSize: environment.databasePoolSize,
    aws: { endpoint: environment.awsEndpoint, region: environment.awsRegion, credentials: null },
    webhooks: { secretKeys: environment.secretKeys, addresses: environment.webhookAddresses },
    ticketCredentials: environment.ticketCredentials,
  })
  try {
    await adopt(parts, loaded, actor, false)
    const worker = workerOf(parts)
    worker.start()
    return {
      stop: async () => {
        await worker.stop()
        await parts.close()
      },
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** The worker with everything that is looked after once a minute, and what sends to webhooks beside it. */
export function workerOf({ db, aws, log, ruleSets, deployment, webhooks, ticketCredentials }: Parts): Worker {
  const requests = { db, aws, ruleSets, deploymentId: deployment.id, permissionSets: permissionSets(db, aws) }
  const worker = buildWorker({
    database: db,
    aws,
    log,
    deploymentId: deployment.id,
    mayStart: mayStart({ ruleSets }, log),
    matchLater: matchLater(requests, log),
    sweepWork: [
      { name: 'requests nobody decided', run: endExpired },
      enqueueDueMatching,
      { name: 'kept answers', run: forgetKeptAnswers },
      ...lookAfterWebhooks,
      ...lookAfterTickets(ruleSets),
    ],
    concurrency: 8,
  })
  const deliverer = buildDeliverer({ webhooks, requests, ticketCredentials }, log)
  return {
    start: () => {
      worker.start()
      deliverer.start()
    },
    stop: async () => {
      await Promise.all([worker.stop(), deliverer.stop()])
    },
  }
}
