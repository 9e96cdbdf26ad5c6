/** How much of a bare Fastify and pg route's throughput is left when requests are created and read through the real API. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import fastify from 'fastify'
import pg from 'pg'
import type { Aws } from '../src/aws/index.ts'
import { by, createKey } from '../src/identity/index.ts'
import { ask, askFor } from './ask.ts'
import { countedPool } from './counted-pool.ts'
import { median, percent, say, sayLoad, sayTable } from './figures.ts'
import type { Handled, Load } from './load.ts'
import { inWorld, operator, type World } from './world.ts'

const ROUNDS = 3
const CONNECTIONS = 64
/** Of each measurement in a round, and of its warming up. */
const MILLISECONDS = 700
const POOL_SIZE = 20

type What = 'bare insert' | 'create' | 'create, AWS from memory' | 'bare select' | 'read'

async function measure(world: World): Promise<void> {
  const { parts } = world
  const api = await world.listen()
  const apiWithoutAws = await world.listen({ aws: remembering(parts.aws) })
  const bare = await bareServer(world)
  const ids = await Promise.all(Array.from({ length: 50 }, (_, number) => ask(api, 'app-reader', `user_${number}`)))
  const { token } = await createKey(parts.db, parts.ruleSets)(
    { name: 'bench', scopes: ['read', 'ask'], ownerId: null, decideGroups: [], lifetimeSeconds: null },
    by(operator),
  )
  const headers = { authorization: `Bearer ${token}`, 'sallyport-on-behalf-of': 'developer' }
  const body = JSON.stringify(askFor('app-reader', 'db_user'))
  const post = (url: string) => ({ method: 'POST' as const, urls: [url], headers, body })
  const get = (urls: readonly string[]) => ({ method: 'GET' as const, urls, headers, body: null })
  const things: Readonly<Record<What, Pick<Load, 'method' | 'urls' | 'headers' | 'body'>>> = {
    'bare insert': post(`${bare}/rows`),
    create: post(`${api}/v1/requests`),
    'create, AWS from memory': post(`${apiWithoutAws}/v1/requests`),
    'bare select': get(ids.map((_, number) => `${bare}/rows/${number + 1}`)),
    read: get(ids.map((id) => `${api}/v1/requests/${id}`)),
  }

  const maker = fork(fileURLToPath(new URL('load.ts', import.meta.url)))
  world.atEnd(async () => maker.kill())
  const whats = Object.keys(things) as What[] // of the object above
  const perSecond = new Map<What, number[]>(whats.map((what) => [what, []]))
  for (const what of whats) await loaded(maker, { ...things[what], milliseconds: MILLISECONDS })
  for (let round = 0; round < ROUNDS; round++) {
    for (const what of whats) perSecond.get(what)?.push(await loaded(maker, { ...things[what], milliseconds: MILLISECONDS }))
  }

  const counted = countedPool(parts.db.pool)
  const tripsOfOne = async (what: What): Promise<number> => {
    counted.take()
    await loaded(maker, { ...things[what], connections: 1, milliseconds: 0 })
    return counted.take().length
  }
  const trips = new Map<What, number>()
  // The key and the rule set are looked up once in five seconds: that falls on one of three.
  for (const what of whats) trips.set(what, Math.min(await tripsOfOne(what), await tripsOfOne(what), await tripsOfOne(what)))
  report(perSecond, trips)
}

async function loaded(maker: ChildProcess, load: Omit<Load, 'connections'> & { readonly connections?: number }): Promise<number> {
  maker.send({ connections: CONNECTIONS, ...load })
  const [handled] = (await once(maker, 'message')) as [Handled] // as load.ts sends it
  if (handled.failure !== null) throw new Error(`${load.method} ${load.urls[0]}: ${handled.failure}`)
  return handled.perSecond
}

/** The same AWS, asked only once who a principal is. */
function remembering(aws: Aws): Aws {
  const known = new Map<string, ReturnType<ReturnType<Aws['session']>['getPrincipal']>>()
  return {
    ...aws,
    session: (account, planId) => {
      const session = aws.session(account, planId)
      return {
        ...session,
        getPrincipal: (entity) => {
          const answer = known.get(entity.name) ?? session.getPrincipal(entity)
          known.set(entity.name, answer)
          return answer
        },
      }
    },
  }
}

/** What a service can do at most here: no checks, no log, one prepared statement for each route. */
async function bareServer(world: World): Promise<string> {
  const pool = new pg.Pool({ connectionString: world.databaseUrl, max: POOL_SIZE })
  world.atEnd(() => pool.end())
  await pool.query('create table bare (id bigint generated always as identity primary key, body jsonb not null)')
  const insert = { name: 'insert', text: 'insert into bare (body) values ($1) returning id, body' }
  const select = { name: 'select', text: 'select id, body from bare where id = $1' }
  const app = fastify()
  app.post('/rows', async (request, reply) => {
    const { rows } = await pool.query({ ...insert, values: [JSON.stringify(request.body)] })
    return reply.code(201).send(rows[0])
  })
  app.get<{ Params: { id: string } }>('/rows/:id', async (request) => {
    const { rows } = await pool.query({ ...select, values: [request.params.id] })
    return rows[0]
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  world.atEnd(() => app.close())
  return url
}

function report(perSecond: ReadonlyMap<What, readonly number[]>, trips: ReadonlyMap<What, number>): void {
  const of = (what: What) => perSecond.get(what) ?? []
  /** Round by round, since what else the machine does comes and goes. */
  const shares = (what: What, bare: What) => of(what).map((value, round) => value / (of(bare)[round] ?? Number.NaN))
  const row = (what: What, bare: What) => [
    what,
    median(of(what)).toFixed(0),
    what === bare ? '1' : median(shares(what, bare)).toFixed(2),
    what === bare ? '' : `${Math.min(...shares(what, bare)).toFixed(2)} to ${Math.max(...shares(what, bare)).toFixed(2)}`,
    what === bare ? '' : (trips.get(what) ?? 0),
  ]
  say(`${CONNECTIONS} connections, ${ROUNDS} rounds in turns; Postgres does not sync\n`)
  sayTable(
    ['', 'per second', 'share of bare', 'in the rounds', 'round trips to Postgres'],
    [
      row('bare insert', 'bare insert'),
      row('create', 'bare insert'),
      row('create, AWS from memory', 'bare insert'),
      row('bare select', 'bare select'),
      row('read', 'bare select'),
    ],
  )
  say(`
Bare is Fastify and pg with one prepared statement, no checks and no log. Create authenticates an API key, judges the rules, looks the
principal up in AWS, and stores request, entitlement, event and kept answer. Looking up takes ${percent(1 - median(shares('create', 'create, AWS from memory')), 1)} of its throughput: the SDK's call,
and the stand-in's answer in the same process. Read checks who may see it and shapes the whole request. The load comes from another process.`)
  sayLoad()
}

await inWorld([], measure)
