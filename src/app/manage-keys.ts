import Table from 'cli-table3'
import { connect, type Database } from '../db/index.ts'
import {
  type ApiKey,
  by,
  type CreateKey,
  createKey,
  createRuleSets,
  isScope,
  listKeys,
  revokeKey,
  rotateKey,
  type Scope,
  scopes,
} from '../identity/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { parseDuration } from '../kernel/duration.ts'
import { SallyportError } from '../kernel/errors.ts'

const operator: ActorRecord = { kind: 'system', person: null, credential: 'operator', via: 'cli' }

export interface CreateKeyOptions {
  readonly name: string
  readonly scope: readonly string[]
  readonly decideGroup: readonly string[]
  readonly owner?: string
  readonly expires?: string
}

/** `sallyport keys create`: answers what to print; the token is shown this once. */
export async function createKeyCommand(databaseUrl: string, options: CreateKeyOptions): Promise<string> {
  const command: CreateKey = {
    name: options.name,
    scopes: options.scope.map(scopeOf),
    decideGroups: options.decideGroup,
    ownerId: options.owner ?? null,
    lifetimeSeconds: options.expires === undefined ? null : lifetimeOf(options.expires),
  }
  const { key, token } = await withDatabase(databaseUrl, (db) => createKey(db, createRuleSets(db))(command, by(operator)))
  return [
    `${token}`,
    '',
    `This is ${key.name} (${key.id}), scopes ${key.scopes.join(', ')}, ${expiryOf(key)}.`,
    'The token is shown this once; Sallyport keeps only its hash.',
  ].join('\n')
}

/** `sallyport keys list`. */
export async function listKeysCommand(databaseUrl: string): Promise<string> {
  const keys = await withDatabase(databaseUrl, everyKey)
  if (keys.length === 0) return 'There are no API keys. Make one with: sallyport keys create <name> --scope read --scope ask'
  const table = new Table({ head: ['id', 'name', 'scopes', 'decides for', 'owner', 'state', 'last used'], style: { head: [], border: [] } })
  for (const key of keys)
    table.push([
      key.id,
      key.name,
      key.scopes.join(' '),
      key.decideGroups.join(' '),
      key.ownerId ?? '',
      `${key.state}, ${expiryOf(key)}`,
      key.lastUsedAt?.toISOString() ?? 'never',
    ])
  return table.toString()
}

async function everyKey(db: Database): Promise<readonly ApiKey[]> {
  const keys: ApiKey[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listKeys(db, { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    keys.push(...page.items)
    cursor = page.nextCursor
  }
  return keys
}

/** `sallyport keys rotate`: answers what to print; the token is shown this once. */
export async function rotateKeyCommand(databaseUrl: string, ref: string, overlap: string | undefined): Promise<string> {
  const overlapSeconds = overlap === undefined ? 0 : lifetimeOf(overlap)
  const { key, token } = await withDatabase(databaseUrl, (db) => rotateKey(db)({ ref, overlapSeconds }, by(operator)))
  const before = key.previousUntil === null ? 'is no longer good' : `is good until ${key.previousUntil.toISOString()}`
  return `${token}\n\nThis is the new secret of ${key.name} (${key.id}); the one before ${before}.\nThe token is shown this once; Sallyport keeps only its hash.`
}

/** `sallyport keys revoke`. */
export async function revokeKeyCommand(databaseUrl: string, ref: string): Promise<string> {
  const key = await withDatabase(databaseUrl, (db) => revokeKey(db)(ref, by(operator)))
  return `${key.name} (${key.id}) is revoked.`
}

async function withDatabase<T>(connectionString: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = connect({ connectionString, applicationName: 'sallyport keys', poolSize: 2, onIdleError: () => {} })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

function scopeOf(text: string): Scope {
  if (isScope(text)) return text
  throw new SallyportError('invalid_request', `There is no scope ${JSON.stringify(text)}; the scopes are ${scopes.join(', ')}.`)
}

function lifetimeOf(text: string): number {
  const seconds = parseDuration(text)
  if (seconds !== null) return seconds
  throw new SallyportError('invalid_duration', `${JSON.stringify(text)} is not an ISO 8601 duration such as P90D.`)
}

const expiryOf = (key: ApiKey): string => (key.expiresAt === null ? 'without an end' : `until ${key.expiresAt.toISOString()}`)
