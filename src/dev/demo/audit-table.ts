import Table from 'cli-table3'
import type { ApiEvent } from './api-client.ts'

/** The audit trail, oldest first, as a table of about 110 columns. */
export function auditTable(events: readonly ApiEvent[]): string {
  const table = new Table({ head: ['time', 'who', 'what', 'of what', 'more'], style: { head: [], border: [], compact: true } })
  for (const event of [...events].reverse()) table.push([event.at.slice(11, 23), who(event), event.type, subject(event), more(event)])
  return table.toString()
}

const who = ({ actor }: ApiEvent): string => actor.person ?? actor.credential

/** The last characters of an id tell it apart within one demo. */
const subject = ({ request, grant, target }: ApiEvent): string => {
  const id = grant ?? request ?? target
  return id === null ? '' : `${id.slice(0, 4)}…${id.slice(-6)}`
}

const shown = ['reason', 'verdict', 'code', 'operation', 'duration'] as const

const more = ({ payload }: ApiEvent): string =>
  shown
    .flatMap((key) => (typeof payload[key] === 'string' ? [payload[key]] : []))
    .join(' ')
    .slice(0, 30)
