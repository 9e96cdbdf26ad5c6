import type { Command } from 'commander'
import type { Database } from '../client/index.ts'
import { calling, personal } from './command.ts'
import { everyOne } from './lists.ts'
import type { Terminal } from './terminal.ts'
import { columns } from './words.ts'

/** `sallyport databases`: what can be asked for. */
export function addDatabases(program: Command, terminal: Terminal): void {
  personal(
    program,
    'databases [text]',
    'the databases that can be asked for, or those with a text in their name',
    'databases',
    'databases orders',
  ).action(
    calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, text: string | undefined) => {
      const databases = await everyOne(sallyport, '/v1/databases', { params: { query: text === undefined ? {} : { q: text } } })
      const none = text === undefined ? 'There are none.' : `There is none with ${JSON.stringify(text)} in its name.`
      print(databases, () => (databases.length === 0 ? none : databasesInTable(databases)))
    }),
  )
}

/** Databases as a table. */
export const databasesInTable = (databases: readonly Database[]): string =>
  columns(
    ['DATABASE', 'ENGINE', 'REGION', 'ACCOUNT', 'RESOURCE ID', ''],
    databases.map(({ identifier, engine, region, account, resourceId, iamAuthentication }) => [
      identifier,
      engine,
      region,
      account,
      resourceId,
      iamAuthentication ? '' : 'IAM authentication is off',
    ]),
  )
