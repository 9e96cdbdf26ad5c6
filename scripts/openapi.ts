import { readFile, writeFile } from 'node:fs/promises'
import { apiDocument } from '../src/app/api-document.ts'
import { version } from '../src/app/version.ts'

/** Writes openapi/openapi.yaml out of the routes; with --check it only says whether the file is what they say. */
const path = 'openapi/openapi.yaml'
const document = await apiDocument(version)

if (process.argv.includes('--check')) {
  if ((await readFile(path, 'utf8').catch(() => '')) !== document) {
    process.stderr.write(`${path} is not what the routes say; \`npm run openapi\` writes it.\n`)
    process.exitCode = 1
  }
} else {
  await writeFile(path, document)
}
