import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { filterSql } from './filter-store.ts'
import type { Filter } from './read-filter.ts'
import type { GroupAttributes, Listed, Part, ScimGroup } from './scim.ts'

const columns = (withMembers: boolean): Prisma.Sql => Prisma.sql`g.id, g.display_name as "displayName", g.external_id as "externalId",
  g.created_at as "createdAt", g.updated_at as "updatedAt",
  case when ${withMembers} then coalesce((select jsonb_agg(jsonb_build_object('value', u.id, 'display', u.user_name) order by u.id)
    from scim_member m join scim_user u on u.id = m.user_id where m.group_id = g.id), '[]') end as members`

const comparable: Readonly<Record<string, (value: string | boolean) => Prisma.Sql>> = {
  id: (value) => Prisma.sql`g.id = ${String(value)}`,
  displayName: (value) => Prisma.sql`lower(g.display_name) = lower(${String(value)})`,
  externalId: (value) => Prisma.sql`g.external_id = ${String(value)}`,
  members: (value) => hasMember(String(value)),
  'members.value': (value) => hasMember(String(value)),
}

const hasMember = (value: string) => Prisma.sql`exists (select from scim_member m where m.group_id = g.id and m.user_id = ${value})`

/** What a filter of groups can compare. */
export const groupFilters = Object.keys(comparable)

export async function findGroup(reader: Pick<Tx, 'prisma'>, id: Id<'scg'>, withMembers: boolean): Promise<ScimGroup | null> {
  const [group] = await reader.prisma.$queryRaw<ScimGroup[]>`select ${columns(withMembers)} from scim_group g where g.id = ${id}`
  return group ?? null
}

/** Groups in the order in which they came, with how many there are. */
export async function listGroups(
  reader: Pick<Tx, 'prisma'>,
  filter: Filter | null,
  { startIndex, count }: Part,
  withMembers: boolean,
): Promise<Listed<ScimGroup>> {
  const where = filterSql(filter, comparable)
  const [row] = await reader.prisma.$queryRaw<{ total: number }[]>`select count(*)::int as total from scim_group g where ${where}`
  const items = await reader.prisma.$queryRaw<ScimGroup[]>`
    select ${columns(withMembers)} from scim_group g where ${where} order by g.id offset ${startIndex - 1} limit ${count}`
  return { total: row?.total ?? 0, items }
}

/** Whether another group has this name, whatever its case. */
export async function isGroupName(tx: Tx, displayName: string, but: Id<'scg'> | null): Promise<boolean> {
  const rows = await tx.prisma.$queryRaw<unknown[]>`
    select from scim_group where lower(display_name) = lower(${displayName}) and id is distinct from ${but}`
  return rows.length > 0
}

/** The ids among these that are no user's. */
export async function notUsers(tx: Tx, ids: readonly Id<'scu'>[]): Promise<string[]> {
  const rows = await tx.prisma.$queryRaw<{ id: string }[]>`
    select id from unnest(${[...ids]}::text[]) as named(id)
    where not exists (select from scim_user u where u.id = named.id and u.deleted_at is null) order by id limit 10`
  return rows.map(({ id }) => id)
}

/** Stores a new group with its members and its event. */
export async function insertGroup(tx: Tx, group: GroupAttributes, members: readonly Id<'scu'>[], actor: ActorRecord): Promise<Id<'scg'>> {
  const id = newId('scg')
  await tx.prisma
    .$executeRaw`insert into scim_group (id, display_name, external_id) values (${id}, ${group.displayName}, ${group.externalId})`
  const added = await addMembers(tx, id, members)
  await record(tx, [{ type: 'scim.group_created', actor, payload: { group: id, added, removed: [], before: null, after: factsOf(group) } }])
  return id
}

/** Stores what a group has become, whoever its members were, with an event if anything has changed. */
export async function updateGroup(
  tx: Tx,
  before: ScimGroup,
  group: GroupAttributes,
  members: readonly Id<'scu'>[],
  actor: ActorRecord,
): Promise<void> {
  await tx.prisma.$executeRaw`
    update scim_group set display_name = ${group.displayName}, external_id = ${group.externalId}, updated_at = now() where id = ${before.id}`
  const removed = await tx.prisma.$queryRaw<{ person: string }[]>`
    with gone as (delete from scim_member where group_id = ${before.id} and user_id <> all(${[...members]}) returning user_id)
    select u.person_id as person from gone join scim_user u on u.id = gone.user_id order by 1`
  const added = await addMembers(tx, before.id, members)
  const change = { before: factsOf(before), after: factsOf(group) }
  if (added.length + removed.length === 0 && JSON.stringify(change.before) === JSON.stringify(change.after)) return
  const payload = { group: before.id, added, removed: removed.map(({ person }) => person), ...change }
  await record(tx, [{ type: 'scim.group_changed', actor, payload }])
}

/** Deletes a group with its memberships, with its event. */
export async function deleteGroup(tx: Tx, group: ScimGroup, actor: ActorRecord): Promise<void> {
  const removed = await tx.prisma.$queryRaw<{ person: string }[]>`
    with gone as (delete from scim_member where group_id = ${group.id} returning user_id)
    select u.person_id as person from gone join scim_user u on u.id = gone.user_id order by 1`
  await tx.prisma.$executeRaw`delete from scim_group where id = ${group.id}`
  const payload = { group: group.id, added: [], removed: removed.map(({ person }) => person), before: factsOf(group), after: null }
  await record(tx, [{ type: 'scim.group_deleted', actor, payload }])
}

async function addMembers(tx: Tx, id: Id<'scg'>, members: readonly Id<'scu'>[]): Promise<string[]> {
  const rows = await tx.prisma.$queryRaw<{ person: string }[]>`
    with came as (
      insert into scim_member (group_id, user_id) select ${id}, named.id from unnest(${[...members]}::text[]) as named(id)
      on conflict do nothing returning user_id)
    select u.person_id as person from came join scim_user u on u.id = came.user_id order by 1`
  return rows.map(({ person }) => person)
}

const factsOf = ({ displayName, externalId }: GroupAttributes) => ({ displayName, externalId })
