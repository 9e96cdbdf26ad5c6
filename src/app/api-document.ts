import pino from 'pino'
import { createAws } from '../aws/index.ts'
import { ticketCredentials } from '../config/index.ts'
import { connect } from '../db/index.ts'
import { openapiYaml } from '../http/index.ts'
import { createRuleSets } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { idleWebhooks } from '../webhooks/index.ts'
import { buildApi } from './build-api.ts'

/** The OpenAPI document of the whole API, as YAML. Connects to nothing: its parts are idle. */
export async function apiDocument(version: string): Promise<string> {
  const db = connect({ connectionString: 'postgres://127.0.0.1', applicationName: 'sallyport openapi', poolSize: 1, onIdleError: () => {} })
  const ruleSets = createRuleSets(db)
  const aws = createAws({ endpoint: null, region: 'us-east-1', credentials: null })
  const authenticate = async () => {
    throw new SallyportError('unauthenticated', 'Nobody calls a document.')
  }
  const app = await buildApi({
    log: pino({ enabled: false }),
    db,
    aws,
    ruleSets,
    deploymentId: 'a'.repeat(10),
    webhooks: idleWebhooks(db, ruleSets, { secretKeys: [], addresses: [] }),
    ticketCredentials: ticketCredentials({}),
    authenticate,
    version,
  })
  try {
    await app.ready()
    return openapiYaml(app)
  } finally {
    await app.close()
    aws.close()
    await db.close()
  }
}
