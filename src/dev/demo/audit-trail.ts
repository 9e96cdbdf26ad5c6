import Table from 'cli-table3'
import { type AuditEvent, answers } from './answers.ts'
import type { ApiClient } from './api-client.ts'

/** All that was recorded, oldest first. */
export async function readAuditTrail(auditor: ApiClient): Promise<readonly AuditEvent[]> {
  const events: AuditEvent[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: AuditEvent[]; nextCursor: string | null } = await auditor.get(
      `/v1/audit?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
      answers.events,
    )
    events.push(...page.items)
    cursor = page.nextCursor
  }
  return events.reverse()
}

/** The trail as a table of at most 120 columns. */
export function auditTable(events: readonly AuditEvent[]): string {
  const nameOf = namesIn(events)
  const rule = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' } // no line between rows
  const table = new Table({ head: ['time', 'who', 'what', 'subject'], style: { head: [], border: [] }, chars: rule })
  for (const event of events) {
    const who = event.actor.person ?? event.actor.credential
    table.push([
      event.at.toISOString().slice(11, 23),
      who,
      event.type,
      shortened([nameOf(event), detailOf(event)].filter(Boolean).join(': ')),
    ])
  }
  return table.toString()
}

const LONGEST_SUBJECT = 60

const shortened = (text: string): string => (text.length > LONGEST_SUBJECT ? `${text.slice(0, LONGEST_SUBJECT - 1)}…` : text)

/** Events name what they are about by ids; people know it as a principal and a database user. */
function namesIn(events: readonly AuditEvent[]): (event: AuditEvent) => string {
  const names = new Map<string, string>()
  const principals = new Map<string, string>()
  for (const { type, request, grant, target, payload } of events) {
    if (type === 'request.created' && request !== null) {
      const principal = text(payload['principal']).split(':').at(-1) ?? ''
      principals.set(request, principal)
      names.set(request, `${principal} as ${databaseUsersOf(payload['entitlements']).join(', ')}`)
    }
    if (type === 'grant.opened' && request !== null && grant !== null && target !== null) {
      const principal = principals.get(request) ?? request
      names.set(target, principal)
      names.set(grant, `${principal} as ${text(payload['resource']).split('/').at(-1)}`)
    }
  }
  return ({ request, grant, target }) => {
    const id = grant ?? request ?? target
    return id === null ? '' : (names.get(id) ?? id)
  }
}

const databaseUsersOf = (entitlements: unknown): string[] =>
  Array.isArray(entitlements) ? entitlements.map((each: { readonly dbUser?: unknown }) => text(each.dbUser)) : []

/** What else is worth a word, by type. */
function detailOf({ type, payload }: AuditEvent): string {
  if (type.startsWith('iam.write.')) {
    const document = payload['after'] === null ? '' : `, document ${text(payload['after']).slice(0, 8)}…`
    return `${text(payload['operation'])}${document}`
  }
  switch (type) {
    case 'request.created':
      return `“${text(payload['reason'])}”`
    case 'decision.recorded':
      return [text(payload['verdict']), text(payload['comment'])].filter((each) => each !== '').join(', ')
    case 'grant.ending':
    case 'grant.ended':
      return text(payload['reason'])
    case 'authority.refused':
      return `${text(payload['code'])}, ${text(payload['action'])}`
    case 'rules.activated':
      return `rule set ${text(payload['hashAfter']).slice(0, 8)}…`
    default:
      return ''
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
