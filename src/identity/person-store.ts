import type { Reader, Statement, Tx } from '../db/index.ts'
import type { Person } from '../kernel/actor.ts'

const activePerson: Statement = { name: 'active-person', text: 'select id from person where id = $1 and active' }

export const isActivePerson = async (reader: Reader, id: string): Promise<boolean> => (await reader.query(activePerson, [id])).length === 1

/**
 * Makes the directory what a rule set lists, within the transaction that adopts it. Who is no longer listed
 * becomes inactive and is kept, because requests and decisions refer to them.
 */
export async function declarePeople(tx: Tx, people: readonly Person[]): Promise<void> {
  const listed = JSON.stringify(people.map(({ id, username, displayName }) => ({ id, username, displayName })))
  // User names are unique at every moment, so one that changes hands is first taken from whoever had it. No user name holds a colon.
  await tx.prisma.$executeRaw`
    update person p set username = 'formerly:' || p.id
    from jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text)
    where listed.username = p.username and listed.id <> p.id`
  // Only who changes is touched: an upsert locks everybody, by their unique user names, against the decisions and grants that
  // refer to them, and two people locked in the other order are a deadlock.
  await tx.prisma.$executeRaw`
    update person p set username = listed.username, display_name = listed."displayName", active = true
    from jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text, "displayName" text)
    where listed.id = p.id and (p.username, p.display_name, p.active) is distinct from (listed.username, listed."displayName", true)`
  await tx.prisma.$executeRaw`
    insert into person (id, username, display_name)
    select id, username, "displayName" from jsonb_to_recordset(${listed}::jsonb) as listed (id text, username text, "displayName" text)
    on conflict (id) do nothing`
  await tx.prisma.$executeRaw`
    update person set active = false
    where active and id not in (select id from jsonb_to_recordset(${listed}::jsonb) as listed (id text))`
}
