import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withSchemaEngine } from './schema-engine.ts'

/** A database was made by migrations that read otherwise now. */
export class EditedMigration extends Error {
  constructor(names: readonly string[]) {
    super(`Changed after this database had applied it: ${names.join(', ')}. Restore it, or begin with an empty database.`)
    this.name = 'EditedMigration'
  }
}

/**
 * Applies those of the migrations in `folder` (which holds schema.prisma and migrations/, as prisma/ does) that the
 * database does not have, in the order of their names, and answers which. To be called by one process at a time.
 * Throws what Postgres says of the one that fails, which then leaves nothing behind and can be tried again; throws before
 * it applies any if one that was applied reads otherwise now.
 */
export async function applyMigrations(connectionString: string, folder: string): Promise<readonly string[]> {
  const schema = await readFile(join(folder, 'schema.prisma'), 'utf8')
  const options = { migrationsList: await readMigrations(join(folder, 'migrations')), filters: { externalTables: [], externalEnums: [] } }
  return withSchemaEngine(connectionString, schema, async (engine, scriptError) => {
    const history = () => engine.diagnoseMigrationHistory({ ...options, optInToShadowDatabase: false })
    const { editedMigrationNames, failedMigrationNames } = await history()
    const edited = editedMigrationNames.filter((name) => !failedMigrationNames.includes(name))
    if (edited.length > 0) {
      throw new EditedMigration(edited)
    }
    // Each is one transaction of Postgres's, so what an earlier run did not finish was rolled back, though the engine cannot know.
    for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName })
    try {
      return (await engine.applyMigrations(options)).appliedMigrationNames
    } catch (error) {
      const cause = scriptError()
      if (cause === null) throw error
      throw new Error(`The migration ${(await history()).failedMigrationNames.join()} failed and was rolled back: ${cause.message}`, {
        cause,
      })
    }
  })
}

async function readMigrations(baseDir: string) {
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => {
      const value = await readFile(join(baseDir, path, 'migration.sql'), 'utf8')
      return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
    }),
  )
  const lockfile = { path: 'migration_lock.toml', content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8') }
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories }
}
