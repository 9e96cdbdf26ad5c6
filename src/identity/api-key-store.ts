import type { Database, Reader, Statement, Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'
import { isScope, type Scope } from './caller.ts'

export type KeyState = 'valid' | 'expired' | 'revoked' | 'ownerless'

export interface ApiKey {
  readonly id: Id<'key'>
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly ownerId: string | null
  readonly decideGroups: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  /** By the database's clock; `ownerless` when the person it belongs to has left the directory. */
  readonly state: KeyState
}

export interface StoredKey extends ApiKey {
  readonly secretHash: string
  /** Of the secret before this one, while it is still good. */
  readonly previousHash: string | null
}

type Row = Omit<StoredKey, 'scopes'> & { readonly scopes: readonly string[] }

const state = `
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' when not p.active then 'ownerless' else 'valid' end`

const withOwner = 'from api_key k left join person p on p.id = k.owner_id'

/** The SQL of the hash of the secret before, while that is good. */
const previous = 'case when k.previous_until > now() then k.previous_hash end'

/** The SQL of the state of a key as used with a secret; null if there is no such key. Its arguments are parameters. */
export const keyState = (id: string, secretHash: string): string => `
  (select case when ${secretHash} in (k.secret_hash, ${previous}) then ${state} else 'rotated' end ${withOwner} where k.id = ${id})`

const selectKeys = `
  select k.id, k.name, k.secret_hash as "secretHash", ${previous} as "previousHash", k.scopes, k.owner_id as "ownerId", k.decide_groups as "decideGroups",
    k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt", ${state} as state
  ${withOwner}`

const byId: Statement = { name: 'api-key-by-id', text: `${selectKeys} where k.id = $1` }
const byIdOrName: Statement = { name: 'api-key-by-id-or-name', text: `${selectKeys} where k.id = $1 or k.name = $1` }
const all: Statement = { name: 'api-keys', text: `${selectKeys} order by k.id` }

export const findKey = async (reader: Reader, id: Id<'key'>): Promise<StoredKey | null> => first(await reader.query<Row>(byId, [id]))

export const findKeyByIdOrName = async (reader: Reader, ref: string): Promise<StoredKey | null> =>
  first(await reader.query<Row>(byIdOrName, [ref]))

/** Every key that was ever made, oldest first, without the hashes of their secrets. */
export const listKeys = async (db: Database): Promise<readonly ApiKey[]> => (await db.query<Row>(all, [])).map(stored).map(withoutHash)

const first = (rows: readonly Row[]): StoredKey | null => rows.map(stored)[0] ?? null

const stored = (row: Row): StoredKey => ({ ...row, scopes: row.scopes.filter(isScope) })

export const withoutHash = ({ secretHash: _, previousHash: __, ...key }: StoredKey): ApiKey => key

export interface KeyToStore {
  readonly id: Id<'key'>
  readonly name: string
  readonly secretHash: string
  readonly scopes: readonly Scope[]
  readonly ownerId: string | null
  readonly decideGroups: readonly string[]
  readonly lifetimeSeconds: number | null
}

/** Stores a key, whose life begins at the database's now; answers false if its name is taken. */
export async function insertKey(tx: Tx, key: KeyToStore): Promise<boolean> {
  const inserted = await tx.prisma.$executeRaw`
    insert into api_key (id, name, secret_hash, scopes, owner_id, decide_groups, expires_at)
    values (${key.id}, ${key.name}, ${key.secretHash}, ${key.scopes}, ${key.ownerId}, ${key.decideGroups},
      now() + ${key.lifetimeSeconds}::int * interval '1 second')
    on conflict (name) do nothing`
  return inserted === 1
}

/** Answers false if it was revoked before. */
export async function markRevoked(tx: Tx, id: Id<'key'>): Promise<boolean> {
  return (await tx.prisma.$executeRaw`update api_key set revoked_at = now() where id = ${id} and revoked_at is null`) === 1
}
