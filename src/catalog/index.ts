export { findAccount, type ManagedAccount } from './accounts-view.ts'
export { type CatalogDatabase, chooseDatabase } from './database.ts'
export { declareCatalog } from './database-store.ts'
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
export { enableIamAuthCommand } from './enable-iam-auth.ts'
export { databaseFacts } from './policy-facts-view.ts'
export { lookUpPrincipal, lookUpUsers, type ObservedPrincipal, observePrincipal, type Principal } from './principal.ts'
export { databaseRef } from './schemas.ts'
