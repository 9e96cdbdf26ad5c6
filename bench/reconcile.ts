/** What reconciling costs at IAM and in Postgres, and how many writes many approvals become. */
import { setTimeout as delay } from 'node:timers/promises'
import { workerOf } from '../src/app/work.ts'
import type { Id } from '../src/kernel/ids.ts'
import { reconcileTarget } from '../src/reconcile/index.ts'
import { mayStart } from '../src/requests/index.ts'
import { approve, ask } from './ask.ts'
import { countedPool } from './counted-pool.ts'
import { percent, say, sayLoad, sayTable } from './figures.ts'
import { inWorld, type World } from './world.ts'

const MANY = 100

interface AtOnce extends Cost {
  /** How often the API said that it has no connection to Postgres to spare, and was asked again. */
  readonly refusals: number
}

type TargetOf = (name: string) => Promise<Id<'tgt'>>

interface Cost {
  readonly runs: number
  /** Null, as the statements, where the API's own are among them. */
  readonly reads: number | null
  readonly writes: number
  readonly credentials: number
  readonly statements: number | null
}

async function measure(world: World): Promise<void> {
  const { parts } = world
  const api = await world.listen()
  const counted = countedPool(parts.db.pool)
  const { reconcile, targetOf } = byHand(world)
  const askMany = (role: string) => Promise.all(Array.from({ length: MANY }, (_, number) => ask(api, role, `user_${number}`)))
  const grantOne = async (dbUser: string) => approve(api, await ask(api, 'app-one', dbUser))
  const costOf = async (role: string): Promise<Cost> => {
    const target = await targetOf(role)
    world.standIn.calls.reset()
    counted.take()
    await reconcile(target)
    return { ...atAws(world), runs: 1, statements: counted.take().length }
  }

  await grantOne('first') // its run also gets the credentials for reading, which are kept
  await costOf('app-one')
  const unchanged = await costOf('app-one')
  await grantOne('second')
  const added = await costOf('app-one')

  for (const request of await askMany('app-waiting')) await approve(api, request)
  const waiting = await costOf('app-waiting')

  const requests = await askMany('app-at-once')
  const atOnce = await whileWorking(world, api, requests, targetOf)

  report({ unchanged, added, waiting, atOnce })
}

/** Reconciling without a worker, so that nothing else is counted. */
function byHand({ parts }: World) {
  const { db, aws, log, ruleSets, deployment } = parts
  return {
    reconcile: reconcileTarget(
      { database: db, aws, deploymentId: deployment.id, mayStart: mayStart({ ruleSets }, log), holder: 'bench' },
      log,
    ),
    targetOf: async (name: string): Promise<Id<'tgt'>> =>
      (await db.prisma.target.findFirstOrThrow({ where: { name }, select: { id: true } })).id as Id<'tgt'>, // as the store makes it
  }
}

function atAws({ standIn }: World): Pick<Cost, 'reads' | 'writes' | 'credentials'> {
  const actions = standIn.calls.list().map(({ action }) => action)
  const count = (pattern: RegExp) => actions.filter((action) => pattern.test(action)).length
  return { reads: count(/^(Get|List)/), writes: count(/^(Put|Delete)/), credentials: count(/^AssumeRole/) }
}

/** Approves all at once while a worker runs, and waits until IAM holds all of it. */
async function whileWorking(world: World, api: string, requests: readonly string[], targetOf: TargetOf): Promise<AtOnce> {
  const { db } = world.parts
  const worker = workerOf(await world.openParts())
  worker.start()
  world.atEnd(worker.stop)
  const until = async (query: string) => {
    while ((await db.pool.query(query)).rowCount !== 0) await delay(100)
  }
  await until('select from graphile_worker.jobs where run_at <= now()') // what is due from before
  world.standIn.calls.reset()
  const refusals = await Promise.all(requests.map((request) => approve(api, request)))
  await until(`select from "grant" where status <> 'active'`)
  await until('select from graphile_worker.jobs where run_at <= now()')
  const target = await db.prisma.target.findUniqueOrThrow({ where: { id: await targetOf('app-at-once') }, select: { leaseToken: true } })
  const cost = atAws(world)
  // Each approval, and before it each request, has looked the principal up too.
  return {
    ...cost,
    runs: Number(target.leaseToken),
    reads: null,
    statements: null,
    refusals: refusals.reduce((sum, count) => sum + count, 0),
  }
}

function report({ unchanged, added, waiting, atOnce }: Record<'unchanged' | 'added' | 'waiting', Cost> & { atOnce: AtOnce }): void {
  const row = (name: string, { runs, reads, writes, credentials, statements }: Cost) => [
    name,
    runs,
    reads ?? '',
    writes,
    credentials,
    statements ?? '',
  ]
  sayTable(
    ['', 'runs', 'IAM reads', 'IAM writes', 'AssumeRole', 'statements in Postgres'],
    [
      row('unchanged target', unchanged),
      row('one grant added', added),
      row(`${MANY} approvals, then one run`, waiting),
      row(`${MANY} approvals while a worker runs`, atOnce),
    ],
  )
  say(`
A run on an unchanged target only reads at IAM, and takes ${percent(unchanged.statements ?? 0, added.statements ?? 1)} of the statements of one that adds a grant (BEGIN and
COMMIT are counted). Reads are those of the role, its policies' names, and each policy; after a write they are made again. However many
approvals wait, they become one write. Those that come while a worker runs became ${atOnce.writes} in ${atOnce.runs} runs: ${(MANY / atOnce.writes).toFixed(0)} approvals a write.`)
  if (atOnce.refusals > 0)
    say(`The API answered 503 ${atOnce.refusals} times, for want of a free connection to Postgres, and was asked again.`)
  sayLoad()
}

await inWorld(['app-one', 'app-waiting', 'app-at-once'], measure)
