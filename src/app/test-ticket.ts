import type { Readable } from 'node:stream'
import Table from 'cli-table3'
import {
  ConfigError,
  loadSallyportFile,
  requestFields,
  type SallyportFile,
  type TicketSource,
  ticketFields,
  ticketIssuer,
} from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import { askedByTicket, type Fields, type Reading, readFields, readPayload } from '../tickets/index.ts'
import { readText } from './read-text.ts'

export interface TestTicketOptions {
  readonly source?: string
  readonly config?: string
  readonly json: boolean
}

/**
 * `sallyport tickets test`: what a payload would do, by sallyport.yaml alone. Answers what to print, and the exit code: 1 if
 * something is missing. Throws a ConfigError for files that cannot be used.
 */
export async function testTicketCommand(
  path: string,
  options: TestTicketOptions & { readonly config: string },
  input: Readable,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const { file } = await loadSallyportFile(options.config)
  const source = chosen(file, options)
  const tested = test(file, source, parse(path, await readText(path, input)))
  return { text: options.json ? JSON.stringify(printed(tested), null, 2) : inWords(tested), exitCode: tested.problems.length === 0 ? 0 : 1 }
}

function chosen({ tickets }: SallyportFile, { source: name, config }: { readonly source?: string; readonly config: string }): TicketSource {
  const names = tickets.map((each) => each.name).join(', ')
  const [only, ...others] = name === undefined ? tickets : tickets.filter((each) => each.name === name)
  if (only !== undefined && others.length === 0) return only
  if (tickets.length === 0) throw new ConfigError([`${config}: lists no sources under tickets`])
  throw new ConfigError([
    name === undefined ? `--source: is needed, there are several: ${names}` : `--source: there is no ${name}; there are ${names}`,
  ])
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ConfigError([`${path}: is no JSON (${why}); give the body of a webhook as it was sent`])
  }
}

interface Tested {
  readonly source: TicketSource
  readonly fields: Fields
  readonly reading: Reading | null
  /** What happens, in lines. */
  readonly does: readonly string[]
  readonly request: object | null
  readonly problems: readonly string[]
}

function test(file: SallyportFile, source: TicketSource, payload: unknown): Tested {
  const fields = readFields(source, payload)
  let reading: Reading | null
  try {
    reading = readPayload(source, payload, fields)
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error
    return { source, fields, reading: null, does: [], request: null, problems: [error.message] }
  }
  if (reading === null) return { source, fields, reading, does: ['It is about no ticket, and is ignored.'], request: null, problems: [] }
  const requester = personOf(file, source, reading.requester ?? null)
  const asked =
    reading.asks === null
      ? null
      : askedByTicket(source, { key: reading.key, url: reading.url ?? null, asks: reading.asks, person: requester })
  return {
    source,
    fields,
    reading,
    does: doings(source, reading, personOf(file, source, reading.says?.person ?? null)),
    request: asked?.asked ?? null,
    problems: [
      ...(asked?.problems ?? []),
      ...(reading.asks !== null && requester === null ? [notLinked(source, reading.requester ?? null)] : []),
      ...(reading.says !== null && personOf(file, source, reading.says.person) === null ? [notLinked(source, reading.says.person)] : []),
    ],
  }
}

function doings(source: TicketSource, { key, status, asks, says }: Reading, decider: Person | null): string[] {
  const closes = status !== undefined && source.closed.includes(status)
  return [
    `Ticket ${key} is remembered${status === undefined ? '' : `, with the status ${status}, which is ${closes ? 'closed' : source.open?.includes(status) === false ? 'neither open nor closed' : 'open'}`}.`,
    ...(closes && source.endsAccess ? ['Access by it ends, and what waits is withdrawn.'] : []),
    ...(asks === null ? [] : ['It makes a request, unless it has made one before or is closed.']),
    ...(says === null
      ? []
      : [
          `${decider?.id ?? 'Somebody unknown'} ${says.verdict === 'approve' ? 'approves' : 'denies'} the request that waits, where its rule has decisionsFrom: [${source.name}].`,
        ]),
  ]
}

function personOf({ people }: SallyportFile, { name }: TicketSource, subject: string | null): Person | null {
  const isTheirs = (identity: { readonly issuer: string; readonly subject: string }) =>
    identity.issuer === ticketIssuer(name) && identity.subject === subject
  return people.find(({ identities }) => identities.some(isTheirs)) ?? null
}

const notLinked = ({ name }: TicketSource, subject: string | null): string =>
  subject === null
    ? 'the payload does not say who it is'
    : `nobody has the identity { issuer: ${ticketIssuer(name)}, subject: ${JSON.stringify(subject)} } under people`

const printed = ({ source, fields, reading, does, request, problems }: Tested) => ({
  source: source.name,
  fields,
  reading,
  does,
  request,
  problems,
})

function inWords({ fields, does, request, problems }: Tested): string {
  const table = new Table({ head: ['field', 'read at', 'value'], style: { head: [], border: [] } })
  for (const field of [...ticketFields, ...requestFields]) {
    const { where, text, fault } = fields[field]
    if (where !== null)
      table.push([field, where, fault ?? (text === undefined ? '(not said)' : text === null ? '(none)' : shortened(text))])
  }
  return [
    table.toString(),
    ...does,
    ...(request === null ? [] : ['', 'POST /v1/requests', JSON.stringify(request, null, 2)]),
    ...(problems.length === 0 ? [] : ['', ...problems.map((problem) => `Missing: ${problem}`)]),
  ].join('\n')
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
