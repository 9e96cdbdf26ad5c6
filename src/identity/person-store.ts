import { record } from '../audit/index.ts'
import type { Reader, Statement, Tx } from '../db/index.ts'
import type { ActorRecord, Identity, Person } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'

const activePerson: Statement = { name: 'active-person', text: 'select id from person where id = $1 and active' }

export const isActivePerson = async (reader: Reader, id: string): Promise<boolean> => (await reader.query(activePerson, [id])).length === 1

/**
 * Takes over the people whom a rule set lists, within the transaction that adopts it. Who is no longer listed is kept,
 * because requests and decisions refer to them; whether they are active is for settlePeople.
 */
export async function declarePeople(tx: Tx, people: readonly Person[], actor: ActorRecord): Promise<void> {
  const listed = JSON.stringify(people.map(({ id, username, displayName }) => ({ id, username, displayName })))
  // User names are unique at every moment, so one that changes hands is first taken from whoever had it. No user name holds a colon.
  await tx.prisma.$executeRaw`
    update person p set username = 'formerly:' || p.id
    from jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text)
    where listed.username = p.username and listed.id <> p.id`
  // Only who changes is touched: an upsert locks everybody, by their unique user names, against the decisions and grants that
  // refer to them, and two people locked in the other order are a deadlock.
  await tx.prisma.$executeRaw`
    update person p set username = listed.username, display_name = listed."displayName", declared = true
    from jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text, "displayName" text)
    where listed.id = p.id and (p.username, p.display_name, p.declared) is distinct from (listed.username, listed."displayName", true)`
  await tx.prisma.$executeRaw`
    insert into person (id, username, display_name, declared)
    select id, username, "displayName", true from jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text, "displayName" text)
    on conflict (id) do nothing`
  await tx.prisma.$executeRaw`
    update person set declared = false
    where declared and id not in (select id from jsonb_to_recordset(${listed}::jsonb) as listed (id text))`
  await takeOver(tx, listed, actor)
}

/**
 * SCIM's user with the user name of somebody who is listed under another id is theirs from now on: one human being is never two
 * people. Logins that a claim gave to the person they were before are given up, and linked anew at the next call.
 */
async function takeOver(tx: Tx, listed: string, actor: ActorRecord): Promise<void> {
  const taken = await tx.prisma.$queryRaw<{ before: string }[]>`
    update scim_user u set person_id = listed.id from scim_user o, jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text)
    where o.id = u.id and u.deleted_at is null and u.user_name = listed.username and u.person_id <> listed.id
    returning o.person_id as before`
  if (taken.length === 0) return
  const unlinked = await tx.prisma.$queryRaw<(Identity & { identity: Id<'idn'>; person: string })[]>`
    delete from identity where not declared and person_id = any(${taken.map(({ before }) => before)})
    returning id as identity, issuer, subject, person_id as person`
  await record(
    tx,
    unlinked.map((payload) => ({ type: 'identity.unlinked' as const, actor, payload })),
  )
}
