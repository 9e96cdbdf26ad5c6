// npm run migration -- <name>: writes prisma/migrations/<time>_<name>/migration.sql with what Prisma can say of the change
// from the migrations there are to prisma/schema.prisma. Checks, partial indexes, triggers and rights are added by hand.
import { mkdir, writeFile } from 'node:fs/promises'
import { migrate } from '../src/db/index.ts'
import { startEmbeddedPostgres } from '../src/dev/embedded-postgres.ts'
import { schemaDiff } from './schema-diff.ts'

const [name = ''] = process.argv.slice(2)
if (!/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migration -- <name>, in lower-case letters, digits and underscores')
  process.exit(2)
}

const postgres = await startEmbeddedPostgres(null)
try {
  await migrate(postgres.url, 'development')
  const sql = await schemaDiff(postgres.url)
  if (sql === '') {
    console.log('The migrations make what prisma/schema.prisma says already: nothing to write.')
  } else {
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = `prisma/migrations/${time}_${name}`
    await mkdir(folder)
    await writeFile(`${folder}/migration.sql`, sql)
    console.log(`${folder}/migration.sql`)
  }
} finally {
  await postgres.stop()
}
