import type { RichTextBlock } from '@slack/types'
import type { SallyportFile } from '../config/index.ts'
import { formatDuration } from '../kernel/duration.ts'
import { explainPolicy, printDocument } from '../policy/index.ts'
import { type printRequest, type Request, resourceOf } from '../requests/index.ts'
import { at, bold, code, lines, type Word } from './rich-text.ts'

/** A request as it stands, with the rules and people in force. */
export interface Shown {
  readonly request: Request
  /** As the API shows it. */
  readonly printed: ReturnType<typeof printRequest>
  readonly file: SallyportFile
}

/** How many entitlements, warnings or grants a message tells one by one. */
export const MOST_TOLD = 8

export const nameOf = ({ people }: SallyportFile, id: string): string => {
  const name = people.find((person) => person.id === id)?.displayName ?? id
  return name === id ? id : `${name} (${id})`
}

/** People by their names; of many the first. */
export function namesOf(file: SallyportFile, ids: readonly string[]): string {
  const names = ids.slice(0, MOST_TOLD).map((id) => nameOf(file, id))
  return [...names, ...(ids.length > names.length ? [`${ids.length - names.length} more`] : [])].join(', ')
}

/** What a message is about, in a few words for its title. */
export function subjectOf({ request }: Shown): string {
  const [first] = request.entitlements
  const name = first === undefined ? '' : (first.database?.identifier ?? `every database of ${first.place.region}`)
  return request.entitlements.length > 1 ? `${name} and ${request.entitlements.length - 1} more` : name
}

/** Who, for whom, what, as which principal, for how long, and on account of which ticket. */
export function factsOf({ request, file }: Shown): RichTextBlock {
  const { requesterId, beneficiaryId, principal, path, durationSeconds, startsAt, ticket } = request
  const told = request.entitlements.slice(0, MOST_TOLD)
  const rows: Word[][] = [
    [bold('Who: '), nameOf(file, requesterId), ...(requesterId === beneficiaryId ? [] : [', for ', nameOf(file, beneficiaryId)])],
    ...told.map((entitlement) => [bold('What: '), ...entitlementWords(file, entitlement)]),
    ...(request.entitlements.length > told.length ? [[`and ${request.entitlements.length - told.length} more`]] : []),
    [bold('Principal: '), code(principal.arn), ...(path === 'access-role' ? [', through an access role'] : [])],
    [bold('How long: '), durationWords(durationSeconds), ...(startsAt === null ? [] : [', from ', at(startsAt)])],
    ...(ticket === null ? [] : [[bold('Ticket: '), `${ticket.system} ${ticket.key}${ticket.url === undefined ? '' : ` ${ticket.url}`}`]]),
  ]
  return lines(...rows)
}

function entitlementWords(file: SallyportFile, { database, place, dbUser }: Request['entitlements'][number]): Word[] {
  const account = file.accounts.find(({ id }) => id === place.accountId)
  const where = `${place.region}, account ${account === undefined ? place.accountId : `${account.name} ${account.id}`}`
  const user = dbUser === '*' ? [bold('every user')] : [code(dbUser)]
  if (database === null) return [...user, ' of ', bold('every database'), ` (${where})`]
  const tags = Object.entries(database.tags).map(([key, value]) => `${key}: ${value}`)
  return [...user, ' of ', bold(database.identifier), ` (${[database.engine, where, ...tags].join(', ')})`]
}

/** The policy that an approval would write, in the words of `policy explain`; and what its wildcards reach. */
export function policyWords({ request, printed }: Shown): RichTextBlock {
  const databases = request.entitlements.flatMap(({ database }) =>
    database === null ? [] : [{ ...database, account: database.accountId, dbUsers: null, members: [] }],
  )
  const document = printDocument(request.entitlements.map(resourceOf))
  const { words } = explainPolicy(document, { databases, account: request.principal.accountId })
  // The words name the statement of a policy that nobody here sees.
  const sentences = words.map((sentence) => sentence.replace(/, by \/Statement\/\d+\.$/, '.'))
  const covers = printed.entitlements.flatMap((entitlement) => entitlement.covers ?? [])
  return lines([bold('In words:')], ...[...sentences, ...covers].slice(0, MOST_TOLD).map((sentence) => [sentence]))
}

/** Whole seconds as `8 h 30 min`. */
export function durationWords(seconds: number): string {
  const [, hours, minutes, rest] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(formatDuration(seconds)) ?? []
  const parts = [
    [hours, 'h'],
    [minutes, 'min'],
    [rest, 's'],
  ] as const
  return parts.flatMap(([count, unit]) => (count === undefined ? [] : `${count} ${unit}`)).join(' ')
}
