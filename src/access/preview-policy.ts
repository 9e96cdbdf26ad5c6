import { resolveDatabases } from '../catalog/index.ts'
import type { Reader } from '../db/index.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import { checkDbUser, compile, countedCharacters, inlineQuota } from '../policy/index.ts'

export interface PreviewedPolicy {
  readonly name: string
  readonly document: string
  /** Non-blank characters, as IAM counts. */
  readonly characters: number
}

/**
 * The policy documents that would let a principal connect with these entitlements and nothing else, exactly as
 * they would be written to IAM. Throws `unknown_database`, `ambiguous_database`, `invalid_db_user`, and
 * `cross_account` if the databases are in several accounts: one policy works in one account.
 */
export async function previewPolicy(
  reader: Reader,
  deploymentId: string,
  entitlements: readonly { readonly database: string; readonly dbUser: string }[],
): Promise<{ readonly policies: readonly PreviewedPolicy[]; readonly quotas: { readonly role: number; readonly user: number } }> {
  const references = entitlements.map(({ database }) => database)
  const databases = await resolveDatabases(reader, references, (position) => `/entitlements/${position}/database`)
  const accounts = new Set(databases.map(({ accountId }) => accountId))
  if (accounts.size > 1) {
    throw new SallyportError(
      'cross_account',
      `These databases are in the accounts ${[...accounts].join(' and ')}; preview one account at a time.`,
    )
  }
  const arns = entitlements.flatMap(({ dbUser }, position) => {
    const database = databases[position]
    if (database === undefined) return []
    inField(`/entitlements/${position}/dbUser`, () => checkDbUser(dbUser, database.engine))
    const { partition, region, accountId, resourceId } = database
    return [{ partition, region, account: accountId, resourceId, dbUser }]
  })
  const policies = [...compile(arns, deploymentId)].map(([name, document]) => ({ name, document, characters: countedCharacters(document) }))
  return { policies, quotas: { role: inlineQuota('role'), user: inlineQuota('user') } }
}
