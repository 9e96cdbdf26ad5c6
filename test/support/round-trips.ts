import type pg from 'pg'

/** How often Postgres is asked something while something is done: whatever is sent goes over a connection of the pool. */
export async function roundTrips(pool: pg.Pool, call: () => Promise<unknown>): Promise<number> {
  const sent: unknown[] = []
  const unchanged = new Map<pg.PoolClient, pg.PoolClient['query']>()
  const listen = (client: pg.PoolClient) => {
    if (unchanged.has(client)) return
    unchanged.set(client, client.query)
    const query: (...parameters: unknown[]) => unknown = client.query.bind(client)
    const counted = (...parameters: unknown[]) => {
      sent.push(parameters[0])
      return query(...parameters)
    }
    Object.assign(client, { query: counted })
  }
  pool.on('acquire', listen)
  await call()
  pool.off('acquire', listen)
  for (const [client, query] of unchanged) Object.assign(client, { query })
  return sent.length
}
