import { once } from 'node:events'
import { createServer } from 'node:http'
import { Calls } from './calls.ts'
import type { World } from './dispatch.ts'
import { type Fault, Faults } from './faults.ts'
import { handle } from './http.ts'
import { Pace } from './pace.ts'
import { type SeedCall, seed } from './seed.ts'
import { Store } from './store.ts'

interface AwsStandInOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Loopback only: the stand-in checks no signatures, and anyone who reaches it may change everything. */
  readonly host: '127.0.0.1'
  /** Where the state is kept, as JSON; null keeps it in memory. */
  readonly stateFile: string | null
  /** Faults in force from the first call on. */
  readonly faults?: readonly Fault[]
}

export interface AwsStandIn {
  readonly url: string
  readonly port: number
  readonly faults: Faults
  readonly calls: Calls
  readonly pace: Pace
  /** Makes many calls as one change, which is quick. Throws the Refusal of the first that is refused, and then changes nothing. */
  seed(calls: readonly SeedCall[]): void
  /** Stops listening and breaks the connections that are open. */
  close(): Promise<void>
}

/**
 * Starts an HTTP server that answers the AWS SDK for the calls of IAM, STS, RDS and Identity Center that Sallyport makes, with
 * AWS's own limits and errors. Rejects if the port is taken or the state file cannot be read.
 */
export async function startAwsStandIn(options: AwsStandInOptions): Promise<AwsStandIn> {
  const world: World = { store: new Store(options.stateFile), faults: new Faults(options.faults), calls: new Calls(), pace: new Pace() }
  const server = createServer((request, response) => {
    handle(world, request, response).catch(() => request.socket.destroy()) // the caller went away while sending
  })
  // The SDK keeps connections open; one closed from this side just as it sends would look like a fault nobody asked for.
  server.keepAliveTimeout = 10 * 60 * 1000
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `http://${options.host}:${port}`,
    port,
    faults: world.faults,
    calls: world.calls,
    pace: world.pace,
    seed: (calls) => seed(world.store, calls),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
