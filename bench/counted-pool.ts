import type pg from 'pg'

/**
 * Counts what a pool sends to Postgres from now on: each is one round trip, BEGIN and COMMIT included. `take`
 * answers the texts sent since the last time.
 */
export function countedPool(pool: pg.Pool): { take(): readonly string[] } {
  const known = new WeakSet<pg.PoolClient>()
  let sent: string[] = []
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    client.query = new Proxy(client.query, {
      apply: (query, self, args: unknown[]) => {
        sent.push(textOf(args[0]))
        return Reflect.apply(query, self, args)
      },
    })
  })
  return {
    take: () => {
      const taken = sent
      sent = []
      return taken
    },
  }
}

const textOf = (query: unknown): string =>
  typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query)
