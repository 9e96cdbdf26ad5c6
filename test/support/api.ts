import type { AddressInfo } from 'node:net'
import { CreateRoleCommand, DeleteRoleCommand, GetRolePolicyCommand, GetUserPolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { type DestinationStream, pino } from 'pino'
import { afterAll, beforeAll, vi } from 'vitest'
import { buildApi } from '../../src/app/build-api.ts'
import { demoWebhooks } from '../../src/app/dev-world.ts'
import { adopt, openParts, type Parts } from '../../src/app/parts.ts'
import { workerOf } from '../../src/app/work.ts'
import { makeEmulatedWorld } from '../../src/aws/index.ts'
import { type SlackSettings, ticketCredentials } from '../../src/config/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../../src/dev/aws/index.ts'
import { demoWorld } from '../../src/dev/demo/world.ts'
import { giveNotice } from '../../src/grants/index.ts'
import { by, type CreateKey, createAuthenticator, createKey, revokeKey } from '../../src/identity/index.ts'
import type { ActorRecord } from '../../src/kernel/actor.ts'
import { policyName } from '../../src/policy/index.ts'
import type { Network } from '../../src/webhooks/send.ts'
import { client } from './client.ts'
import { testDatabase } from './database.ts'
import { demoRules, type RuleChange } from './rules.ts'
import { snapshotOf } from './snapshot.ts'

const operator: ActorRecord = { kind: 'system', person: null, credential: 'operator', via: 'cli' }
const credentials = { accessKeyId: '123456789012', secretAccessKey: 'emulated' }
const region = 'us-east-2'
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }],
})

/** Waits until a check no longer throws. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 20 })

export interface TestApiOptions {
  /** Changes the demo's rules, for the whole file. */
  readonly rules?: RuleChange
  /** Runs a worker too. */
  readonly worker?: boolean
  /** Gets the log, which otherwise goes nowhere. */
  readonly log?: DestinationStream
  /** What stands between the API and Postgres, or AWS: answers where the API is to connect instead. */
  readonly databaseUrl?: (url: string) => Promise<string>
  readonly awsUrl?: (url: string) => Promise<string>
  /** The variables with the secrets and tokens of sources of tickets. */
  readonly tickets?: Readonly<Record<string, string>>
  /** Where Slack is, and what its app gave; there is none unless given. */
  readonly slack?: () => SlackSettings
  /** How webhooks resolve names, and for how long they wait. */
  readonly webhookNetwork?: Partial<Pick<Network, 'resolve' | 'timeout'>>
}

/** The real API on loopback, with a database of its own, the stand-in for AWS and the demo's world; gone after the file's tests. */
export function testApi(options: TestApiOptions = {}) {
  const database = testDatabase()
  const things: { parts?: Parts; standIn?: AwsStandIn; iam?: IAMClient; url?: string } = {}
  const given = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the API is there by the time the first test runs')
    return value
  }
  const stops: (() => Promise<unknown>)[] = []
  let opened: ReturnType<typeof database.client> | undefined
  const owner = () => (opened ??= database.client())

  beforeAll(async () => {
    const loaded = demoRules(...(options.rules === undefined ? [] : [options.rules]))
    const standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
    stops.push(() => standIn.close())
    await makeEmulatedWorld({ endpoint: standIn.url, region, credentials }, demoWorld(loaded.file))
    const parts = await openParts({
      log: pino({}, options.log ?? { write: () => {} }),
      name: 'api',
      databaseUrl: (await options.databaseUrl?.(database.url)) ?? database.url,
      poolSize: 10,
      aws: { endpoint: (await options.awsUrl?.(standIn.url)) ?? standIn.url, region, credentials, requestTimeout: 2_000 },
      slack: options.slack?.() ?? null,
      webhooks: { ...demoWebhooks, network: options.webhookNetwork ?? {} },
      ticketCredentials: ticketCredentials(options.tickets ?? {}),
    })
    stops.push(parts.close)
    await adopt(parts, loaded, operator, true)
    const authenticate = createAuthenticator({ db: parts.db, ruleSets: parts.ruleSets, devMode: true })
    const api = await buildApi({ ...parts, deploymentId: parts.deployment.id, authenticate, version: '0.0.0' })
    stops.push(() => api.close())
    await api.listen({ host: '127.0.0.1', port: 0 })
    const { port } = api.server.address() as AddressInfo // a TCP socket that listens has one
    const iam = new IAMClient({ endpoint: standIn.url, region, credentials })
    stops.push(async () => iam.destroy())
    Object.assign(things, { parts, standIn, iam, url: `http://127.0.0.1:${port}` })
    if (options.worker !== true) return
    const worker = workerOf(parts)
    worker.start()
    stops.push(worker.stop)
  })
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop()
  })

  const api = {
    database,
    get parts() {
      return given(things.parts)
    },
    get standIn() {
      return given(things.standIn)
    },
    get iam() {
      return given(things.iam)
    },
    get url() {
      return given(things.url)
    },

    /** A person of the directory, with their own credential. */
    as: (person: string) => client(() => given(things.url), { authorization: `Bearer dev-${person}` }),
    /** A program with an API key, acting for a person or for nobody. */
    withKey: (token: string, person?: string) =>
      client(() => given(things.url), {
        authorization: `Bearer ${token}`,
        ...(person === undefined ? {} : { 'sallyport-on-behalf-of': person }),
      }),
    key: (command: Pick<CreateKey, 'name' | 'scopes'> & Partial<CreateKey>) =>
      createKey(api.parts.db, api.parts.ruleSets)({ ownerId: null, decideGroups: [], lifetimeSeconds: null, ...command }, by(operator)),
    revokeKey: (name: string) => revokeKey(api.parts.db)(name, by(operator)),

    /** Brings the demo's rules into force, with changes. */
    useRules: (...changes: readonly RuleChange[]) => adopt(api.parts, demoRules(...changes), operator, true),

    /** The document of Sallyport's that IAM holds for a role or user, read by the AWS SDK; null if there is none. */
    document: async (kind: 'role' | 'user', name: string): Promise<string | null> => {
      const PolicyName = policyName(api.parts.deployment.id)
      try {
        const { PolicyDocument } =
          kind === 'role'
            ? await api.iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName }))
            : await api.iam.send(new GetUserPolicyCommand({ UserName: name, PolicyName }))
        return decodeURIComponent(PolicyDocument ?? '')
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchEntityException') return null
        throw error
      }
    },

    makeRole: (RoleName: string) => api.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust })),
    deleteRole: (RoleName: string) => api.iam.send(new DeleteRoleCommand({ RoleName })),

    /** Waits until some connection waits for a lock of another. */
    waitsForLock: () =>
      eventually(async () => {
        const { rowCount } = await (await owner()).query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        if (rowCount === 0) throw new Error('nothing waits for a lock')
      }),

    /** The types of the events of a request, in the order of recording. */
    eventsOf: async (requestId: string): Promise<string[]> => {
      const events = await database.db.prisma.auditEvent.findMany({ where: { requestId }, orderBy: { seq: 'asc' } })
      return events.map(({ type }) => type)
    },

    /** All that the database holds, but refusals of authority, which are recorded. */
    snapshot: () => snapshotOf(database.db),

    /** Changes what triggers guard, as its owner may: to make time pass. */
    change: async (table: 'request' | 'grant', set: string, id: string) => {
      await (await owner()).query(
        `begin; alter table "${table}" disable trigger user; update "${table}" set ${set} where id = '${id}'; alter table "${table}" enable trigger user; commit`,
      )
    },

    /** Makes time pass for a grant, such as `46 minutes`, and tells of its end if a worker would. */
    letPass: async (grantId: string, time: string) => {
      const earlier = (column: string) => `${column} = ${column} - interval '${time}'`
      await api.change('grant', ['starts_at', 'ends_at', 'notify_at'].map(earlier).join(', '), grantId)
      await api.parts.db.inTransaction(giveNotice)
    },
  }
  return api
}
