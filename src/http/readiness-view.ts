import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Database, isUnavailable } from '../db/index.ts'

/** From src/http and from dist/http alike. */
const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url))

const state = {
  name: 'readiness',
  text: `select array(select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null) as applied,
                exists (select from active_rule_set) as "hasRules"`,
}

/**
 * Why requests cannot be served now, or null: Postgres must answer, have this version's migrations (later ones
 * may be there too: a newer version is being rolled out), and an active rule set.
 */
export async function whyNotReady(db: Database): Promise<string | null> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const expected = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  try {
    const [row] = await db.query<{ applied: string[]; hasRules: boolean }>(state, [])
    const missing = expected.filter((name) => !row?.applied.includes(name))
    if (missing.length > 0) return `schema: the migration ${missing.join(', ')} is missing; run \`sallyport migrate\`.`
    return row?.hasRules === true ? null : 'rules: no rule set is active.'
  } catch (error) {
    // Before the first migration there is neither the table nor the role that the connection takes on.
    return isUnavailable(error) ? 'postgres: it does not answer.' : 'schema: it cannot be read; run `sallyport migrate`.'
  }
}
