import { resolveDatabases } from '../catalog/index.ts'
import type { Reader } from '../db/index.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import { checkDbUser, type EntityKind, namesOn, type PackedPolicy, packAlone } from '../policy/index.ts'

/**
 * The policy documents that would let a principal connect with these entitlements and nothing else, exactly as
 * they would be written to IAM where Sallyport's are its only policies. Throws `unknown_database`, `ambiguous_database`,
 * `invalid_db_user`, `quota_exceeded`, and `cross_account` if the databases are in several accounts: one policy works in one.
 */
export async function previewPolicy(
  reader: Reader,
  deploymentId: string,
  kind: EntityKind,
  entitlements: readonly { readonly database: string; readonly dbUser: string }[],
): Promise<readonly PackedPolicy[]> {
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
  const policies = packAlone(kind, arns, namesOn(deploymentId, 'UNIQUEID'))
  if (policies === null) throw new SallyportError('quota_exceeded', `A ${kind} has no room for so many; preview fewer.`)
  return policies
}
