import pg from 'pg'

/**
 * Refuses a database that dev mode may not use: it must be empty, or one that dev mode has made before.
 * Throws an Error that says so; nothing has been changed then.
 */
export async function refuseUnlessDevelopment(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'sallyport dev' })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^(pg_|information_schema$)' limit 200`,
    )
    if (tables.rows.length === 0) return
    const marked = tables.rows.some(({ name }) => name === 'deployment')
    const kind = marked ? (await client.query<{ kind: string }>('select kind::text as kind from deployment')).rows[0]?.kind : undefined
    if (kind === 'development') return
    throw new Error(
      `SALLYPORT_DEV_DATABASE_URL: ${kind === 'production' ? 'this is a production database of Sallyport' : 'this database has tables that are not Sallyport’s'}; dev mode uses an empty one, or one of its own.`,
    )
  } finally {
    await client.end()
  }
}
