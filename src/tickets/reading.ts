import { DELETED, type requestFields, type TicketSource } from '../config/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { atPointer } from '../kernel/json-pointer.ts'
import { isOwnComment } from './comment-text.ts'
import { plainText } from './plain-text.ts'
import { type Fields, readFields } from './read-fields.ts'
import { holds } from './when.ts'

/** What a ticket asks for, as far as its payload says; a missing part is null. */
export type AsksFor = { readonly [Field in (typeof requestFields)[number]]: string | null }

/** What was read in a payload, as it is kept. What is left out, the payload does not speak of. */
export interface Reading {
  readonly key: string
  readonly status?: string | undefined
  readonly type?: string | null | undefined
  readonly requester?: string | null | undefined
  readonly assignee?: string | null | undefined
  readonly url?: string | null | undefined
  /** When it was so, by the clock of the source, RFC 3339; null: it does not say. */
  readonly at: string | null
  /** What to ask for, if it is to make a request. */
  readonly asks: AsksFor | null
  /** Who decides, and how; the person by the id in the source, null where the payload names none. */
  readonly says: { readonly verdict: 'approve' | 'deny'; readonly person: string | null } | null
}

/** Forms of keys; those of Jira and GitHub become parts of addresses. */
const keyForms = {
  jira: /^[A-Z][A-Z0-9_]{0,49}-\d{1,18}$/,
  github: /^[\w-]{1,39}\/(?!\.{1,2}#)[\w.-]{1,50}#\d{1,9}$/,
  generic: /^[^\p{C}]{1,100}$/u,
} as const

/**
 * What a payload says, as its source maps it. Null: it is about no ticket. Pure. Throws `invalid_ticket` for what is there and is
 * not what it should be.
 */
export function readPayload(source: TicketSource, payload: unknown, fields: Fields = readFields(source, payload)): Reading | null {
  for (const field of ['key', 'status', 'type', 'requester', 'assignee', 'at', 'url', 'comment'] as const) {
    const { where, fault } = fields[field]
    if (fault !== null) throw invalid(field, `${where} ${fault}.`)
  }
  const key = fields.key.text
  if (key === undefined || key === null) return null
  if (!keyForms[source.kind].test(key))
    throw invalid('key', `${JSON.stringify(key.slice(0, 100))} is no key of a ticket of ${source.kind}.`)
  const own = isOwnComment(fields.comment.text ?? '')
  return {
    key,
    status: isDeleted(source, payload) ? DELETED : (fields.status.text ?? undefined),
    type: fields.type.text,
    requester: fields.requester.text,
    assignee: fields.assignee.text,
    url: fields.url.text,
    at: timeOf(fields.at.text ?? null),
    asks: own || source.creates === null || !holds(source.creates, payload) ? null : asksFor(fields),
    says: own ? null : saidIn(source, payload),
  }
}

function asksFor(fields: Fields): AsksFor {
  const { database, dbUser, principal, duration, reason } = fields
  const text = (field: (typeof fields)[keyof Fields]): string | null => field.text ?? null
  return { database: text(database), dbUser: text(dbUser), principal: text(principal), duration: text(duration), reason: text(reason) }
}

function saidIn({ approves, denies }: TicketSource, payload: unknown): Reading['says'] {
  for (const [verdict, said] of [
    ['deny', denies],
    ['approve', approves],
  ] as const) {
    if (said === null || !holds(said.when, payload)) continue
    return { verdict, person: plainText(atPointer(payload, said.person)) }
  }
  return null
}

/** An issue that is deleted, or moved to where its key is another, is closed here. */
function isDeleted({ kind }: TicketSource, payload: unknown): boolean {
  if (kind === 'jira') return atPointer(payload, '/webhookEvent') === 'jira:issue_deleted'
  const action = atPointer(payload, '/action')
  return kind === 'github' && (action === 'deleted' || action === 'transferred') && atPointer(payload, '/comment') === undefined
}

const FORM = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/

/** Milliseconds or seconds since 1970, RFC 3339 or as ServiceNow prints it; a time without zone is UTC. */
function timeOf(text: string | null): string | null {
  if (text === null) return null
  const number = /^\d{9,14}$/.test(text) ? Number(text) * (text.length > 11 ? 1 : 1000) : Number.NaN
  const written = FORM.test(text) ? Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.replace(' ', 'T')}Z`) : number
  if (Number.isNaN(written)) throw invalid('at', `${JSON.stringify(text.slice(0, 100))} is no time.`)
  return new Date(written).toISOString()
}

const invalid = (field: string, detail: string): SallyportError =>
  new SallyportError('invalid_ticket', `The field ${field} cannot be read: ${detail}`)
