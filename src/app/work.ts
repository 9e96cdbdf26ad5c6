import type { Logger } from 'pino'
import { permissionSets } from '../catalog/index.ts'
import { type Environment, loadSallyportFile } from '../config/index.ts'
import { forgetKeptAnswers } from '../db/index.ts'
import { giveNotice } from '../grants/index.ts'
import { enqueueUnsettled } from '../identity/index.ts'
import { worker as actor } from '../kernel/actor.ts'
import { endExpired, enqueueDueMatching, escalateRequests, matchLater, mayStart, settleDeparture } from '../requests/index.ts'
import { lookAfterReviews } from '../reviews/index.ts'
import { lookAfterSlack } from '../slack/index.ts'
import { checkTicketCredentials, lookAfterTickets } from '../tickets/index.ts'
import { lookAfterWebhooks } from '../webhooks/index.ts'
import { buildDeliverer } from './build-deliverer.ts'
import { buildSlackWorker } from './build-slack-worker.ts'
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
    slack: environment.slack,
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

/** The worker with everything that is looked after once a minute, and what sends to webhooks, tickets and Slack beside it. */
export function workerOf({ db, aws, log, ruleSets, deployment, webhooks, ticketCredentials, slack }: Parts): Worker {
  const requests = { db, aws, ruleSets, deploymentId: deployment.id, permissionSets: permissionSets(db, aws) }
  const worker = buildWorker({
    database: db,
    aws,
    log,
    deploymentId: deployment.id,
    mayStart: mayStart({ ruleSets }, log),
    matchLater: matchLater(requests, log),
    settleDeparture: settleDeparture({ db, ruleSets }),
    sweepWork: [
      { name: 'departures', run: enqueueUnsettled },
      { name: 'requests nobody decided', run: endExpired },
      { name: 'requests nobody decided yet', run: escalateRequests({ ruleSets }) },
      { name: 'grants that end soon', run: giveNotice },
      { name: 'reviews', run: lookAfterReviews },
      enqueueDueMatching,
      { name: 'kept answers', run: forgetKeptAnswers },
      ...lookAfterWebhooks,
      ...lookAfterTickets(ruleSets),
      ...(slack === null ? [] : lookAfterSlack),
    ],
    concurrency: 8,
  })
  const workers = [
    worker,
    buildDeliverer({ webhooks, requests, ticketCredentials }, log),
    ...(slack === null ? [] : [buildSlackWorker(slack.parts)]),
  ]
  return {
    start: () => {
      for (const each of workers) each.start()
    },
    stop: async () => {
      await Promise.all(workers.map((each) => each.stop()))
    },
  }
}
