import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { buildApi } from '../../src/app/build-api.ts'
import { demoWebhooks } from '../../src/app/dev-world.ts'
import { openParts } from '../../src/app/parts.ts'
import { ticketCredentials } from '../../src/config/index.ts'
import { createAuthenticator } from '../../src/identity/index.ts'

/** The API as a process of its own: its arguments are the database's URL and that of AWS, its variables those of sources of tickets. It says where it listens, and ends by a signal. */
const [databaseUrl = '', awsUrl = ''] = process.argv.slice(2)
const credentials = { accessKeyId: '123456789012', secretAccessKey: 'emulated' }
const parts = await openParts({
  log: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
  name: 'api',
  databaseUrl,
  poolSize: 5,
  aws: { endpoint: awsUrl, region: 'us-east-2', credentials, requestTimeout: 10_000 },
  webhooks: demoWebhooks,
  ticketCredentials: ticketCredentials(process.env),
  slack: null,
})
const authenticate = createAuthenticator({ db: parts.db, ruleSets: parts.ruleSets, devMode: true })
const api = await buildApi({ ...parts, deploymentId: parts.deployment.id, authenticate, version: '0.0.0' })
await api.listen({ host: '127.0.0.1', port: 0 })
const { port } = api.server.address() as AddressInfo // a TCP socket that listens has one
process.once('SIGTERM', async () => {
  await api.close()
  await parts.close()
})
process.stdout.write(`http://127.0.0.1:${port}\n`)
