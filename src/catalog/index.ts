export { accountsToSync, findAccount, type ManagedAccount, managedAccounts } from './accounts-view.ts'
export { chooseAccounts } from './ask-sync.ts'
export { type CatalogDatabase, chooseDatabase } from './database.ts'
export {
  type DatabaseJson,
  type DatabaseLookup,
  databaseFromJson,
  databaseJson,
  databasesByLookups,
  databasesIn,
  getDatabase,
  type LookupResult,
  resolveDatabases,
} from './database-view.ts'
export { declareCatalog } from './declare-catalog.ts'
export { enableIamAuthCommand } from './enable-iam-auth.ts'
export { type ObservedPermissionSet, type PermissionSet, type PermissionSets, permissionSets } from './permission-set.ts'
export { databaseFacts, type FactsWithTags } from './policy-facts-view.ts'
export { lookUpPrincipal, lookUpUsers, type ObservedPrincipal, observePrincipal, type Principal } from './principal.ts'
export { databaseInBrief, databaseRef } from './schemas.ts'
export { type RegionOutcome, syncAccount } from './sync-account.ts'
export { enqueueDueSyncs } from './sync-store.ts'
