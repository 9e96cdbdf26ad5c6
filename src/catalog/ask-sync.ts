import type { Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import { accountsToSync } from './accounts-view.ts'
import { storeSyncAsked } from './sync-store.ts'

/**
 * Has databases looked for at once in some accounts, or in all where they are looked for. Answers which. Throws
 * `unknown_account`, and `sync_off` for one whose databases are only declared.
 */
export async function askSync(tx: Tx, asked: readonly string[] | null, actor: ActorRecord): Promise<readonly string[]> {
  const chosen = chooseAccounts(await accountsToSync(tx), asked)
  await storeSyncAsked(tx, chosen, actor)
  return chosen
}

/** Which accounts are meant; throws the codes of askSync. Pure. */
export function chooseAccounts(
  known: readonly { readonly id: string; readonly sync: boolean }[],
  asked: readonly string[] | null,
): readonly string[] {
  if (asked === null) return known.filter(({ sync }) => sync).map(({ id }) => id)
  return [...new Set(asked)].map((id, index) =>
    inField(`/accounts/${index}`, () => {
      const account = known.find((each) => each.id === id)
      if (account === undefined) throw new SallyportError('unknown_account', `Account ${id} is not managed here.`)
      if (account.sync) return id
      throw new SallyportError('sync_off', `Account ${id} has \`sync: false\` in sallyport.yaml; its databases are those declared there.`)
    }),
  )
}
