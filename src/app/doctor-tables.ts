import Table from 'cli-table3'
import { type DoctorReport, type Finding, nameOf } from '../doctor/index.ts'

/** What `sallyport doctor` found, for people: tables that fit a terminal of 80 columns. */
export function doctorTables({ accounts, findings, identity, ok }: DoctorReport): string {
  return [
    ...(identity === null ? [] : [`Sallyport is ${identity}.`]),
    ...(accounts.length === 0 ? [] : [table(['account', 'tier', 'regions', 'in use'], [22, 11, 22, 20], accounts.map(accountRow))]),
    ...(findings.length === 0 ? [] : [table(['where', 'what is wrong, and its cure'], [22, 55], findings.map(findingRow))]),
    ok ? (findings.length === 0 ? 'Nothing is wrong.' : 'Nothing is wrong that keeps Sallyport from working.') : 'Something is wrong.',
  ].join('\n')
}

function accountRow({ id, name, tier, regions, room, principals }: DoctorReport['accounts'][number]): readonly string[] {
  const [fullest] = principals
  return [
    nameOf({ id, name }),
    tier,
    regions.map((region) => (region.reached ? region.name : `${region.name} (not reached)`)).join('\n'),
    [
      ...room.map(({ what, used, quota }) => `${used}/${quota} ${what}`),
      ...(fullest === undefined ? [] : [`${fullest.attached}/${fullest.quota} policies on one principal`]),
    ].join('\n'),
  ]
}

const findingRow = ({ level, where, what, cure }: Finding): readonly string[] => [`${level}\n${where}`, `${what}\n→ ${cure}`]

function table(head: string[], colWidths: number[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({ style: { head: [], border: [] }, wordWrap: true, head, colWidths })
  for (const row of rows) drawn.push(row.map((cell, column) => withoutLongWords(cell, (colWidths[column] ?? 0) - 2)))
  return drawn.toString()
}

/** The table cuts off what is longer than a line of its cell. */
const withoutLongWords = (text: string, most: number): string => text.replace(new RegExp(`\\S{${most}}(?=\\S)`, 'g'), '$&\n')
