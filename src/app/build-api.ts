import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { accessRoutes, policyRoutes } from '../access/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import type { Aws } from '../aws/index.ts'
import { permissionSets } from '../catalog/index.ts'
import { catalogRoutes } from '../catalog/routes.ts'
import type { FindTicketCredentials } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { grantRoutes } from '../grants/routes.ts'
import { type Authenticate, createServer, docsPage, healthRoutes, recordRefusals } from '../http/index.ts'
import type { RuleSets } from '../identity/index.ts'
import { keyRoutes } from '../identity/key-routes.ts'
import { peopleRoutes } from '../identity/people-routes.ts'
import { ruleSetRoutes } from '../identity/rule-set-routes.ts'
import { commentRoutes } from '../requests/comment-routes.ts'
import { extendRoutes } from '../requests/extend-routes.ts'
import { reviewNow } from '../requests/index.ts'
import { meRoutes } from '../requests/me-routes.ts'
import { requestRoutes } from '../requests/routes.ts'
import { reviewRoutes } from '../reviews/routes.ts'
import { scimRoutes } from '../scim/routes.ts'
import { type SlackRouteParts, slackRoutes } from '../slack/routes.ts'
import { ticketRoutes } from '../tickets/routes.ts'
import { deliveryRoutes } from '../webhooks/delivery-routes.ts'
import { describedMessages, type WebhookParts } from '../webhooks/index.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { declare } from './declare.ts'

export interface ApiParts {
  readonly log: Logger
  readonly db: Database
  readonly aws: Aws
  readonly ruleSets: RuleSets
  /** Marks the policies that are this deployment's. */
  readonly deploymentId: string
  readonly authenticate: Authenticate
  readonly webhooks: WebhookParts
  readonly ticketCredentials: FindTicketCredentials
  readonly slack: SlackRouteParts['slack']
  /** Of Sallyport, from package.json. */
  readonly version: string
}

/** Puts the API together; the caller lets it listen, and closes it before the database. */
export async function buildApi(parts: ApiParts): Promise<FastifyInstance> {
  const { db, aws, ruleSets, deploymentId } = parts
  const app = await createServer({
    log: parts.log,
    authenticate: parts.authenticate,
    version: parts.version,
    webhooks: describedMessages(),
  })
  recordRefusals(app, db)
  await app.register(healthRoutes, { db })
  const asking = { db, aws, ruleSets, deploymentId, permissionSets: permissionSets(db, aws) }
  await app.register(requestRoutes, asking)
  await app.register(commentRoutes, asking)
  await app.register(extendRoutes, asking)
  await app.register(meRoutes, asking)
  await app.register(reviewRoutes, { db, ruleSets, reviewNow: reviewNow({ ruleSets }) })
  await app.register(grantRoutes, { db, ruleSets, deploymentId })
  await app.register(catalogRoutes, { db, ruleSets })
  await app.register(policyRoutes, { db, ruleSets, deploymentId })
  await app.register(accessRoutes, { db, deploymentId })
  await app.register(ruleSetRoutes, { db, ruleSets, declare })
  await app.register(webhookRoutes, parts.webhooks)
  await app.register(slackRoutes, { slack: parts.slack })
  await app.register(deliveryRoutes, parts.webhooks)
  await app.register(keyRoutes, { db, ruleSets })
  await app.register(peopleRoutes, { db, ruleSets })
  await app.register(scimRoutes, { db, ruleSets })
  await app.register(ticketRoutes, { db, ruleSets, ticketCredentials: parts.ticketCredentials })
  await app.register(auditRoutes, { db })
  await app.register(docsPage)
  return app
}
