import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import { apiDocument } from '../src/app/api-document.ts'
import { version } from '../src/app/version.ts'
import { errorCatalogue } from '../src/kernel/errors.ts'

/** Writes what is made out of the routes; with --check it only says which file is not what they say. */
const document = await apiDocument(version)
const written: Readonly<Record<string, string>> = {
  'openapi/openapi.yaml': document,
  'src/client/api.ts': await clientTypes(document),
}

/** The types of the client. A field that has a default need not be sent, so it is optional in what is sent. */
async function clientTypes(yaml: string): Promise<string> {
  const types = astToString(await openapiTS(yaml, { defaultNonNullable: false }))
  const codes = Object.keys(errorCatalogue).map((code) => `    | "${code}"`)
  return [
    '// Written by `npm run openapi` out of the routes; changes here are lost.',
    types,
    '/** What a problem can be, by its stable name. */',
    `export type ProblemCode =\n${codes.join('\n')};\n`,
  ].join('\n')
}

for (const [path, text] of Object.entries(written)) {
  if (!process.argv.includes('--check')) await writeFile(path, text)
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path} is not what the routes say; \`npm run openapi\` writes it.\n`)
    process.exitCode = 1
  }
}
