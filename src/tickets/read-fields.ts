import { requestFields, type TicketField, type TicketSource, ticketFields } from '../config/index.ts'
import { atPointer } from '../kernel/json-pointer.ts'
import { plainText } from './plain-text.ts'

/** What a payload says of one field. */
export interface FieldReading {
  /** Where it was looked for, in words; null: the source does not say where it would be. */
  readonly where: string | null
  /** Undefined: the payload does not speak of it. Null: it says that there is none. */
  readonly text: string | null | undefined
  /** Why what is there is no text. */
  readonly fault: string | null
}

export type Fields = Readonly<Record<TicketField, FieldReading>>

const LONGEST = 2000

/** Reads every field that a source maps. Pure; never throws, whatever the payload. */
export function readFields(source: TicketSource, payload: unknown): Fields {
  const all = [...ticketFields, ...requestFields]
  const read = Object.fromEntries(all.map((field) => [field, readField(source, field, payload)])) as Record<TicketField, FieldReading>
  return source.kind === 'github' ? { ...read, key: githubKey(payload) } : read
}

function readField({ fields }: TicketSource, field: TicketField, payload: unknown): FieldReading {
  const from = fields[field]
  if (from === undefined) return { where: null, text: undefined, fault: null }
  const { pointer, heading, fallback } = from
  if (pointer === null) return { where: 'constant', text: fallback, fault: null }
  const where = heading === null ? pointer : `${pointer}, under ${JSON.stringify(heading)}`
  const value = atPointer(payload, pointer)
  if (value === undefined || value === null) return { where, text: fallback ?? emptyAt(payload, pointer), fault: null }
  const text = plainText(value)
  if (text === null) return { where, text: undefined, fault: `is a ${Array.isArray(value) ? 'list' : 'set of members'}, and no text` }
  const found = heading === null ? text : underHeading(text, heading)
  if (found.length > LONGEST && field !== 'comment') return { where, text: undefined, fault: `is longer than ${LONGEST} characters` }
  return { where, text: found === '' ? fallback : found, fault: null }
}

/** Null where the payload says that there is none, as `"assignee": null` does for everything in it; undefined where it does not speak of it. */
function emptyAt(payload: unknown, pointer: string): null | undefined {
  const parts = pointer.split('/').slice(1)
  return parts.some((_, index) => atPointer(payload, `/${parts.slice(0, index + 1).join('/')}`) === null) ? null : undefined
}

/** What stands under a heading of Markdown, up to the next one; empty if nothing does. GitHub's issue forms write `_No response_` for nothing. */
function underHeading(markdown: string, heading: string): string {
  const lines = markdown.split(/\r?\n/)
  const start = lines.findIndex((line) => /^#{1,6} (.*)$/.exec(line)?.[1]?.trim() === heading)
  if (start < 0) return ''
  const length = lines.slice(start + 1).findIndex((line) => /^#{1,6} /.test(line))
  const text = lines
    .slice(start + 1, length < 0 ? undefined : start + 1 + length)
    .join('\n')
    .trim()
  return text === '_No response_' ? '' : text
}

/** Issues are numbered in their repository. */
function githubKey(payload: unknown): FieldReading {
  const where = '/repository/full_name and /issue/number'
  const [name, number] = [atPointer(payload, '/repository/full_name'), atPointer(payload, '/issue/number')]
  if (number === undefined) return { where, text: undefined, fault: null }
  const fits = typeof name === 'string' && typeof number === 'number'
  return fits
    ? { where, text: `${name}#${number}`, fault: null }
    : { where, text: undefined, fault: 'is not the name of a repository and a number' }
}
