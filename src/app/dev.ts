import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { makeEmulatedWorld } from '../aws/index.ts'
import { type Environment, loadSallyportFile } from '../config/index.ts'
import { migrate } from '../db/index.ts'
import { startAwsStandIn } from '../dev/aws/index.ts'
import { walkThrough } from '../dev/demo/walk-through.ts'
import { demoWorld } from '../dev/demo/world.ts'
import { refuseUnlessDevelopment } from '../dev/development-database.ts'
import { startEmbeddedPostgres } from '../dev/embedded-postgres.ts'
import { createAuthenticator } from '../identity/index.ts'
import { buildApi } from './build-api.ts'
import { adopt, openParts } from './parts.ts'
import type { Running } from './running.ts'
import { version } from './version.ts'
import { workerOf } from './work.ts'

export interface DevWorld extends Running {
  readonly apiUrl: string
  readonly awsUrl: string
}

/** An emulator takes a key id of twelve digits for the administrator of that account. Real AWS refuses both. */
export const emulatedCredentials = { accessKeyId: '123456789012', secretAccessKey: 'emulated' }
const region = 'us-east-2'

/**
 * `sallyport dev`: the whole of Sallyport and the world around it in one process, for use by hand. Only on
 * loopback, only on a database marked as a development one, and never on real AWS.
 */
export async function dev(environment: Environment<'dev'>, log: Logger, say: (text: string) => void): Promise<DevWorld> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    await mkdir(environment.dataDirectory, { recursive: true })
    const databaseUrl = await openPostgres(environment, stops)
    await migrate(databaseUrl, 'development')
    const awsUrl = await openAws(environment, stops)
    const loaded = await loadSallyportFile(await demoFile(environment.dataDirectory))
    await makeEmulatedWorld({ endpoint: awsUrl, region, credentials: emulatedCredentials }, demoWorld(loaded.file))
    const parts = await openParts({
      log,
      name: 'dev',
      databaseUrl,
      poolSize: 20,
      aws: { endpoint: awsUrl, region, credentials: emulatedCredentials },
    })
    stops.push(parts.close)
    await adopt(parts, loaded, { kind: 'system', person: null, credential: 'dev', via: 'cli' }, true)
    const worker = workerOf(parts)
    worker.start()
    stops.push(worker.stop)
    const authenticate = createAuthenticator({ db: parts.db, ruleSets: parts.ruleSets, devPeople: true })
    const api = await buildApi({ ...parts, deploymentId: parts.deployment.id, authenticate, version })
    await api.listen({ host: '127.0.0.1', port: environment.port })
    stops.push(() => api.close())
    const { port } = api.server.address() as AddressInfo // a TCP socket that listens has one
    const apiUrl = `http://127.0.0.1:${port}`
    say(walkThrough({ apiUrl, awsUrl, dataDirectory: environment.dataDirectory }))
    return { apiUrl, awsUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openPostgres(environment: Environment<'dev'>, stops: (() => Promise<void>)[]): Promise<string> {
  if (environment.databaseUrl !== null) {
    await refuseUnlessDevelopment(environment.databaseUrl)
    return environment.databaseUrl
  }
  const postgres = await startEmbeddedPostgres(join(environment.dataDirectory, 'postgres'))
  stops.push(postgres.stop)
  return postgres.url
}

async function openAws(environment: Environment<'dev'>, stops: (() => Promise<void>)[]): Promise<string> {
  if (environment.awsEndpoint !== null) return environment.awsEndpoint
  const standIn = await startAwsStandIn({ port: environment.awsPort, host: '127.0.0.1', stateFile: join(environment.dataDirectory, 'aws.json') })
  stops.push(() => standIn.close())
  return standIn.url
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
