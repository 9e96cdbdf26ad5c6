import type { Command } from 'commander'
import type { CreateKeyOptions } from '../manage-keys.ts'
import { collect, say } from './output.ts'

/** The URL is looked at first: without it nothing else need be loaded. */
async function managed() {
  const { loadEnvironment } = await import('../../config/index.ts')
  const { databaseUrl } = loadEnvironment('keys')
  return { databaseUrl, ...(await import('../manage-keys.ts')) }
}

/** API keys, as operators manage them: in Postgres. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('API keys, by which programs call the API')

  keys
    .command('create <name>')
    .description('makes a key and prints its token, once')
    .option('--scope <scope>', 'read, ask, decide, revoke, audit, sync or webhooks; repeat it for several', collect, [])
    .option('--decide-group <group>', 'with the scope decide: a group for whose people it may decide; can be repeated', collect, [])
    .option('--owner <person>', 'whose key it is: it stops when they leave, and never decides what concerns them')
    .option('--expires <duration>', 'how long it lives, e.g. P90D; without an end unless given')
    .action(async (name: string, options: Omit<CreateKeyOptions, 'name'>) => {
      const { databaseUrl, createKeyCommand } = await managed()
      say(await createKeyCommand(databaseUrl, { ...options, name }))
    })

  keys
    .command('list')
    .description('every key that was ever made, without its token')
    .action(async () => {
      const { databaseUrl, listKeysCommand } = await managed()
      say(await listKeysCommand(databaseUrl))
    })

  keys
    .command('rotate <id-or-name>')
    .description('gives a key another secret and prints its token, once')
    .option('--overlap <duration>', 'for how long the secret before stays good, e.g. PT1H; not at all unless given, at most P30D')
    .action(async (ref: string, { overlap }: { readonly overlap?: string }) => {
      const { databaseUrl, rotateKeyCommand } = await managed()
      say(await rotateKeyCommand(databaseUrl, ref, overlap))
    })

  keys
    .command('revoke <id-or-name>')
    .description('makes a key useless, for good')
    .action(async (ref: string) => {
      const { databaseUrl, revokeKeyCommand } = await managed()
      say(await revokeKeyCommand(databaseUrl, ref))
    })
}
