import { z } from 'zod'
import { type GrantDetails, grantSchema, printGrant } from '../grants/index.ts'
import { type Caller, scopes } from '../identity/index.ts'
import { type Page, pageOf } from '../kernel/cursor.ts'
import { reviewPage } from '../reviews/index.ts'
import { requestPage } from './schemas.ts'

const time = z.iso.datetime().meta({ example: '2026-11-24T12:00:00.000Z' })

export const meSchema = z
  .strictObject({
    person: z
      .strictObject({ id: z.string(), username: z.string(), name: z.string(), groups: z.array(z.string()) })
      .nullable()
      .describe('As the directory has you; null: a program that acts for nobody.'),
    admin: z.boolean(),
    auditor: z.boolean(),
    credential: z.strictObject({
      kind: z.enum(['key', 'token', 'dev']),
      id: z.string().describe('Its id, as the audit log has it; never the credential.'),
      via: z.string().describe('The name of the key, or the program that the token was made for.'),
      scopes: z.array(z.enum(scopes)).describe('What it may be used for, for this person.'),
      until: time.nullable().describe('When it ends by itself; null: it does not.'),
    }),
    grants: pageOf(grantSchema)
      .nullable()
      .describe(
        'What you have and will have, soonest end first: `GET /v1/grants?beneficiary=me&status=live&order=end` has the pages after.',
      ),
    endsNext: z.strictObject({ grant: z.string(), at: time }).nullable().describe('What of that is in force and ends next.'),
    toDecide: requestPage.nullable().describe('What waits for a decision of yours: `GET /v1/requests?approver=me`.'),
    toReview: reviewPage.nullable().describe('What waits for your signature: `GET /v1/reviews?reviewer=me`.'),
    asked: requestPage
      .nullable()
      .describe('What you asked for or will use, and nobody has decided: `GET /v1/requests?person=me&status=pending`.'),
  })
  .meta({ id: 'Me' })

type Me = z.infer<typeof meSchema>

const kinds = { key: 'key', identity: 'token', dev: 'dev' } as const

/** Who calls, and with what. */
export function printCaller({ actor, credential, isAdmin, isAuditor }: Caller): Pick<Me, 'person' | 'admin' | 'auditor' | 'credential'> {
  const kind = (['key', 'identity', 'dev'] as const).find((each) => credential.id.startsWith(`${each}:`)) ?? 'dev'
  return {
    person: actor.kind === 'person' ? printPerson(actor.person) : null,
    admin: isAdmin,
    auditor: isAuditor,
    credential: {
      kind: kinds[kind],
      id: credential.id,
      via: credential.via,
      scopes: [...credential.scopes],
      until: credential.expiresAt?.toISOString() ?? null,
    },
  }
}

const printPerson = ({ id, username, displayName, groups }: Extract<Caller['actor'], { kind: 'person' }>['person']) => ({
  id,
  username,
  name: displayName,
  groups: [...groups],
})

/** What somebody has: of grants in the order of their ends. */
export function printHeld({ items, nextCursor }: Page<GrantDetails>): Pick<Me, 'grants' | 'endsNext'> {
  const next = items.find(({ status }) => status !== 'scheduled')
  return {
    grants: { items: items.map(printGrant), nextCursor },
    endsNext: next === undefined ? null : { grant: next.id, at: next.endsAt.toISOString() },
  }
}
