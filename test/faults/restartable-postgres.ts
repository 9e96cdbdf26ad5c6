import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/dev/embedded-postgres.ts'

/** A Postgres of one's own that can be stopped and started again, at the same address. */
export interface RestartablePostgres {
  /** Of the superuser. */
  readonly url: string
  /** Stops the server; whoever connects is refused until it is started again. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** An embedded server takes another port at each start: a forwarder stands before it. */
export async function restartablePostgres(): Promise<RestartablePostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-restart-'))
  let postgres: EmbeddedPostgres | null = await startEmbeddedPostgres(folder)
  const forwarder = createServer((near) => forward(near, postgres))
  forwarder.listen(0, '127.0.0.1')
  await once(forwarder, 'listening')
  const address = forwarder.address()
  const url = new URL(postgres.url)
  url.port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const stop = async () => {
    await postgres?.stop()
    postgres = null
  }
  return {
    url: url.href,
    stop,
    start: async () => {
      postgres = await startEmbeddedPostgres(folder)
    },
    close: async () => {
      await stop()
      forwarder.close()
      await once(forwarder, 'close')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function forward(near: Socket, postgres: EmbeddedPostgres | null): void {
  if (postgres === null) {
    near.destroy()
    return
  }
  const far = connectSocket(Number(new URL(postgres.url).port), '127.0.0.1')
  near.pipe(far).pipe(near)
  near.on('error', () => far.destroy()).on('close', () => far.destroy())
  far.on('error', () => near.destroy()).on('close', () => near.destroy())
}
