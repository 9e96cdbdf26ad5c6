import { constants } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { makeEmulatedWorld } from '../aws/index.ts'
import { ConfigError, type Environment, loadSallyportFile, type SallyportFile } from '../config/index.ts'
import { EditedMigration, migrate } from '../db/index.ts'
import { startAwsStandIn } from '../dev/aws/index.ts'
import { claimFolder } from '../dev/claim-folder.ts'
import { demoWorld } from '../dev/demo/world.ts'
import { refuseUnlessDevelopment } from '../dev/development-database-view.ts'
import { startEmbeddedPostgres } from '../dev/embedded-postgres.ts'
import { createAuthenticator } from '../identity/index.ts'
import { policyName } from '../policy/index.ts'
import { buildApi } from './build-api.ts'
import { adopt, openParts, type Parts } from './parts.ts'
import type { Running } from './running.ts'
import { version } from './version.ts'
import { workerOf } from './work.ts'

export interface DevWorld extends Running {
  readonly apiUrl: string
  readonly awsUrl: string
  /** The name of the inline policies that are this deployment's. */
  readonly policyName: string
}

/** An emulator takes a key id of twelve digits for the administrator of that account. Real AWS refuses both. */
export const emulatedCredentials = { accessKeyId: '123456789012', secretAccessKey: 'emulated' }
const region = 'us-east-2'

/** In dev mode signing secrets are worth nothing, and webhooks may be on this machine. */
export const demoWebhooks = {
  secretKeys: [Buffer.alloc(32, 'dev')],
  addresses: [
    { address: '127.0.0.0', prefix: 8, family: 'ipv4' },
    { address: '::1', prefix: 128, family: 'ipv6' },
  ],
} as const

/** What is being started: its environment, its log, whom to tell of progress, and how to end what has begun. */
interface Start {
  readonly environment: Environment<'dev'>
  readonly log: Logger
  readonly say: (text: string) => void
  readonly stops: (() => Promise<void>)[]
}

/**
 * Starts the whole of Sallyport and the world around it in this process. Only on loopback, only on a database marked
 * as a development one, and never on real AWS: endpoint and credentials are always given, never looked up.
 * Throws a ConfigError for whatever another setting would mend; what had begun is ended then.
 */
export async function startDevWorld(environment: Environment<'dev'>, log: Logger, say: (text: string) => void): Promise<DevWorld> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  const start: Start = { environment, log, say, stops }
  try {
    stops.push(await claimFolder(environment.dataDirectory))
    const databaseUrl = await openPostgres(start)
    say('Bringing the database to the schema of this version')
    await bringToSchema(start, databaseUrl)
    const loaded = await loadSallyportFile(await demoFile(environment.dataDirectory))
    const awsUrl = await openAws(start, loaded.file)
    say('Starting the API and the worker')
    const aws = { endpoint: awsUrl, region, credentials: emulatedCredentials }
    const parts = await openParts({
      log,
      name: 'dev',
      databaseUrl,
      poolSize: 20,
      aws,
      webhooks: demoWebhooks,
      ticketCredentials: environment.ticketCredentials,
      slack: null,
    })
    stops.push(parts.close)
    await adopt(parts, loaded, { kind: 'system', person: null, credential: 'dev', via: 'cli' }, true)
    const worker = workerOf(parts)
    worker.start()
    stops.push(worker.stop)
    const apiUrl = await openApi(start, parts)
    return { apiUrl, awsUrl, policyName: policyName(parts.deployment.id), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openPostgres({ environment, say, stops }: Start): Promise<string> {
  if (environment.databaseUrl !== null) {
    say('Using the Postgres of SALLYPORT_DEV_DATABASE_URL')
    await refuseUnlessDevelopment(environment.databaseUrl)
    return environment.databaseUrl
  }
  const folder = join(environment.dataDirectory, 'postgres')
  say(`Starting Postgres, with its data in ${folder}`)
  const postgres = await startEmbeddedPostgres(folder)
  stops.push(postgres.stop)
  return postgres.url
}

/** Data of an earlier, unreleased version cannot be brought along; nothing in a development database is worth it. */
async function bringToSchema({ environment }: Start, databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl, 'development')
  } catch (error) {
    if (!(error instanceof EditedMigration)) throw error
    throw new ConfigError([
      environment.databaseUrl === null
        ? `SALLYPORT_DATA_DIR: the data in ${environment.dataDirectory} were made by another version of Sallyport; delete that folder to begin anew`
        : 'SALLYPORT_DEV_DATABASE_URL: the database was made by another version of Sallyport; give an empty one',
    ])
  }
}

async function openAws({ environment, say, stops }: Start, file: SallyportFile): Promise<string> {
  const world = demoWorld(file)
  const emulator = { region, credentials: emulatedCredentials }
  if (environment.awsEndpoint !== null) {
    const endpoint = environment.awsEndpoint
    say(`Making the roles and users of the demo in the emulator at ${endpoint}`)
    // Only our stand-in gives databases the resource ids of the file; elsewhere they would be others of the same names.
    await makeEmulatedWorld({ ...emulator, endpoint }, { ...world, databases: [] }).catch((cause: unknown) => {
      const said = cause instanceof Error ? cause.message || cause.name : String(cause)
      throw new ConfigError([`AWS_ENDPOINT_URL: the emulator at ${endpoint} failed (${said}); start it, or unset AWS_ENDPOINT_URL`])
    })
    return endpoint
  }
  say('Starting the stand-in for AWS, with the roles, users and databases of the demo')
  const stateFile = join(environment.dataDirectory, 'aws.json')
  const standIn = await onPort('SALLYPORT_DEV_AWS_PORT', environment.awsPort, (port) =>
    startAwsStandIn({ port, host: '127.0.0.1', stateFile }),
  )
  stops.push(() => standIn.close())
  await makeEmulatedWorld({ ...emulator, endpoint: standIn.url }, world)
  return standIn.url
}

async function openApi({ environment, stops }: Start, parts: Parts): Promise<string> {
  const authenticate = createAuthenticator({ db: parts.db, ruleSets: parts.ruleSets, devMode: true })
  const api = await buildApi({ ...parts, deploymentId: parts.deployment.id, authenticate, version })
  stops.push(() => api.close())
  await onPort('PORT', environment.port, (port) => api.listen({ host: '127.0.0.1', port }))
  const { port } = api.server.address() as AddressInfo // a TCP socket that listens has one
  return `http://127.0.0.1:${port}`
}

/** Listens; a port that cannot be had is a matter of the variable that chose it. */
async function onPort<T>(variable: string, port: number, listen: (port: number) => Promise<T>): Promise<T> {
  try {
    return await listen(port)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EADDRINUSE' ? 'is taken by another process' : 'may not be used by you'
    throw new ConfigError([`${variable}: port ${port} ${why}; set ${variable} to another one (0: any that is free)`])
  }
}

/** The demo's sallyport.yaml, copied once into the data folder, where it can be changed. */
async function demoFile(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, 'sallyport.yaml')
  const original = fileURLToPath(new URL('../dev/demo/sallyport.yaml', import.meta.url))
  await copyFile(original, path, constants.COPYFILE_EXCL).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  return path
}
