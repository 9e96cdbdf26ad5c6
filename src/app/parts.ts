import type { Logger } from 'pino'
import { type Aws, type AwsOptions, createAws } from '../aws/index.ts'
import type { FindTicketCredentials, LoadedFile } from '../config/index.ts'
import { connect, type Database, type Deployment, readDeployment } from '../db/index.ts'
import { adoptRuleSet, createRuleSets, type RuleSets } from '../identity/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { openWebhooks, type WebhookOptions, type WebhookParts } from '../webhooks/index.ts'
import { declare } from './declare.ts'

/** What the API and the worker both stand on. */
export interface Parts {
  readonly log: Logger
  readonly db: Database
  readonly aws: Aws
  readonly ruleSets: RuleSets
  readonly deployment: Deployment
  readonly webhooks: WebhookParts
  readonly ticketCredentials: FindTicketCredentials
  close(): Promise<void>
}

export interface OpenParts {
  readonly log: Logger
  readonly name: 'api' | 'worker' | 'dev'
  readonly databaseUrl: string
  readonly poolSize: number
  readonly aws: AwsOptions
  readonly webhooks: WebhookOptions
  readonly ticketCredentials: FindTicketCredentials
}

/** Opens them. Throws `database_unavailable`, `not_ready` where `sallyport migrate` has not been run, and a ConfigError where the key of a webhook's secret is missing. */
export async function openParts({
  log,
  name,
  databaseUrl,
  poolSize,
  aws,
  webhooks: options,
  ticketCredentials,
}: OpenParts): Promise<Parts> {
  const db = connect({
    connectionString: databaseUrl,
    applicationName: `sallyport ${name}`,
    poolSize,
    onIdleError: (error) => log.warn({ reason: error.message }, 'a connection to Postgres broke; it will be replaced'), // the error has the whole client in it,
  })
  try {
    const deployment = await readDeployment(db)
    const ruleSets = createRuleSets(db)
    const webhooks = await openWebhooks(db, ruleSets, options)
    const opened = createAws(aws)
    const close = async () => {
      opened.close()
      await db.close()
    }
    return { log, db, aws: opened, ruleSets, deployment, webhooks, ticketCredentials, close }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** Brings sallyport.yaml into force, and says in the log what came of it. */
export async function adopt(parts: Pick<Parts, 'db' | 'log'>, loaded: LoadedFile, actor: ActorRecord, force: boolean): Promise<void> {
  const adoption = await adoptRuleSet(parts.db, declare)({ loaded, force }, actor)
  if (adoption.adopted) {
    parts.log.info({ ruleSet: adoption.hash }, 'this rule set is in force')
    return
  }
  parts.log.warn(
    { ruleSet: adoption.hash, inForce: adoption.activeHash },
    'this sallyport.yaml was in force before and another one is now; `sallyport rules activate` brings it back',
  )
}
