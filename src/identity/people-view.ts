import type { SallyportFile } from '../config/index.ts'
import type { Reader, Statement } from '../db/index.ts'
import type { Identity } from '../kernel/actor.ts'
import { decodePersonCursor, type Page, toPage } from '../kernel/cursor.ts'
import { SallyportError } from '../kernel/errors.ts'

/** Somebody who is, or was, in the directory. */
export interface ListedPerson {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly groups: readonly string[]
  readonly active: boolean
  /** Where they come from now; none: nobody names them any more. */
  readonly sources: readonly ('file' | 'scim')[]
  readonly identities: readonly Identity[]
}

type Row = Omit<ListedPerson, 'groups'> & Record<string, unknown>

const selection = `
  select p.id, p.username, p.display_name as "displayName", p.active,
    array_remove(array[case when p.declared then 'file' end,
      case when exists (select from scim_user u where u.person_id = p.id and u.deleted_at is null) then 'scim' end], null) as sources,
    coalesce((select jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject) order by i.id)
      from identity i where i.person_id = p.id), '[]') as identities
  from person p`

const one: Statement = { name: 'person-get', text: `${selection} where p.id = $1` }
const page: Statement = {
  name: 'people-list',
  text: `${selection} where ($1::text is null or p.id > $1 collate "C") and ($2::text[] is null or p.id = any($2))
    and ($3::text is null or strpos(lower(p.id), lower($3)) > 0 or strpos(lower(p.username), lower($3)) > 0 or strpos(lower(p.display_name), lower($3)) > 0)
    order by p.id collate "C" limit $4`,
}

export interface PeopleFilter {
  /** A part of an id, a user name or a name. */
  readonly q?: string | undefined
  readonly group?: string | undefined
}

/** One person, with the groups that they are in by these rules and people. Throws `person_not_found`. */
export async function getPerson(reader: Reader, file: SallyportFile, id: string): Promise<ListedPerson> {
  const [row] = await reader.query<Row>(one, [id])
  if (row === undefined) throw new SallyportError('person_not_found', `There is, and was, no person ${id}.`)
  return { ...row, groups: groupsIn(file).get(id) ?? [] }
}

/** People in the order of their ids; those who left too, unless a group is asked for. */
export async function listPeople(
  reader: Reader,
  file: SallyportFile,
  { q, group }: PeopleFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<ListedPerson>> {
  const after = cursor === undefined ? null : decodePersonCursor(cursor)
  const within = group === undefined ? null : file.people.filter(({ groups }) => groups.includes(group)).map(({ id }) => id)
  const rows = await reader.query<Row>(page, [after, within, q ?? null, limit + 1])
  const groups = groupsIn(file)
  return toPage(
    rows.map((row) => ({ ...row, groups: groups.get(row.id) ?? [] })),
    limit,
  )
}

const groupsIn = (file: SallyportFile): ReadonlyMap<string, readonly string[]> => new Map(file.people.map(({ id, groups }) => [id, groups]))
