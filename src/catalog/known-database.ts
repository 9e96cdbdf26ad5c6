import { isDeepStrictEqual } from 'node:util'
import type { FoundDatabase } from '../aws/index.ts'
import type { DeclaredDatabase } from '../config/index.ts'
import type { Id } from '../kernel/ids.ts'
import type { CatalogDatabase } from './database.ts'

/** What sallyport.yaml says of a database. */
export type Declaration = Pick<DeclaredDatabase, 'identifier' | 'arn' | 'engine' | 'host' | 'port' | 'iamAuth' | 'tags'>

/** What RDS says of it. */
export type Finding = Omit<FoundDatabase, 'kind' | 'resourceId'>

/** A name that a database had until it was renamed. */
export interface FormerName {
  readonly arn: string
  readonly identifier: string
  /** RFC 3339. */
  readonly until: string
}

/** A database with where each of its facts comes from. */
export interface KnownDatabase extends Omit<CatalogDatabase, 'declared' | 'found' | 'engineVersion'> {
  /** Null: sallyport.yaml does not have it. */
  readonly declared: Declaration | null
  /** Null: AWS does not have it. */
  readonly found: Finding | null
  readonly formerNames: readonly FormerName[]
}

/** What never changes of a database. */
export type Identity = Pick<KnownDatabase, 'id' | 'accountId' | 'partition' | 'region' | 'kind' | 'resourceId'>

/**
 * A database after something was learnt of it; `before` null: it was not known. Null if there is too little to go
 * by: RDS has it, but has not given it an address yet. `now` is the database's clock.
 *
 * - Where sallyport.yaml and AWS both speak, AWS is believed in what it alone knows: name, ARN, engine, and whether IAM
 *   authentication is on. The file's host and port win, since it may know a better way there, and its tags are
 *   added to those in AWS and win over them, since who may tag in RDS is not who may write the file.
 * - It is gone when neither has it, and keeps what was last known of it.
 */
export function learn(
  identity: Identity,
  before: KnownDatabase | null,
  { declared, found }: Pick<KnownDatabase, 'declared' | 'found'>,
  now: Date,
): KnownDatabase | null {
  const facts = found ?? declared ?? before
  const address = declared ?? found ?? before
  const host = address?.host ?? before?.host
  if (facts === null || address === null || host === undefined) return null
  const gone = declared === null && found === null
  return {
    ...identity,
    identifier: facts.identifier,
    arn: facts.arn,
    engine: facts.engine,
    host,
    port: address.port,
    iamAuth: facts.iamAuth,
    tags: gone ? facts.tags : { ...found?.tags, ...declared?.tags },
    declared,
    found,
    formerNames: namesBefore(before, facts.arn, now),
    goneAt: gone ? (before?.goneAt ?? now) : null,
  }
}

/** Whether anything at all is new. */
export const isNews = (before: KnownDatabase | null, after: KnownDatabase): boolean => !isDeepStrictEqual(before, after)

function namesBefore(before: KnownDatabase | null, arn: string, now: Date): readonly FormerName[] {
  if (before === null) return []
  const others = before.formerNames.filter((name) => name.arn !== arn)
  if (before.arn === arn) return others
  return [...others, { arn: before.arn, identifier: before.identifier, until: now.toISOString() }]
}

/** Where a database is. */
export interface Place {
  readonly accountId: string
  readonly partition: string
  readonly region: string
}

export type NewId = () => Id<'dbs'>
