import type { Account, DeclaredDatabase, IdentityCenterConfig } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import { newId } from '../kernel/ids.ts'
import { declareAccounts, declareIdentityCenter } from './account-store.ts'
import { knownToFile, lockCatalog, saveDatabases } from './database-store.ts'
import { type Declaration, isNews, type KnownDatabase, learn } from './known-database.ts'

/** The parts of sallyport.yaml that are about the catalog. */
export interface DeclaredCatalog {
  readonly accounts: readonly Account[]
  readonly identityCenter: IdentityCenterConfig | null
  readonly databases: readonly DeclaredDatabase[]
}

/**
 * Makes the catalog what sallyport.yaml declares, within the transaction that adopts it as the rule set: that
 * adoption is the audit event of every change made here, and holds the file's content.
 *
 * A database is recognised by account, region and resource id. What is neither declared any longer nor found in AWS
 * gets `goneAt` and is kept, because grants refer to it. What was found stays only where it is still looked for.
 */
export async function declareCatalog(tx: Tx, declared: DeclaredCatalog): Promise<void> {
  await lockCatalog(tx)
  await declareAccounts(tx, declared.accounts)
  await declareIdentityCenter(tx, declared.identityCenter)
  const known = await knownToFile(tx, declared.databases)
  const now = await tx.now()
  const declarations = new Map(declared.databases.map((database) => [keyOf(database), database]))
  const looksIn = (accountId: string, region: string) =>
    declared.accounts.some((account) => account.id === accountId && account.sync && account.regions.includes(region))
  const before = known.map((database) => {
    const declaration = declarations.get(keyOf(database))
    declarations.delete(keyOf(database))
    const found = looksIn(database.accountId, database.region) ? database.found : null
    const after = learn(database, database, { declared: declaration === undefined ? null : declarationOf(declaration), found }, now)
    return after !== null && isNews(database, after) ? after : null
  })
  const added = [...declarations.values()].map(({ accountId, partition, region, kind, resourceId, ...rest }) => {
    const identity = { id: newId('dbs'), accountId, partition, region, kind, resourceId }
    return learn(identity, null, { declared: declarationOf(rest), found: null }, now)
  })
  const changed = [...before, ...added].filter((database): database is KnownDatabase => database !== null)
  await saveDatabases(tx, changed, [])
}

const keyOf = ({ accountId, region, resourceId }: Pick<KnownDatabase, 'accountId' | 'region' | 'resourceId'>): string =>
  `${accountId} ${region} ${resourceId}`

const declarationOf = ({ identifier, arn, engine, host, port, iamAuth, tags }: Declaration): Declaration => ({
  identifier,
  arn,
  engine,
  host,
  port,
  iamAuth,
  tags,
})
