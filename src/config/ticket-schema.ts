import { z } from 'zod'
import { line, matching, some, strict } from './schema-parts.ts'

/** What can be read of a ticket, and what a request can be made of. */
export const ticketFields = ['key', 'status', 'type', 'requester', 'assignee', 'at', 'url', 'comment'] as const
export const requestFields = ['database', 'dbUser', 'principal', 'duration', 'reason'] as const
export type TicketField = (typeof ticketFields)[number] | (typeof requestFields)[number]

/** Where the text of a field is. */
export interface FieldSource {
  /** A JSON Pointer (RFC 6901) into the payload; null: it is not in the payload. */
  readonly pointer: string | null
  /** The heading under which it stands in the text there, as GitHub's issue forms write it; null: it is all of the text. */
  readonly heading: string | null
  /** What it is where the payload does not say. */
  readonly fallback: string | null
}

/** What a payload must say: at each pointer one of these texts, or a list that has an object with these members. */
export type When = readonly {
  readonly pointer: string
  readonly oneOf: readonly string[] | null
  readonly has: Readonly<Record<string, string>> | null
}[]

/** When a payload says that somebody decides, and where it says who. */
export interface Said {
  readonly when: When
  readonly person: string
}

/** How a plain HMAC is sent. With a timestamp, what is signed is `<timestamp>.<body>`. */
export interface HmacForm {
  readonly header: string
  readonly encoding: 'hex' | 'base64'
  readonly timestampHeader: string | null
}

/** A ticket system that sends webhooks. */
export interface TicketSource {
  readonly name: string
  readonly kind: 'jira' | 'github' | 'generic'
  /** Null: as the kind does it; of `generic`, Standard Webhooks. */
  readonly hmac: HmacForm | null
  readonly fields: Readonly<Partial<Record<TicketField, FieldSource>>>
  /** The statuses of an open ticket; null: every one that is not closed. */
  readonly open: readonly string[] | null
  readonly closed: readonly string[]
  /** When a ticket asks; null: tickets make no requests. */
  readonly creates: When | null
  readonly approves: Said | null
  readonly denies: Said | null
  /** Whether access ends when its ticket closes. */
  readonly endsAccess: boolean
  /** Where comments go; null: none are written. `user`: with whom the token makes a Basic credential, as in Jira Cloud. */
  readonly comments: { readonly url: string; readonly user: string | null } | null
}

/** The status of a ticket that its source has deleted. */
export const DELETED = 'deleted'

/** The issuer under which the people of a ticket system are linked, in `people[].identities`. */
export const ticketIssuer = (source: string): string => `ticket:${source}`

const pointer = matching(/^(?:\/(?:[^~/\p{Cc}\p{Cs}]|~[01])*)+$/u, 'a JSON Pointer such as /issue/key')

const field = z
  .union(
    [
      pointer.transform((text): FieldSource => ({ pointer: text, heading: null, fallback: null })),
      strict({ value: line }).transform(({ value }): FieldSource => ({ pointer: null, heading: null, fallback: value })),
      strict({ pointer, heading: line.optional(), default: line.optional() }).transform(
        (given): FieldSource => ({ pointer: given.pointer, heading: given.heading ?? null, fallback: given.default ?? null }),
      ),
    ],
    'must be a JSON Pointer such as /issue/key, { pointer: …, heading: …, default: … }, or { value: … }',
  )
  .describe('Where its text is: a JSON Pointer (RFC 6901) into the payload, with a default, or a constant.')

const when = z
  .record(
    pointer,
    z.union(
      [line, some(line, 'name the texts'), strict({ has: z.record(z.string(), line) })],
      'must be a text, several, or { has: { member: text } }',
    ),
  )
  .refine((given) => Object.keys(given).length > 0, 'must not be empty: it would be true of every payload')
  .transform(
    (given): When =>
      Object.entries(given).map(([at, wanted]) =>
        typeof wanted === 'object' && 'has' in wanted
          ? { pointer: at, oneOf: null, has: wanted.has }
          : { pointer: at, oneOf: [wanted].flat(), has: null },
      ),
  )
  .describe('What the payload must say, all of it: by JSON Pointer a text, several of which one, or `has` for an object in a list.')

const said = strict({ when, person: pointer.optional().describe('Where the id of the person is who says so.') })

const httpUrl = matching(/^https?:\/\/[^\s?#@]+$/, 'an http or https URL without query and credentials')

const fields = strict(
  Object.fromEntries([...ticketFields, ...requestFields].map((each) => [each, field.optional()])) as Record<
    TicketField,
    z.ZodOptional<typeof field>
  >,
)

const hmac = strict({
  header: matching(/^[A-Za-z0-9-]{1,100}$/, 'the name of a header'),
  algorithm: z.literal('sha256', 'must be sha256').default('sha256'),
  encoding: z.enum(['hex', 'base64'], 'must be hex or base64').default('hex'),
  timestampHeader: matching(/^[A-Za-z0-9-]{1,100}$/, 'the name of a header')
    .optional()
    .describe('Holds seconds since 1970; what is signed is then <timestamp>.<body>.'),
}).transform(
  ({ header, encoding, timestampHeader }): HmacForm => ({
    header: header.toLowerCase(),
    encoding,
    timestampHeader: timestampHeader?.toLowerCase() ?? null,
  }),
)

const at = (place: string): FieldSource => ({ pointer: place, heading: null, fallback: null })

/** What a payload of each kind holds, as its vendor documents it. */
const kinds = {
  jira: {
    fields: {
      key: at('/issue/key'),
      status: at('/issue/fields/status/name'),
      type: at('/issue/fields/issuetype/name'),
      requester: at('/issue/fields/reporter/accountId'),
      assignee: at('/issue/fields/assignee/accountId'),
      at: at('/timestamp'),
      comment: at('/comment/body'),
    },
    closed: ['Done', 'Closed', 'Resolved'],
    person: '/user/accountId',
  },
  github: {
    fields: {
      status: at('/issue/state'),
      type: at('/issue/type/name'),
      requester: at('/issue/user/id'),
      assignee: at('/issue/assignee/id'),
      at: at('/issue/updated_at'),
      url: at('/issue/html_url'),
      comment: at('/comment/body'),
    },
    closed: ['closed'],
    person: '/sender/id',
  },
  generic: { fields: {}, closed: [], person: '' },
} as const satisfies Record<TicketSource['kind'], { fields: TicketSource['fields']; closed: readonly string[]; person: string }>

/** One source of tickets. Whether it makes sense as a whole is for `ticketProblems`. */
export const ticketSourceSchema = strict({
  name: matching(/^[a-z][a-z0-9-]{0,30}$/, 'a name of up to 31 small letters, digits and -').describe(
    'Names it in its address, in requests (`ticket.system`), and in the variables with its secrets.',
  ),
  kind: z.enum(['jira', 'github', 'generic'], 'must be jira, github or generic'),
  hmac: hmac.optional().describe('Of a generic source: how it signs, if not by Standard Webhooks.'),
  fields: fields.optional().describe('Where each field is; what is left out is where the kind has it.'),
  open: some(line, 'leave it out for every status that is not closed').optional().describe('The statuses of an open ticket.'),
  closed: some(line, 'leave it out for those of the kind').optional().describe('The statuses of a closed ticket.'),
  creates: strict({ when }).optional().describe('When a ticket makes a request, once.'),
  approves: said.optional().describe('When a payload says that a person approves; counts only under a rule with `decisionsFrom`.'),
  denies: said.optional().describe('When a payload says that a person denies.'),
  endsAccess: z.boolean().default(false).describe('Whether access ends, and what waits is withdrawn, when the ticket closes.'),
  comments: strict({
    url: httpUrl.describe('The site of Jira, the API of GitHub, or where a generic source takes comments.'),
    user: line.optional().describe('Of Jira Cloud: the address whose token it is.'),
  })
    .optional()
    .describe('Where to write back what became of a ticket.'),
}).transform(({ hmac: plain, fields: given, open, closed, creates, approves, denies, comments, ...rest }): TicketSource => {
  const kind = kinds[rest.kind]
  const known = Object.fromEntries(Object.entries(given ?? {}).filter(([, each]) => each !== undefined))
  const by = (each: typeof approves): Said | null => (each === undefined ? null : { when: each.when, person: each.person ?? kind.person })
  return {
    ...rest,
    hmac: plain ?? null,
    fields: { ...kind.fields, ...known },
    open: open ?? null,
    closed: [...(closed ?? kind.closed), ...(rest.kind === 'generic' ? [] : [DELETED])],
    creates: creates?.when ?? null,
    approves: by(approves),
    denies: by(denies),
    comments: comments === undefined ? null : { url: comments.url.replace(/\/+$/, ''), user: comments.user ?? null },
  }
})
