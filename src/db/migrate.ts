import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { runMigrations as migrateJobs } from 'graphile-worker'
import pg from 'pg'
import { applyMigrations } from './apply-migrations.ts'

/** The marker of a database that `sallyport dev` may use. Production commands never make one. */
export type DeploymentKind = 'production' | 'development'

export interface MigrateResult {
  readonly applied: readonly string[]
  readonly deploymentId: string
}

/** From src/db and from dist/db alike. */
const prismaFolder = fileURLToPath(new URL('../../prisma/', import.meta.url))

/** One migration at a time on one database: two `sallyport migrate` started together wait for each other. */
const MIGRATION_LOCK = 5_411_760

/**
 * Brings a database to the current schema: Prisma's migrations, graphile-worker's, the run-time role's
 * rights to the job tables, and the deployment's row. Repeating it changes nothing.
 * `connectionString` must be that of the owner. Throws what Postgres or the engine says.
 */
export async function migrate(connectionString: string, kind: DeploymentKind = 'production'): Promise<MigrateResult> {
  const client = new pg.Client({ connectionString, application_name: 'sallyport migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await applyMigrations(connectionString, prismaFolder)
    await migrateJobs({ connectionString })
    await client.query(jobRights)
    const deployment = await client.query<{ id: string }>(
      `with made as (insert into deployment (id, kind) values ($1, $2::"DeploymentKind") on conflict do nothing returning id)
       select id from made union all select id from deployment limit 1`,
      [newDeploymentId(), kind],
    )
    const row = deployment.rows[0]
    if (row === undefined) throw new Error('the deployment row is missing')
    return { applied, deploymentId: row.id }
  } finally {
    await client.end()
  }
}

/** Lower-case base32, so that it can stand in the name of an IAM policy. */
function newDeploymentId(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  return Array.from(randomBytes(10), (byte) => alphabet[byte % 32]).join('')
}

/** graphile-worker turns row security on for its tables; the run-time role is let through by policies. */
const jobRights = `
  grant select on _prisma_migrations to sallyport_runtime; -- so that a process can tell whether the schema is the one it needs
  grant usage on schema graphile_worker to sallyport_runtime;
  grant select, insert, update, delete on all tables in schema graphile_worker to sallyport_runtime;
  grant usage on all sequences in schema graphile_worker to sallyport_runtime;
  grant execute on all functions in schema graphile_worker to sallyport_runtime;
  do $$ declare t record; begin
    for t in select c.relname from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity loop
      if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = t.relname and policyname = 'sallyport_runtime') then
        execute format('create policy sallyport_runtime on graphile_worker.%I to sallyport_runtime using (true) with check (true)', t.relname);
      end if;
    end loop;
  end $$;`
