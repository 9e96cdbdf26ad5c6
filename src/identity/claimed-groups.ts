import type { Issuer, SallyportFile } from '../config/index.ts'

/** What the latest token of somebody's at an issuer says about their groups, in the issuer's own names. */
export interface ClaimedGroups {
  readonly personId: string
  readonly issuer: string
  readonly groups: readonly string[]
}

/** The names in a token's claim that mean a group; the others are not kept. None if the claim is not a list, or is missing. */
export function groupsIn(claims: Readonly<Record<string, unknown>>, { authoritative }: Issuer): readonly string[] {
  const groups = authoritative?.groups ?? null
  if (groups === null) return []
  const said = claims[groups.claim]
  const names = Array.isArray(said) ? said.filter((name): name is string => typeof name === 'string') : []
  return [...new Set(names.filter((name) => Object.hasOwn(groups.names, name)))].sort()
}

/** The file, with everybody in the groups that they are in by it and by what its issuers have said. Pure. */
export function withClaimedGroups(file: SallyportFile, claimed: readonly ClaimedGroups[]): SallyportFile {
  if (claimed.length === 0) return file
  const people = file.people.map((person) => {
    const more = claimed.filter(({ personId }) => personId === person.id).flatMap((claim) => meant(file, claim))
    return more.length === 0 ? person : { ...person, groups: [...new Set([...person.groups, ...more])] }
  })
  return { ...file, people }
}

const meant = (file: SallyportFile, { issuer, groups }: ClaimedGroups): string[] => {
  const names = file.issuers.find((each) => each.issuer === issuer)?.authoritative?.groups?.names ?? {}
  return groups.flatMap((name) => (Object.hasOwn(names, name) ? (names[name] ?? []) : []))
}
