import { record } from '../audit/index.ts'
import type { Tx } from '../db/index.ts'
import { enqueueDepartures } from '../jobs/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'

export interface Settling {
  /** Whether sallyport.yaml has SCIM say who is there. */
  readonly scim: boolean
  /** Whom something new was said of; null: of anybody. */
  readonly people: readonly string[] | null
  readonly actor: ActorRecord
}

/**
 * Makes those active whom the directory has, and no one else, in the transaction that changes it. Whoever leaves has no power
 * from its commit, and a job takes away what they had. Their rows are locked first: whatever is being asked or granted for
 * them at this moment is committed before, and found by that job, or sees that they have left.
 */
export async function settlePeople(tx: Tx, { scim, people, actor }: Settling): Promise<void> {
  const changing = await tx.prisma.$queryRaw<{ id: string; active: boolean }[]>`
    select p.id, not p.active as active from person p
    left join lateral (select u.active from scim_user u where ${scim} and u.person_id = p.id order by u.id desc limit 1) said on true
    where p.active <> coalesce(said.active, p.declared) and (${people}::text[] is null or p.id = any(${people}::text[]))
    order by p.id for update of p`
  if (changing.length === 0) return
  const ids = (active: boolean) => changing.filter((person) => person.active === active).map(({ id }) => id)
  await tx.prisma.$executeRaw`update person set active = not active where id = any(${changing.map(({ id }) => id)})`
  const left = ids(false).map((person) => ({ person, departure: newId('dep') }))
  await insertDepartures(tx, left, actor)
  await record(tx, [
    ...left.map((payload) => ({ type: 'person.left' as const, actor, payload })),
    ...ids(true).map((person) => ({ type: 'person.returned' as const, actor, payload: { person } })),
  ])
}

interface Left {
  readonly person: string
  readonly departure: Id<'dep'>
}

/** By the clock of now and not of the transaction's start: what was committed for them while it waited came before. */
async function insertDepartures(tx: Tx, left: readonly Left[], actor: ActorRecord): Promise<void> {
  if (left.length === 0) return
  await tx.prisma.$executeRaw`
    insert into departure (id, person_id, at, actor)
    select l.departure, l.person, clock_timestamp(), ${JSON.stringify(actor)}::jsonb
    from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as l (person text, departure text)`
  await enqueueDepartures(
    tx,
    left.map(({ departure }) => departure),
  )
}

/** Has the departures settled of which a job was lost: part of the sweep. */
export async function enqueueUnsettled(tx: Tx): Promise<void> {
  const rows = await tx.prisma.$queryRaw<{ id: Id<'dep'> }[]>`select id from departure where settled_at is null order by id limit 500`
  if (rows.length > 0)
    await enqueueDepartures(
      tx,
      rows.map(({ id }) => id),
    )
}

export interface Departure {
  readonly personId: string
  readonly at: Date
  readonly actor: ActorRecord
}

/** A departure that is not settled, locked until the transaction ends; null once it is. */
export async function lockUnsettled(tx: Tx, id: Id<'dep'>): Promise<Departure | null> {
  const [row] = await tx.prisma.$queryRaw<Departure[]>`
    select person_id as "personId", at, actor from departure where id = ${id} and settled_at is null for update`
  return row ?? null
}

export async function markSettled(tx: Tx, id: Id<'dep'>): Promise<void> {
  await tx.prisma.$executeRaw`update departure set settled_at = now() where id = ${id}`
}
