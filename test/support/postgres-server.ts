import pg from 'pg'

/** The Postgres of one test run, and what its test files need to know of it. Times, names and roles are the run's own. */
export interface TestServer {
  /** Of an owner who may make databases and roles. */
  readonly ownerUrl: string
  /** The migrated database that test files clone. */
  readonly template: string
  /** A login that may take on the run-time role and owns nothing, as `serve` and `worker` should use. */
  readonly login: { readonly user: string; readonly password: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer
  }
}

/** The same server, another database, and another login if one is given. */
export function urlOf(server: TestServer, database: string, login?: TestServer['login']): string {
  const url = new URL(server.ownerUrl)
  url.pathname = `/${database}`
  if (login !== undefined) Object.assign(url, { username: login.user, password: login.password })
  return url.href
}

/** Runs statements outside any transaction, one after the other, over one connection. */
export async function administer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'sallyport test support' })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * Drops a database and throws if it was still in use: Postgres itself waits up to five seconds for connections to go,
 * so those that it then complains of were left open.
 */
export async function dropDatabase(server: TestServer, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server.ownerUrl })
  await admin.connect()
  try {
    await admin.query(`drop database ${name}`)
  } catch (error) {
    const open = await admin.query<{ left: string }>(
      `select format('%s (%s): %s', application_name, state, query) as left from pg_stat_activity where datname = $1`,
      [name],
    )
    await admin.query(`drop database if exists ${name} with (force)`)
    throw new Error(`The tests left connections open:\n${open.rows.map((row) => row.left).join('\n')}`, { cause: error })
  } finally {
    await admin.end()
  }
}
