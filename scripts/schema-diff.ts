import { readFile } from 'node:fs/promises'
import { withSchemaEngine } from '../src/db/schema-engine.ts'

/** The SQL that would bring a database from what it is to what prisma/schema.prisma says; empty if it is that already. */
export async function schemaDiff(connectionString: string): Promise<string> {
  const path = 'prisma/schema.prisma'
  const schema = await readFile(path, 'utf8')
  const files = [{ path, content: schema }]
  return withSchemaEngine(connectionString, schema, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: 'prisma' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    return exitCode === 0 ? '' : (stdout ?? '')
  })
}
