import type { Command } from 'commander'
import type { AccessReport } from '../client/index.ts'
import { accessInWords } from './access-in-words.ts'
import { calling, personal } from './command.ts'
import { databaseOf } from './entitlement.ts'
import type { Terminal } from './terminal.ts'

/** `sallyport access`: who can connect to a database. */
export function addAccess(program: Command, terminal: Terminal): void {
  personal(
    program,
    'access <database> [dbUser]',
    'who can connect to a database, through what, until when, and who could let themselves',
    'access orders',
    'access orders db_user --json',
  )
    .addHelpText(
      'after',
      '\nAdmins and auditors see everything, others the grants that concern them. `catalog access` asks Postgres instead.',
    )
    .action(
      calling(terminal, async ({ sallyport, print }, _options: { json?: boolean }, named: string, dbUser: string | undefined) => {
        const query = { database: await databaseOf(sallyport, named), ...(dbUser === undefined ? {} : { dbUser }) }
        let page = await sallyport.get('/v1/access', { params: { query } })
        const items: AccessReport['items'] = [...page.items]
        while (page.nextCursor !== null) {
          page = await sallyport.get('/v1/access', { params: { query: { ...query, cursor: page.nextCursor } } })
          items.push(...page.items)
        }
        const report = { ...page, items }
        print(report, () => accessInWords(report))
      }),
    )
}
