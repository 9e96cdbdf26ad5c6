import pg from 'pg'
import { inject } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import { eventually } from '../support/api.ts'

/**
 * Lets the clock of one database be put forward: its connections find a `now()` and a `clock_timestamp()` of ours before Postgres's own. So time
 * passes for Sallyport's statements and for the jobs' as it does in life, at once. Columns with a default keep Postgres's.
 */
export async function stepping(databaseUrl: string): Promise<string> {
  await asOwner(databaseUrl, async (client, name) => {
    await client.query(`
      create schema clock;
      create table clock.step (shift interval not null);
      insert into clock.step values ('0');
      create function clock.now() returns timestamptz language sql stable as
        'select pg_catalog.now() + (select shift from clock.step)';
      create function clock.clock_timestamp() returns timestamptz language sql volatile as
        'select pg_catalog.clock_timestamp() + (select shift from clock.step)';
      grant usage on schema clock to public;
      grant select on clock.step to public;
      alter database ${name} set search_path to clock, pg_catalog, public`)
  })
  return databaseUrl
}

/** Puts it forward by so many seconds. */
export const step = (databaseUrl: string, seconds: number): Promise<void> =>
  asOwner(
    databaseUrl,
    async (client) => void (await client.query(`update clock.step set shift = shift + $1::int * interval '1 second'`, [seconds])),
  )

/** Waits until no job is left that is due. */
export const idle = ({ pool }: Database): Promise<void> =>
  eventually(async () => {
    const { rows } = await pool.query<{ due: string }>('select count(*) as due from graphile_worker.jobs where run_at <= now()')
    if (rows[0]?.due !== '0') throw new Error(`${rows[0]?.due} jobs are due`)
  })

async function asOwner(databaseUrl: string, work: (client: pg.Client, name: string) => Promise<void>): Promise<void> {
  const owner = new URL(inject('postgres').ownerUrl)
  owner.pathname = new URL(databaseUrl).pathname
  const client = new pg.Client({ connectionString: owner.href, application_name: 'the clock' })
  await client.connect()
  try {
    await work(client, owner.pathname.slice(1))
  } finally {
    await client.end()
  }
}
