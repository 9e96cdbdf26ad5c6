import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from './is-alive.ts'
import { postgresBinaries, postgresOwner, spawnUnprivileged } from './postgres-binaries.ts'

export interface EmbeddedPostgres {
  /** Of the superuser `postgres` and the database `postgres`, on loopback. */
  readonly url: string
  /** Ends every connection and stops the server; a temporary one leaves nothing behind. */
  stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL 18 from npm, for development and tests. `folder` keeps its data from one start to the
 * next; null is a temporary server that never syncs to disk. The server stops with this process, however that ends.
 * Throws what Postgres said if it does not start, for example because another process has the folder in use.
 */
export async function startEmbeddedPostgres(folder: string | null): Promise<EmbeddedPostgres> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'sallyport-postgres-')))
  const binaries = await postgresBinaries()
  const password = await initialise(home, binaries)
  await formerServerGone(home)
  const port = await freePort()
  const options = [`port=${port}`, ...(folder === null ? unsafeAndFast : [])].map((each) => `-c ${each}`).join(' ')
  const keeper = spawnUnprivileged('sh', [
    '-c',
    keep,
    'sallyport-postgres',
    binaries,
    home,
    options,
    folder === null ? 'immediate' : 'fast',
  ])
  const ended = once(keeper, 'close')
  await Promise.race([once(keeper.stdout, 'data'), ended]) // its only word is that Postgres is ready
  if (keeper.exitCode !== null) throw new Error(`Postgres did not start: ${await lastWords(home)}`)
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      keeper.stdin.end()
      await ended
    },
  }
}

/**
 * Arguments: binaries, home, options, mode of stopping. Reading ends when `stop` is called, or when this process is gone,
 * killed even: so no server is ever left over.
 */
const keep = `
"$1/pg_ctl" start --silent --wait --pgdata="$2/data" --log="$2/postgres.log" --options="$3" || exit 1
echo ready
read -r _
"$1/pg_ctl" stop --silent --wait --pgdata="$2/data" --mode="$4"
if [ "$4" = immediate ]; then rm -rf "$2"; fi`

const unsafeAndFast = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off']

const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200']

/** Makes the cluster if there is none yet, and answers its superuser's password. */
async function initialise(home: string, binaries: string): Promise<string> {
  const passwordFile = join(home, 'password')
  const known = await readFile(passwordFile, 'utf8').catch(() => null)
  if (known !== null) return known
  const [unfinished, draft] = [join(home, 'data.unfinished'), join(home, 'password.unfinished')]
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(home, { recursive: true, mode: 0o700 })
  const password = randomBytes(16).toString('hex')
  await writeFile(draft, password, { mode: 0o600 })
  if (postgresOwner !== null) for (const path of [home, draft]) await chown(path, postgresOwner, postgresOwner)
  const initdb = spawnUnprivileged(join(binaries, 'initdb'), [
    ...['--username=postgres', '--auth=scram-sha-256', `--pwfile=${draft}`, `--pgdata=${unfinished}`, '--no-sync'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...settings.map((each) => `--set=${each}`),
  ])
  initdb.stdout.resume()
  const [complaint, [code]] = await Promise.all([text(initdb.stderr), once(initdb, 'close')])
  if (code !== 0) throw new Error(`Postgres could not make its data in ${home}:\n${complaint}`)
  await rename(unfinished, join(home, 'data'))
  await rename(draft, passwordFile) // last, since its presence says that the data are whole
  return password
}

/** Milliseconds that a server of a process that is gone may take to stop. */
const FORMER_STOPS = 5_000

/** Waits for a server that an earlier process has left, and that is about to stop. Postgres itself judges one that stays. */
async function formerServerGone(home: string): Promise<void> {
  const deadline = performance.now() + FORMER_STOPS
  while (performance.now() < deadline) {
    const pidFile = await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => '')
    if (!isAlive(Number.parseInt(pidFile, 10))) return
    await delay(50)
  }
}

/** The reason as Postgres logged it, and where the rest is. */
async function lastWords(home: string): Promise<string> {
  const path = join(home, 'postgres.log')
  const log = await readFile(path, 'utf8').catch(() => '')
  const reason = log.split('\n').findLast((line) => /\b(FATAL|PANIC):/.test(line))
  return `${reason?.replace(/^.*?\b(?:FATAL|PANIC): +/, '') ?? 'it did not say why'} (${path})`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.')
  return address.port
}
