import type { Command } from 'commander'
import { loadEnvironment } from '../../config/index.ts'
import type { CreateKeyOptions } from '../manage-keys.ts'
import { collect, type Shell } from './shell.ts'

/** `sallyport keys`. */
export function addKeys(program: Command, { say }: Shell): void {
  const keys = program.command('keys').description('API keys, by which programs call the API')

  keys
    .command('create <name>')
    .description('makes a key and prints its token, once')
    .option('--scope <scope>', 'read, ask, decide, revoke, audit, sync or webhooks; repeat it for several', collect, [])
    .option('--decide-group <group>', 'with the scope decide: a group for whose people it may decide; can be repeated', collect, [])
    .option('--owner <person>', 'whose key it is: it stops when they leave, and never decides what concerns them')
    .option('--expires <duration>', 'how long it lives, e.g. P90D; without an end unless given')
    .action(async (name: string, options: Omit<CreateKeyOptions, 'name'>) => {
      const { createKeyCommand } = await import('../manage-keys.ts')
      say(await createKeyCommand(loadEnvironment('keys').databaseUrl, { ...options, name }))
    })

  keys
    .command('list')
    .description('every key that was ever made, without its token')
    .action(async () => {
      const { listKeysCommand } = await import('../manage-keys.ts')
      say(await listKeysCommand(loadEnvironment('keys').databaseUrl))
    })

  keys
    .command('rotate <id-or-name>')
    .description('gives a key another secret and prints its token, once')
    .option('--overlap <duration>', 'for how long the secret before stays good, e.g. PT1H; not at all unless given, at most P30D')
    .action(async (ref: string, { overlap }: { readonly overlap?: string }) => {
      const { rotateKeyCommand } = await import('../manage-keys.ts')
      say(await rotateKeyCommand(loadEnvironment('keys').databaseUrl, ref, overlap))
    })

  keys
    .command('revoke <id-or-name>')
    .description('makes a key useless, for good')
    .action(async (ref: string) => {
      const { revokeKeyCommand } = await import('../manage-keys.ts')
      say(await revokeKeyCommand(loadEnvironment('keys').databaseUrl, ref))
    })
}
