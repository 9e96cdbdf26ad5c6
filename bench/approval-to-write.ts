/** How long it takes from an approval's commit until IAM is told, on an idle system. */
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { workerOf } from '../src/app/work.ts'
import type { Database } from '../src/db/index.ts'
import { approve, ask } from './ask.ts'
import { median, percent, quantile, say, sayLoad, sayTable } from './figures.ts'
import { type AwsCall, instant, timedAws } from './timed-aws.ts'
import { inWorld, type World } from './world.ts'

const APPROVALS = 50
const WARM_UP = 5
/** Milliseconds, besides AWS's own time. */
const AIM = 100

/** Milliseconds, in the order of what happens. */
interface Sample {
  /** From the commit until AWS is asked: the job is picked up and the lease taken. */
  readonly before: number
  /** Reading what IAM holds. */
  readonly reads: number
  /** Between the answer and the write: the intent is put on record. */
  readonly between: number
  /** From the write's beginning, with getting the plan's credentials, to its arrival. */
  readonly write: number
  readonly calls: readonly string[]
  readonly transaction: number
}

const roles = Array.from({ length: 10 }, (_, number) => `app-${number}`)

async function measure(world: World): Promise<void> {
  const { parts } = world
  const committing = { at: 0 }
  const api = await world.listen({ db: notingCommits(parts.db, (at) => (committing.at = at)) })
  const writes = new Turnstile()
  const worker = workerOf({ ...parts, aws: timedAws(parts.aws, (call) => writes.add(call)) })
  worker.start()
  world.atEnd(worker.stop)
  const client = new pg.Client({ connectionString: world.databaseUrl })
  await client.connect()
  world.atEnd(() => client.end())
  await client.query('create table yardstick (id int primary key, n int); insert into yardstick values (1, 0)')

  const measureOne = async (number: number): Promise<Sample> => {
    const request = await ask(api, roles[number % roles.length] ?? '', `user_${number}`)
    await idle(client)
    const transaction = await durationOf(() => client.query('update yardstick set n = n + 1 where id = 1'))
    world.standIn.calls.reset()
    const written = writes.next()
    await approve(api, request)
    const calls = await written
    return sampleOf(world, committing.at, calls, transaction)
  }
  const samples: Sample[] = []
  for (let number = 0; number < WARM_UP + APPROVALS; number++) samples.push(await measureOne(number))
  report(samples.slice(WARM_UP))
}

/** The worker's calls, handed over when one of them was a write. */
class Turnstile {
  #calls: AwsCall[] = []
  #pass: (calls: readonly AwsCall[]) => void = () => {}

  add(call: AwsCall): void {
    this.#calls.push(call)
    if (call.kind === 'write') this.#pass(this.#calls)
  }

  next(): Promise<readonly AwsCall[]> {
    this.#calls = []
    return new Promise((resolve) => (this.#pass = resolve))
  }
}

/** The same database, telling when a transaction has done its work and is about to be committed. */
const notingCommits = (db: Database, note: (at: number) => void): Database => ({
  ...db,
  inTransaction: (work) =>
    db.inTransaction(async (tx) => {
      const done = await work(tx)
      note(instant())
      return done
    }),
})

/** Waits until nothing is being applied and no job is running or due, and a moment longer. */
async function idle(client: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      `select from graphile_worker.jobs where run_at <= now() or locked_at is not null union all select from "grant" where status = 'applying'`,
    )
    await delay(50)
    if (rowCount === 0) return
  }
}

function sampleOf({ standIn }: World, committing: number, worker: readonly AwsCall[], transaction: number): Sample {
  const log = standIn.calls.list()
  const put = log.find((call) => call.action === 'PutRolePolicy')
  const write = worker.find((call) => call.kind === 'write')
  if (put === undefined || write === undefined) throw new Error('the approval was not written')
  const arrived = Date.parse(put.at)
  const reads = worker.filter((call) => call.kind === 'read' && call.until < write.from)
  const asked = Math.min(...reads.map(({ from }) => from)) // those of one look are made side by side
  const answered = Math.max(...reads.map(({ until }) => until))
  const calls = log.slice(0, log.indexOf(put) + 1).filter((call) => Date.parse(call.at) >= Math.floor(committing))
  return {
    before: asked - committing,
    reads: answered - asked,
    between: write.from - answered,
    write: Math.max(0, arrived - write.from),
    calls: calls.map(({ action }) => action),
    transaction,
  }
}

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

function report(samples: readonly Sample[]): void {
  const sum = (...parts: readonly ('before' | 'reads' | 'between' | 'write')[]) =>
    samples.map((sample) => parts.reduce((total, part) => total + sample[part], 0))
  const all = sum('before', 'reads', 'between', 'write')
  const own = sum('before', 'between')
  const commits = samples.map(({ transaction }) => transaction)
  const row = (name: string, values: readonly number[]) => [name, median(values).toFixed(1), quantile(values, 0.95).toFixed(1)]
  say(`From the commit of an approval to PutRolePolicy at the stand-in: ${samples.length} approvals, one after the other\n`)
  sayTable(
    ['milliseconds', 'median', '95th percentile'],
    [
      row('all of it', all),
      row('AWS: reading what is there', sum('reads')),
      row('AWS: credentials of the plan, then the write', sum('write')),
      row('Sallyport: job picked up, lease taken', sum('before')),
      row('Sallyport: intent put on record', sum('between')),
      row('Sallyport, both', own),
      row('yardstick: one UPDATE in Postgres', commits),
    ],
  )
  const sequences = [...new Set(samples.map(({ calls }) => calls.join(', ')))]
  say(`
The calls until the write, by the stand-in's log: ${sequences.join('; or ')}.
Sallyport's own part is ${percent(median(own), median(all))} of it, the time of ${(median(own) / median(commits)).toFixed(0)} UPDATEs in Postgres. Its 95th percentile is
${percent(quantile(own, 0.95), AIM)} of the ${AIM} ms that it may take besides AWS's own time. Counted from before COMMIT is sent;
the stand-in notes whole milliseconds.`)
  sayLoad()
}

await inWorld(roles, measure)
