import type { SallyportFile } from '../config/index.ts'

/** What SCIM says of a person by their latest user there. */
export interface ScimPerson {
  readonly id: string
  readonly username: string
  readonly displayName: string
  /** False: deactivated or deleted there. */
  readonly active: boolean
  /** The groups that they are in there, by the names they have there. */
  readonly groups: readonly string[]
}

/**
 * The file, with the people and groups that SCIM tells. Where both name a person, names and groups of the file stay, and the
 * groups that the file takes from SCIM are added; whoever has left by one of both has left. Pure.
 */
export function withScimPeople(file: SallyportFile, told: readonly ScimPerson[]): SallyportFile {
  const { scim } = file
  if (scim === null || told.length === 0) return file
  const taken = new Set(scim.groups)
  const groupsOf = (person: ScimPerson) => person.groups.filter((group) => taken.has(group))
  const byId = new Map(told.map((person) => [person.id, person]))
  const listed = new Set(file.people.map(({ id }) => id))
  const declared = file.people.flatMap((person) => {
    const said = byId.get(person.id)
    if (said === undefined) return [person]
    return said.active ? [{ ...person, groups: [...new Set([...person.groups, ...groupsOf(said)])] }] : []
  })
  const others = told.flatMap((person) => {
    const { id, username, displayName } = person
    return person.active && !listed.has(id) ? [{ id, username, displayName, groups: groupsOf(person), identities: [] }] : []
  })
  return { ...file, people: [...declared, ...others] }
}
