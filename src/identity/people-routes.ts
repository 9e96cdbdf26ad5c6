import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { SallyportFile } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { problems } from '../http/index.ts'
import { pageOf, pageQuery } from '../kernel/cursor.ts'
import type { Caller } from './caller.ts'
import { getPerson, type ListedPerson, listPeople } from './people-view.ts'
import { findInForce } from './rule-set-store.ts'
import type { RuleSets } from './rule-sets.ts'

const personSchema = z
  .strictObject({
    id: z.string().describe('Never given to another person.').meta({ example: 'developer' }),
    username: z.string().describe('What `${person.username}` stands for in the rules.'),
    name: z.string(),
    groups: z.array(z.string()).describe('By sallyport.yaml, by SCIM and by what their tokens say; none once they have left.'),
    active: z.boolean().describe('False: they have left, and are kept because requests and grants name them.'),
    sources: z.array(z.enum(['file', 'scim'])).describe('Who names them now.'),
    identities: z
      .array(z.strictObject({ issuer: z.string(), subject: z.string() }))
      .nullable()
      .describe('Their logins; null unless an admin asks.'),
  })
  .meta({ id: 'Person' })

const personPage = pageOf(personSchema).meta({ id: 'PersonPage' })

/** /v1/people: list, get. */
export const peopleRoutes: FastifyPluginAsyncZod<{ readonly db: Database; readonly ruleSets: RuleSets }> = async (
  app,
  { db, ruleSets },
) => {
  /** By what is said of them now, so that a page does not tell groups of before beside who has just left. */
  const fileNow = async (): Promise<SallyportFile> => {
    const inForce = await findInForce(db)
    return (inForce === null ? await ruleSets.current() : await ruleSets.content(inForce)).file
  }

  app.get(
    '/v1/people',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'listPeople',
        summary: 'Who is in the directory',
        description: 'In the order of their ids, those who have left included. Everybody sees everybody: requests and decisions name them.',
        tags: ['people'],
        querystring: z.strictObject({
          ...pageQuery,
          q: z.string().min(1).max(100).optional().describe('A part of an id, a user name or a name, in any case.'),
          group: z.string().min(1).max(100).optional().describe('Only those who are in this group now.'),
        }),
        response: { 200: personPage, ...problems('invalid_cursor') },
      },
    },
    async (request) => {
      const { items, nextCursor } = await listPeople(db, await fileNow(), request.query, request.query)
      return { items: items.map((person) => printPerson(person, request.caller)), nextCursor }
    },
  )

  app.get(
    '/v1/people/:id',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'getPerson',
        summary: 'One person',
        description: 'Also one who has left.',
        tags: ['people'],
        params: z.strictObject({ id: z.string().min(1).max(100).meta({ example: 'developer' }) }),
        response: { 200: personSchema, ...problems('person_not_found') },
      },
    },
    async (request) => printPerson(await getPerson(db, await fileNow(), request.params.id), request.caller),
  )
}

const printPerson = (
  { displayName, groups, sources, identities, ...rest }: ListedPerson,
  { isAdmin }: Caller,
): z.infer<typeof personSchema> => ({
  id: rest.id,
  username: rest.username,
  name: displayName,
  groups: [...groups],
  active: rest.active,
  sources: [...sources],
  identities: isAdmin ? identities.map(({ issuer, subject }) => ({ issuer, subject })) : null,
})
