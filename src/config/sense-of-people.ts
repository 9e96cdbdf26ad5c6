import type { SallyportFile } from './file-schema.ts'
import type { Problem } from './problem.ts'
import { suggestion } from './suggestion.ts'
import { ticketIssuer } from './ticket-schema.ts'

type People = Pick<SallyportFile, 'people' | 'issuers'>

/** The groups that somebody is in, and those that a claim can put somebody in. */
export const knownGroups = ({ people, issuers }: People): string[] => [
  ...new Set([...people.flatMap((person) => person.groups), ...issuers.flatMap(claimedGroups)]),
]

/** Whether a claim can put people in a group, so that the file does not tell who is in it. */
export const isClaimed = ({ issuers }: People, group: string): boolean => issuers.flatMap(claimedGroups).includes(group)

const claimedGroups = ({ authoritative }: People['issuers'][number]): string[] => Object.values(authoritative?.groups?.names ?? {})

/** Logins that are two people's, or at an issuer that is not listed. */
export function peopleProblems({ people, issuers, tickets }: People & Pick<SallyportFile, 'tickets'>): Problem[] {
  const known = [...issuers.map(({ issuer }) => issuer), ...tickets.map(({ name }) => ticketIssuer(name))]
  const owners = new Map<string, string>()
  return people.flatMap((person, index) =>
    person.identities.flatMap(({ issuer, subject }, position): Problem[] => {
      const path = ['people', index, 'identities', position]
      if (!known.includes(issuer))
        return [
          {
            path: [...path, 'issuer'],
            message: `${issuer} is not listed under ${issuer.startsWith(ticketIssuer('')) ? 'tickets' : 'issuers'}${suggestion(issuer, known)}`,
          },
        ]
      const login = JSON.stringify([issuer, subject])
      const owner = owners.get(login)
      owners.set(login, person.id)
      return owner === undefined ? [] : [{ path, message: `is already an identity of ${owner}` }]
    }),
  )
}
