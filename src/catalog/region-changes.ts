import { isDeepStrictEqual } from 'node:util'
import type { AuditEvent } from '../audit/index.ts'
import { endpointsInOrder, type FoundDatabase, type FoundInRegion, type Unread } from '../aws/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { isNews, type KnownDatabase, learn, type NewId, type Place } from './known-database.ts'

/** One database of which a walk of its region says something new. */
export interface Change {
  /** `noted`: nothing that anybody is judged by, such as the version of the engine. */
  readonly kind: 'found' | 'changed' | 'gone' | 'returned' | 'noted'
  readonly before: KnownDatabase | null
  readonly after: KnownDatabase
}

/**
 * What a walk of a region changes in what is known of it; what it could not read stays as it is. Pure but for the ids of
 * what is new. A database is recognised by its resource id, of which each is looked at once (moto gives all instances the same): one made again, restored or switched to under the same name is another one.
 */
export function regionChanges(
  place: Place,
  known: readonly KnownDatabase[],
  { databases: walked, unread }: FoundInRegion,
  now: Date,
  newId: NewId,
): Change[] {
  const seen = new Map(walked.map((found) => [found.resourceId, found]))
  const knownIds = new Set(known.map((database) => database.resourceId))
  const unreadLists = new Set(unread.map(({ list }) => list))
  const after = (before: KnownDatabase): Change[] => {
    if (before.kind === 'proxy' && unreadLists.has('proxies')) return []
    const found = seen.get(before.resourceId)
    const foundNow = found === undefined ? null : finding({ ...found, endpoints: endpointsOf(found, before, unreadLists) })
    return changeOf(before, learn(before, before, { declared: before.declared, found: foundNow }, now))
  }
  const added = (found: FoundDatabase): Change[] => {
    if (knownIds.has(found.resourceId)) return []
    const identity = { ...place, id: newId(), kind: found.kind, resourceId: found.resourceId }
    return changeOf(null, learn(identity, null, { declared: null, found: finding(found) }, now))
  }
  return [...known.flatMap(after), ...[...seen.values()].flatMap(added)]
}

/** With those that were known of a list that could not be read. */
function endpointsOf(found: FoundDatabase, before: KnownDatabase, unread: ReadonlySet<Unread['list']>): FoundDatabase['endpoints'] {
  const [list, kind] = found.kind === 'proxy' ? (['proxy endpoints', 'proxy'] as const) : (['cluster endpoints', 'custom'] as const)
  if (!unread.has(list)) return found.endpoints
  const hosts = new Set(found.endpoints.map(({ host }) => host))
  const kept = before.found?.endpoints.filter((endpoint) => endpoint.kind === kind && !hosts.has(endpoint.host)) ?? []
  return endpointsInOrder([...found.endpoints, ...kept])
}

const finding = ({ kind: _, resourceId: __, ...rest }: FoundDatabase) => rest

function changeOf(before: KnownDatabase | null, after: KnownDatabase | null): Change[] {
  if (after === null || !isNews(before, after)) return []
  return [{ kind: kindOf(before, after), before, after }]
}

function kindOf(before: KnownDatabase | null, after: KnownDatabase): Change['kind'] {
  if (before === null) return 'found'
  if (before.goneAt === null && after.goneAt !== null) return 'gone'
  if (before.goneAt !== null && after.goneAt === null) return 'returned'
  return isDeepStrictEqual(facts(before), facts(after)) ? 'noted' : 'changed'
}

const facts = ({ identifier, arn, engine, host, port, iamAuth, tags, found }: KnownDatabase) => ({
  identifier,
  arn,
  engine,
  host,
  port,
  iamAuth,
  tags,
  found: found !== null,
})

/** What the audit is told of the changes. */
export const changeEvents = (changes: readonly Change[], actor: ActorRecord): AuditEvent[] =>
  changes.flatMap((change) => eventOf(change, actor) ?? [])

function eventOf({ kind, before, after }: Change, actor: ActorRecord): AuditEvent | null {
  const about = { database: after.id, resourceId: after.resourceId }
  if (kind === 'found' || kind === 'returned')
    return { type: `database.${kind}`, actor, payload: { ...about, before: null, after: facts(after) } }
  if (before === null || kind === 'noted') return null
  if (kind === 'gone') return { type: 'database.gone', actor, payload: { ...about, before: facts(before), after: null } }
  return { type: 'database.changed', actor, payload: { ...about, ...difference(facts(before), facts(after)) } }
}

function difference<Facts extends object>(before: Facts, after: Facts): { before: Partial<Facts>; after: Partial<Facts> } {
  const differing = (of: Facts, from: Facts): Partial<Facts> => {
    const entries = new Map<string, unknown>(Object.entries(from))
    const kept: Partial<Facts> = { ...of }
    for (const key of Object.keys(kept) as (keyof Facts & string)[]) if (isDeepStrictEqual(of[key], entries.get(key))) delete kept[key]
    return kept
  }
  return { before: differing(before, after), after: differing(after, before) }
}
