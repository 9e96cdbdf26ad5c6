import type { Command } from 'commander'
import { calling, personal } from './command.ts'
import { accessOf } from './describe.ts'
import type { Terminal } from './terminal.ts'
import { whichGrant } from './which-one.ts'

/** `sallyport return`: giving a grant back before its end. */
export function addReturn(program: Command, terminal: Terminal): void {
  personal(
    program,
    'return <grant>',
    'gives a grant back before its end: its id, or the database',
    'return db_user@orders',
    "return grt_01m87ej4tkesmsgwv1mrbxyqme --comment 'Done early'",
  )
    .option('--comment <text>', 'kept in the audit log')
    .action(
      calling(terminal, async ({ sallyport, print }, { comment }: { json?: boolean; comment?: string }, named: string) => {
        const id = await whichGrant(sallyport, named)
        const grant = await sallyport.post('/v1/grants/{id}/return', { params: { path: { id } }, body: { comment: comment ?? null } })
        print(grant, () =>
          [
            `${accessOf(grant)} is given back (${grant.id}).`,
            'A token made before can be used for up to 15 minutes, and an open session stays open: close yours.',
            ...grant.warnings.map(({ detail }) => `Warning: ${detail}`),
          ].join('\n'),
        )
      }),
    )
}
