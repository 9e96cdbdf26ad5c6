import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { type Environment, loadSallyportFile } from '../config/index.ts'
import { createAuthenticator } from '../identity/index.ts'
import { checkTicketCredentials } from '../tickets/index.ts'
import { buildApi } from './build-api.ts'
import { adopt, openParts } from './parts.ts'
import type { Running } from './running.ts'
import { version } from './version.ts'

/** `sallyport serve`: the API. Everything is checked before anything listens. */
export async function serve(environment: Environment<'serve'>, log: Logger): Promise<Running> {
  const loaded = await loadSallyportFile(environment.configPath)
  checkTicketCredentials(loaded.file, environment.ticketCredentials, 'secrets')
  const parts = await openParts({
    log,
    name: 'api',
    databaseUrl: environment.databaseUrl,
    poolSize: environment.databasePoolSize,
    aws: { endpoint: environment.awsEndpoint, region: environment.awsRegion, credentials: null },
    webhooks: { secretKeys: environment.secretKeys, addresses: environment.webhookAddresses },
    ticketCredentials: environment.ticketCredentials,
  })
  try {
    await adopt(parts, loaded, { kind: 'system', person: null, credential: 'serve', via: 'api' }, false)
    const authenticate = createAuthenticator({ db: parts.db, ruleSets: parts.ruleSets, devMode: false })
    const api = await buildApi({ ...parts, deploymentId: parts.deployment.id, authenticate, version })
    await api.listen({ host: environment.host, port: environment.port })
    const { address, port } = api.server.address() as AddressInfo // a TCP socket that listens has one
    log.info({ address, port }, 'the API is listening')
    return {
      stop: async () => {
        await api.close()
        await parts.close()
      },
    }
  } catch (error) {
    await parts.close()
    throw error
  }
}
