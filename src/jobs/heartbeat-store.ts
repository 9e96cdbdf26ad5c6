import type { Database } from '../db/index.ts'

/** Seconds without a beat after which a worker counts as dead. */
const SILENCE = 30

/** Says that the worker whose jobs are locked by this pool is alive. */
export const beat = (database: Database, poolId: string, host: string): Promise<unknown> =>
  database.query(
    {
      name: 'heartbeat_beat',
      text: `insert into worker_heartbeat (pool_id, host) values ($1, $2) on conflict (pool_id) do update set beat_at = now()`,
    },
    [poolId, host],
  )

/**
 * Frees the jobs of workers that have been silent for 30 s, and forgets those workers. A job locked for that
 * long by a pool without a heartbeat is freed too: its worker died before its first beat.
 * Answers the ids of the pools whose jobs were freed.
 */
export async function freeSilentWorkers(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ freed: string[] }>(
    {
      name: 'heartbeat_free',
      text: `
        with silent as (delete from worker_heartbeat where beat_at < now() - $1 * interval '1 second' returning pool_id),
          unknown as (
            select locked_by from graphile_worker.jobs
            where locked_at < now() - $1 * interval '1 second' and locked_by not in (select pool_id from worker_heartbeat)),
          dead as (select array(select pool_id from silent union select locked_by from unknown) as ids)
        select ids as freed, graphile_worker.force_unlock_workers(ids) from dead where cardinality(ids) > 0`,
    },
    [SILENCE],
  )
  return rows.flatMap((row) => row.freed)
}

/** Frees whatever this pool holds, and forgets it: it has ended. */
export const retire = (database: Database, poolId: string): Promise<unknown> =>
  database.query(
    {
      name: 'heartbeat_retire',
      text: `
        with gone as (delete from worker_heartbeat where pool_id = $1)
        select graphile_worker.force_unlock_workers(array[$1])`,
    },
    [poolId],
  )
