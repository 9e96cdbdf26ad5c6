import type { SallyportFile } from './file-schema.ts'
import type { Problem } from './problem.ts'
import { slackIssuer } from './slack-schema.ts'
import { suggestion } from './suggestion.ts'
import { ticketIssuer } from './ticket-schema.ts'

type People = Pick<SallyportFile, 'people' | 'issuers' | 'scim'>
type Logins = Pick<SallyportFile, 'people' | 'issuers' | 'slack'>

/** The groups that somebody is in, and those that a claim or SCIM can put somebody in. */
export const knownGroups = ({ people, issuers, scim }: People): string[] => [
  ...new Set([...people.flatMap((person) => person.groups), ...issuers.flatMap(claimedGroups), ...(scim?.groups ?? [])]),
]

/** Whether a claim or SCIM can put people in a group, so that the file does not tell who is in it. */
export const isToldElsewhere = ({ issuers, scim }: People, group: string): boolean =>
  issuers.flatMap(claimedGroups).includes(group) || scim?.groups.includes(group) === true

const claimedGroups = ({ authoritative }: People['issuers'][number]): string[] => Object.values(authoritative?.groups?.names ?? {})

const placeOf = (issuer: string): string => {
  if (issuer.startsWith('slack:')) return 'the workspace of slack'
  return issuer.startsWith(ticketIssuer('')) ? 'listed under tickets' : 'listed under issuers'
}

/** Logins that are two people's, or at an issuer that is not listed. */
export function peopleProblems({ people, issuers, slack, tickets }: Logins & Pick<SallyportFile, 'tickets'>): Problem[] {
  const known = [
    ...issuers.map(({ issuer }) => issuer),
    ...(slack === null ? [] : [slackIssuer(slack.team)]),
    ...tickets.map(({ name }) => ticketIssuer(name)),
  ]
  const owners = new Map<string, string>()
  return people.flatMap((person, index) =>
    person.identities.flatMap(({ issuer, subject }, position): Problem[] => {
      const path = ['people', index, 'identities', position]
      if (!known.includes(issuer))
        return [
          {
            path: [...path, 'issuer'],
            message: `${issuer} is not ${placeOf(issuer)}${suggestion(issuer, known)}`,
          },
        ]
      const login = JSON.stringify([issuer, subject])
      const owner = owners.get(login)
      owners.set(login, person.id)
      return owner === undefined ? [] : [{ path, message: `is already an identity of ${owner}` }]
    }),
  )
}
