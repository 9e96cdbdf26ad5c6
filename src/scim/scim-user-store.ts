import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { filterSql } from './filter-store.ts'
import type { Filter } from './read-filter.ts'
import type { Listed, Part, ScimUser, UserAttributes } from './scim.ts'

const columns = Prisma.sql`u.id, u.user_name as "userName", u.external_id as "externalId", u.person_id as "personId", u.active, u.profile,
  u.created_at as "createdAt", u.updated_at as "updatedAt",
  coalesce((select jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name) order by g.id)
    from scim_member m join scim_group g on g.id = m.group_id where m.user_id = u.id), '[]') as groups`

const comparable: Readonly<Record<string, (value: string | boolean, type: string | null) => Prisma.Sql>> = {
  id: (value) => Prisma.sql`u.id = ${String(value)}`,
  userName: (value) => Prisma.sql`lower(u.user_name) = lower(${String(value)})`,
  externalId: (value) => Prisma.sql`u.external_id = ${String(value)}`,
  displayName: (value) => Prisma.sql`lower(u.profile->>'displayName') = lower(${String(value)})`,
  active: (value) => Prisma.sql`u.active = ${String(value) === 'true'}`,
  emails: (value) => hasEmail(String(value)),
  'emails.value': (value) => hasEmail(String(value)),
  'emails[type].value': (value, type) => hasEmail(String(value), type),
}

const hasEmail = (value: string, type: string | null = null) =>
  Prisma.sql`exists (select from jsonb_array_elements(u.profile->'emails') e
    where lower(e->>'value') = lower(${value}) and (${type}::text is null or lower(e->>'type') = lower(${type})))`

/** What a filter of users can compare. */
export const userFilters = Object.keys(comparable)

/** A user that has not been deleted, or null. In a transaction it is the only one that changes users: see `directoryChange`. */
export async function findUser(reader: Pick<Tx, 'prisma'>, id: Id<'scu'>): Promise<ScimUser | null> {
  const [user] = await reader.prisma.$queryRaw<ScimUser[]>`select ${columns} from scim_user u where u.id = ${id} and u.deleted_at is null`
  return user ?? null
}

/** Users in the order in which they came, with how many there are. */
export async function listUsers(reader: Pick<Tx, 'prisma'>, filter: Filter | null, { startIndex, count }: Part): Promise<Listed<ScimUser>> {
  const where = Prisma.sql`u.deleted_at is null and ${filterSql(filter, comparable)}`
  const [row] = await reader.prisma.$queryRaw<{ total: number }[]>`select count(*)::int as total from scim_user u where ${where}`
  const items = await reader.prisma.$queryRaw<ScimUser[]>`
    select ${columns} from scim_user u where ${where} order by u.id offset ${startIndex - 1} limit ${count}`
  return { total: row?.total ?? 0, items }
}

/** Whether another user has this name, whatever its case. */
export async function isUserName(tx: Tx, userName: string, but: Id<'scu'> | null): Promise<boolean> {
  const rows = await tx.prisma.$queryRaw<unknown[]>`
    select from scim_user where deleted_at is null and lower(user_name) = lower(${userName}) and id is distinct from ${but}`
  return rows.length > 0
}

/** Stores a new user of this person's, with its event. */
export async function insertUser(tx: Tx, personId: string, user: UserAttributes, actor: ActorRecord): Promise<Id<'scu'>> {
  const id = newId('scu')
  await tx.prisma.$executeRaw`
    insert into scim_user (id, user_name, external_id, person_id, active, profile)
    values (${id}, ${user.userName}, ${user.externalId}, ${personId}, ${user.active}, ${JSON.stringify(user.profile)}::jsonb)`
  await record(tx, [{ type: 'scim.user_created', actor, payload: { user: id, person: personId, before: null, after: factsOf(user) } }])
  return id
}

/** Stores what a user has become, with an event if anything that matters has changed. */
export async function updateUser(tx: Tx, before: ScimUser, user: UserAttributes, actor: ActorRecord): Promise<void> {
  await tx.prisma.$executeRaw`
    update scim_user set user_name = ${user.userName}, external_id = ${user.externalId}, active = ${user.active},
      profile = ${JSON.stringify(user.profile)}::jsonb, updated_at = now() where id = ${before.id}`
  const change = { before: factsOf(before), after: factsOf(user) }
  if (JSON.stringify(change.before) === JSON.stringify(change.after)) return
  await record(tx, [{ type: 'scim.user_changed', actor, payload: { user: before.id, person: before.personId, ...change } }])
}

/** Deletes a user: the row stays and says that its person left. */
export async function deleteUser(tx: Tx, user: ScimUser, actor: ActorRecord): Promise<void> {
  await tx.prisma.$executeRaw`update scim_user set active = false, deleted_at = now(), updated_at = now() where id = ${user.id}`
  await tx.prisma.$executeRaw`delete from scim_member where user_id = ${user.id}`
  await record(tx, [
    { type: 'scim.user_deleted', actor, payload: { user: user.id, person: user.personId, before: factsOf(user), after: null } },
  ])
}

const factsOf = ({ userName, externalId, active }: UserAttributes) => ({ userName, externalId, active })
