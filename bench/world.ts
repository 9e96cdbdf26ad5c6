import type { AddressInfo } from 'node:net'
import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { buildApi } from '../src/app/build-api.ts'
import { adopt, openParts, type Parts } from '../src/app/parts.ts'
import { version } from '../src/app/version.ts'
import { makeEmulatedWorld } from '../src/aws/index.ts'
import { loadSallyportFile, ticketCredentials } from '../src/config/index.ts'
import { migrate } from '../src/db/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../src/dev/aws/index.ts'
import { demoWorld } from '../src/dev/demo/world.ts'
import { startEmbeddedPostgres } from '../src/dev/embedded-postgres.ts'
import { createAuthenticator } from '../src/identity/index.ts'
import type { ActorRecord } from '../src/kernel/actor.ts'

/** A whole Sallyport with an empty database and an AWS that holds the roles asked for. */
export interface World {
  readonly parts: Parts
  /** Others on the same database and AWS, as another process would have them. */
  openParts(): Promise<Parts>
  readonly standIn: AwsStandIn
  /** Of Postgres, as its superuser. */
  readonly databaseUrl: string
  /** Starts the API, on these in place of the world's own, and answers its URL. */
  listen(instead?: Partial<Pick<Parts, 'db' | 'aws'>>): Promise<string>
  /** Has this done at the end, before what was there earlier ends. */
  atEnd(stop: () => Promise<unknown>): void
}

/** The administrator of the account, for the stand-in. */
const credentials = { accessKeyId: '123456789012', secretAccessKey: 'emulated' }
const region = 'us-east-2'
export const operator: ActorRecord = { kind: 'system', person: null, credential: 'bench', via: 'cli' }

/** Builds the world, measures in it, and takes it down again, whatever comes of it. */
export async function inWorld(roles: readonly string[], measure: (world: World) => Promise<void>): Promise<void> {
  const stops: (() => Promise<unknown>)[] = []
  try {
    const postgres = await startEmbeddedPostgres(null)
    stops.push(postgres.stop)
    await migrate(postgres.url, 'development')
    const standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
    stops.push(() => standIn.close())
    const aws = { endpoint: standIn.url, region, credentials }
    const loaded = await loadSallyportFile(fileURLToPath(new URL('sallyport.yaml', import.meta.url)))
    await makeEmulatedWorld(aws, withRoles(demoWorld(loaded.file), roles))
    // Logged as in production, to nowhere.
    const log = pino({ level: 'info' }, pino.destination(devNull))
    const open = async () => {
      const opened = await openParts({
        log,
        name: 'dev',
        databaseUrl: postgres.url,
        poolSize: 20,
        aws,
        webhooks: { secretKeys: [], addresses: [] },
        ticketCredentials: ticketCredentials({}),
      })
      stops.push(opened.close)
      return opened
    }
    const parts = await open()
    await adopt(parts, loaded, operator, true)
    const listen: World['listen'] = async (instead = {}) => {
      const authenticate = createAuthenticator({ db: parts.db, ruleSets: parts.ruleSets, devMode: true })
      const api = await buildApi({ ...parts, ...instead, deploymentId: parts.deployment.id, authenticate, version })
      await api.listen({ host: '127.0.0.1', port: 0 })
      stops.push(() => api.close())
      const { port } = api.server.address() as AddressInfo // a TCP socket that listens has one
      return `http://127.0.0.1:${port}`
    }
    await measure({ parts, openParts: open, standIn, databaseUrl: postgres.url, listen, atEnd: (stop) => stops.push(stop) })
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

function withRoles(world: ReturnType<typeof demoWorld>, names: readonly string[]): ReturnType<typeof demoWorld> {
  const [own] = world.roles
  return { ...world, roles: [...world.roles, ...names.map((name) => ({ name, trust: own?.trust }))] }
}
