import { record } from '../audit/index.ts'
import { type Issuer, type SallyportFile, slackIssuer } from '../config/index.ts'
import type { Reader, Statement, Tx } from '../db/index.ts'
import type { ActorRecord, Identity } from '../kernel/actor.ts'
import { type Id, newId } from '../kernel/ids.ts'
import type { ClaimedGroups } from './claimed-groups.ts'
import type { ScimPerson } from './scim-people.ts'

/** A login that is somebody's. */
export interface LinkedIdentity extends Identity {
  readonly id: Id<'idn'>
  readonly personId: string
  /** When the token was issued that its groups are from; null before the first. */
  readonly groupsAt: Date | null
}

type Row = LinkedIdentity & Record<string, unknown>

const columns = 'id, issuer, subject, person_id as "personId", groups_at as "groupsAt"'
const byLogin: Statement = { name: 'identity-by-login', text: `select ${columns} from identity where issuer = $1 and subject = $2` }

export async function findIdentity(reader: Reader, { issuer, subject }: Identity): Promise<LinkedIdentity | null> {
  const [row] = await reader.query<Row>(byLogin, [issuer, subject])
  return row ?? null
}

/**
 * Makes a login that of the active person with this user name; null if there is none, if they have another login at
 * this issuer, or if the login is somebody's by now.
 */
export async function insertByClaim(tx: Tx, { issuer, subject }: Identity, username: string): Promise<LinkedIdentity | null> {
  const [row] = await tx.prisma.$queryRaw<LinkedIdentity[]>`
    insert into identity (id, issuer, subject, person_id, declared)
    select ${newId('idn')}, ${issuer}, ${subject}, p.id, false from person p
    where p.username = ${username} and p.active and not exists (select from identity o where o.issuer = ${issuer} and o.person_id = p.id)
    on conflict do nothing
    returning id, issuer, subject, person_id as "personId", groups_at as "groupsAt"`
  return row ?? null
}

/**
 * Stores what a token says about groups, unless a later one has spoken; where it says something new, everybody judges by
 * it from then on, and there is an event. Answers whether it did.
 */
export async function noteGroups(
  tx: Tx,
  { id }: LinkedIdentity,
  said: { readonly groups: readonly string[]; readonly at: Date },
  actor: ActorRecord,
): Promise<boolean> {
  const [row] = await tx.prisma.$queryRaw<{ before: string[] }[]>`
    with old as (select groups from identity where id = ${id} and (groups_at is null or groups_at < ${said.at}) for update)
    update identity set groups = ${[...said.groups]}, groups_at = ${said.at} from old where id = ${id}
    returning old.groups as before`
  if (row === undefined || JSON.stringify(row.before) === JSON.stringify(said.groups)) return false
  await noteChange(tx)
  await record(tx, [{ type: 'identity.groups_changed', actor, payload: { identity: id, before: row.before, after: said.groups } }])
  return true
}

/** Has every process judge by what is said about people from the commit of this transaction on. */
export async function noteChange(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`update active_rule_set set people_revision = people_revision + 1`
}

/**
 * The SQL of the revision of what tokens say about groups, and SCIM about people: another one whenever something else is said, and every five
 * minutes, since what was said a day ago counts no more. Nobody need have called for that.
 */
export const claimsRevision = `(select people_revision || '.' || floor(extract(epoch from now()) / 300) from active_rule_set)`

const claims: Statement = {
  name: 'identity-claims',
  text: `select ${claimsRevision} as revision,
    (select coalesce(jsonb_agg(jsonb_build_object('personId', i.person_id, 'issuer', i.issuer, 'groups', i.groups) order by i.id), '[]')
      from identity i where i.groups <> '{}' and i.groups_at > now() - interval '1 day') as claimed,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'username', p.username, 'displayName', p.display_name, 'active', u.active, 'groups',
        array(select g.display_name from scim_member m join scim_group g on g.id = m.group_id where m.user_id = u.id order by g.display_name)) order by p.id), '[]')
      from (select distinct on (person_id) id, person_id, active from scim_user order by person_id, id desc) u join person p on p.id = u.person_id) as pushed`,
}

/** What all people's latest tokens say about their groups, and SCIM about people, as of which revision. */
export interface Claims {
  readonly revision: string
  readonly claimed: readonly ClaimedGroups[]
  readonly pushed: readonly ScimPerson[]
}

export async function readClaims(reader: Reader): Promise<Claims> {
  const [row] = await reader.query<Claims & Record<string, unknown>>(claims, [])
  if (row === undefined) throw new Error('the claims of all people are one row')
  return row
}

/**
 * Makes the logins what a rule set says, in the transaction that adopts it: those it lists belong to whom it says, whoever
 * had them; a login that was somebody's by a claim stays theirs while its issuer is believed. Each change is an event.
 */
export async function declareIdentities(tx: Tx, { people, issuers, slack }: SallyportFile, actor: ActorRecord): Promise<void> {
  const listed = JSON.stringify(people.flatMap(({ id, identities }) => identities.map((identity) => ({ ...identity, personId: id }))))
  const believed = [
    ...issuers.filter(tellsPeople).map(({ issuer }) => issuer),
    ...(slack?.linkByEmail === true ? [slackIssuer(slack.team)] : []),
  ]
  const ended = await tx.prisma.$queryRaw<LinkedIdentity[]>`
    delete from identity i
    where not exists (select from jsonb_to_recordset(${listed}::jsonb) as l (issuer text, subject text, "personId" text)
        where l.issuer = i.issuer and l.subject = i.subject and l."personId" = i.person_id)
      and (i.declared or i.issuer <> all(${believed})
        or exists (select from jsonb_to_recordset(${listed}::jsonb) as l (issuer text, subject text, "personId" text)
          where l.issuer = i.issuer and (l.subject = i.subject or l."personId" = i.person_id)))
    returning id, issuer, subject, person_id as "personId", groups_at as "groupsAt"`
  const missing = await tx.prisma.$queryRaw<(Identity & { personId: string })[]>`
    select l.issuer, l.subject, l."personId" from jsonb_to_recordset(${listed}::jsonb) as l (issuer text, subject text, "personId" text)
    where not exists (select from identity i where i.issuer = l.issuer and i.subject = l.subject)`
  const added = missing.map((identity) => ({ ...identity, id: newId('idn'), declared: true }))
  if (added.length > 0) await tx.prisma.identity.createMany({ data: added })
  await tx.prisma.$executeRaw`
    update identity i set declared = true from jsonb_to_recordset(${listed}::jsonb) as l (issuer text, subject text)
    where not i.declared and l.issuer = i.issuer and l.subject = i.subject`
  const grouped = issuers.filter(tellsGroups).map(({ issuer }) => issuer)
  await tx.prisma.$executeRaw`update identity set groups = '{}', groups_at = null where groups <> '{}' and issuer <> all(${grouped})`
  await record(tx, [
    ...ended.map(({ id, issuer, subject, personId }) => ({
      type: 'identity.unlinked' as const,
      actor,
      payload: { identity: id, issuer, subject, person: personId },
    })),
    ...added.map(({ id, issuer, subject, personId }) => ({
      type: 'identity.linked' as const,
      actor,
      payload: { identity: id, issuer, subject, person: personId, by: 'file' as const },
    })),
  ])
}

const tellsPeople = ({ authoritative }: Issuer): boolean => authoritative !== null && authoritative.person !== null
const tellsGroups = ({ authoritative }: Issuer): boolean => authoritative !== null && authoritative.groups !== null
