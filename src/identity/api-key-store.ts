import type { Database, Reader, Statement, Tx } from '../db/index.ts'
import { decodeCursor, type Page, toPage } from '../kernel/cursor.ts'
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
  readonly rotatedAt: Date | null
  /** Until when the secret before is good; null if there is none, or it is good no more. */
  readonly previousUntil: Date | null
  /** To the minute; null if it was never used. */
  readonly lastUsedAt: Date | null
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
    k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.rotated_at as "rotatedAt",
    case when k.previous_until > now() then k.previous_until end as "previousUntil",
    (select u.last_used_at from api_key_use u where u.key_id = k.id) as "lastUsedAt", ${state} as state
  ${withOwner}`

const byId: Statement = { name: 'api-key-by-id', text: `${selectKeys} where k.id = $1` }
const byIdOrName: Statement = { name: 'api-key-by-id-or-name', text: `${selectKeys} where k.id = $1 or k.name = $1` }
const all: Statement = { name: 'api-keys', text: `${selectKeys} where $1::text is null or k.id < $1 order by k.id desc limit $2` }

export const findKey = async (reader: Reader, id: Id<'key'>): Promise<StoredKey | null> => first(await reader.query<Row>(byId, [id]))

export const findKeyByIdOrName = async (reader: Reader, ref: string): Promise<StoredKey | null> =>
  first(await reader.query<Row>(byIdOrName, [ref]))

/** The keys that were ever made, newest first, without the hashes of their secrets. */
export async function listKeys(
  db: Database,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<ApiKey>> {
  const after = page.cursor === undefined ? null : decodeCursor('key', page.cursor)
  const rows = await db.query<Row>(all, [after, page.limit + 1])
  return toPage(rows.map(stored).map(withoutHash), page.limit)
}

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

/** Gives a key another secret; the one it has stays good for so many seconds, and the one before that no longer. */
export async function replaceSecret(tx: Tx, id: Id<'key'>, secretHash: string, overlapSeconds: number): Promise<void> {
  await tx.prisma.$executeRaw`
    update api_key set secret_hash = ${secretHash}, rotated_at = now(),
      previous_hash = case when ${overlapSeconds}::int > 0 then secret_hash end,
      previous_until = case when ${overlapSeconds}::int > 0 then now() + ${overlapSeconds}::int * interval '1 second' end
    where id = ${id}`
}

/** Locks a key until the transaction ends, so that two changes of it come one after the other. */
export async function lockKey(tx: Tx, ref: string): Promise<StoredKey | null> {
  await tx.prisma.$queryRaw`select id from api_key where id = ${ref} or name = ${ref} for update`
  return findKeyByIdOrName(tx, ref)
}

const noteUse: Statement = {
  name: 'api-key-use',
  text: `insert into api_key_use as u (key_id, last_used_at) values ($1, now())
    on conflict (key_id) do update set last_used_at = excluded.last_used_at where u.last_used_at <= excluded.last_used_at - interval '1 minute'`,
}

/** Notes that a key has just been used, unless that was noted within the last minute, by any process. */
export async function storeUse(db: Database, id: Id<'key'>): Promise<void> {
  await db.query(noteUse, [id])
}
