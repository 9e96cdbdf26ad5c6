import pg from 'pg'
import { ConfigError } from '../config/index.ts'

/**
 * Refuses a database that dev mode may not use: it must be empty, or one that dev mode has made before. Only reads.
 * Throws a ConfigError that says why, also when Postgres does not let us in.
 */
export async function refuseUnlessDevelopment(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'sallyport dev', connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
  } catch (error) {
    throw refusal(`Postgres does not let Sallyport in (${reasonOf(error)})`, 'check the URL')
  }
  try {
    const what = await contentsOf(client)
    if (what === 'production') throw refusal('this is a production database of Sallyport', remedy)
    if (what === 'foreign') throw refusal('this database holds something that is not Sallyport’s', remedy)
  } finally {
    await client.end()
  }
}

const remedy = 'dev mode uses an empty database, or one of its own; make one with: createdb sallyport_dev'

type Contents = 'empty' | 'development' | 'production' | 'foreign'

async function contentsOf(client: pg.Client): Promise<Contents> {
  const { rows: found } = await client.query<{ empty: boolean; marked: boolean }>(lookAround)
  if (found[0]?.empty === true) return 'empty'
  if (found[0]?.marked !== true) return 'foreign'
  const { rows: deployment } = await client.query<{ kind: 'development' | 'production' }>('select kind::text as kind from deployment')
  return deployment[0]?.kind ?? 'foreign'
}

/**
 * Empty: no table, view, sequence, function or type of anybody's, besides what extensions bring. Marked: the table
 * `deployment` says what kind it is, in the type that only Sallyport's migrations make.
 */
const lookAround = `
  with theirs as (select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
    objects as (
      select oid, 'pg_class'::regclass as catalog from pg_class where relnamespace in (select oid from theirs) and relkind not in ('i', 'I')
      union all select oid, 'pg_proc'::regclass from pg_proc where pronamespace in (select oid from theirs)
      union all select oid, 'pg_type'::regclass from pg_type where typnamespace in (select oid from theirs) and typtype in ('d', 'e', 'r')
    )
  select
    not exists (
      select from objects o where not exists (select from pg_depend d where d.classid = o.catalog and d.objid = o.oid and d.deptype = 'e')
    ) as empty,
    exists (
      select from pg_attribute
      where attrelid = to_regclass('deployment') and attname = 'kind' and atttypid = to_regtype('"DeploymentKind"')
    ) as marked`

const refusal = (problem: string, whatToDo: string): ConfigError => new ConfigError([`SALLYPORT_DEV_DATABASE_URL: ${problem}; ${whatToDo}`])

/** Where a host has several addresses, Node's error has no text of its own, only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message !== '' ? error.message : 'code' in error ? String(error.code) : error.name
}
