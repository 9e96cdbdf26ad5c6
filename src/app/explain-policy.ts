import type { Readable } from 'node:stream'
import { withDeclaredUsers } from '../access/index.ts'
import { loadSallyportFile } from '../config/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { accountFault, type DatabaseFacts, type Explanation, explainPolicy, type Finding } from '../policy/index.ts'
import { nameOf, readText } from './read-text.ts'

export interface ExplainOptions {
  readonly json?: boolean
  /** A sallyport.yaml, whose databases and database users are then known. */
  readonly databases?: string
  readonly account?: string
}

/** `sallyport policy explain`: what to print, and the exit code, which is 1 if one of the findings is an error. */
export async function explainCommand(
  path: string,
  { json = false, databases, account }: ExplainOptions,
  input: Readable,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const fault = account === undefined ? null : accountFault(account)
  if (fault !== null) throw new SallyportError('invalid_request', `--account: ${fault}.`)
  const facts = { databases: databases === undefined ? null : await declaredDatabases(databases), account: account ?? null }
  const explanation = explainPolicy(await readText(path, input), facts)
  const text = json ? JSON.stringify(explanation, null, 2) : print(nameOf(path), explanation)
  return { text, exitCode: explanation.findings.some(({ severity }) => severity === 'error') ? 1 : 0 }
}

async function declaredDatabases(path: string): Promise<readonly DatabaseFacts[]> {
  const { file } = await loadSallyportFile(path)
  const known = file.databases.map(({ accountId, partition, region, kind, resourceId, identifier, engine, tags }) => ({
    ...{ partition, region, account: accountId, kind, resourceId, identifier, engine, tags },
    members: [], // a file declares none
  }))
  return withDeclaredUsers(known, file.databaseUsers)
}

function print(name: string, { findings, statements, words }: Explanation): string {
  const counted = (severity: Finding['severity']) => {
    const count = findings.filter((found) => found.severity === severity).length
    return `${count} ${severity}${count === 1 ? '' : 's'}`
  }
  const said = findings.flatMap(({ severity, code, pointer, detail, cure, corrected }) => [
    '',
    `${severity} ${code} at ${pointer === '' ? 'the whole policy' : pointer}`,
    `  ${detail}`,
    `  ${cure}`,
    ...(corrected === null ? [] : [`  corrected: ${JSON.stringify(corrected)}`]),
  ])
  const each = statements.length < 2 ? [] : ['', 'Statement by statement:', ...statements.map((statement) => `  ${statement.words}`)]
  return [
    `${name}: ${counted('error')}, ${counted('warning')}`,
    ...said,
    ...each,
    '',
    'What it lets connect:',
    ...words.map((word) => `  ${word}`),
  ].join('\n')
}
