import { styleText } from 'node:util'
import Table from 'cli-table3'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A point in time for a table: local, the day only if it is another one, and how far away it is. */
export function when(iso: string, now: Date): string {
  const [day, time] = local(new Date(iso))
  return `${day === local(now)[0] ? '' : `${day} `}${time} (${away(iso, now)})`
}

/** In full, with the local offset from UTC. */
export function exactly(iso: string, now: Date): string {
  const at = new Date(iso)
  const offset = -at.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`
  return `${local(at).join(' ')} ${zone} (${away(iso, now)})`
}

/** `in 42 min`, `2 h 5 min ago`. */
function away(iso: string, now: Date): string {
  const milliseconds = Date.parse(iso) - now.getTime()
  const length = long(Math.abs(milliseconds))
  return milliseconds < 0 ? `${length} ago` : `in ${length}`
}

/** A duration of the API, such as `PT1H30M`, as `1 h 30 min`. */
export function lasting(iso: string): string {
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso) ?? []
  return long((Number(weeks) * 7 + Number(days)) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000)
}

/** Two units at most, to the nearest minute beyond one. */
function long(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`
  const minutes = Math.round(milliseconds / MINUTE)
  const parts = [
    [Math.floor(minutes / (24 * 60)), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

function local(at: Date): readonly [day: string, time: string] {
  return [`${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`, `${two(at.getHours())}:${two(at.getMinutes())}`]
}

const two = (number: number): string => String(Math.floor(number)).padStart(2, '0')

const nothing = { top: '', left: '', right: '', bottom: '', mid: '' }
const chars = {
  ...nothing,
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  'left-mid': '',
  'mid-mid': '',
  'right-mid': '',
  middle: '  ',
}

/** Columns without lines; a cell has one line unless it is given several. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], chars, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } })
  for (const row of rows) table.push([...row])
  return trimmed(table.toString())
}

/** What is known of one thing: a name and a value a line; values that are null are left out. */
export function facts(known: readonly (readonly [name: string, value: string | null])[]): string {
  const table = new Table({ chars, style: { border: [], 'padding-left': 0, 'padding-right': 0 } })
  for (const [name, value] of known) if (value !== null) table.push([`  ${name}`, value])
  return trimmed(table.toString())
}

const trimmed = (text: string): string => text.replaceAll(/ +$/gm, '')

/** On one line, so that what somebody wrote does not look like a line of ours. */
export const inline = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** For a cell of a table. */
export const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)

type Status = 'pending' | 'approved' | 'denied' | 'withdrawn' | 'expired' | 'scheduled' | 'applying' | 'active' | 'revoking' | 'ended'
const colors = { active: 'green', approved: 'green', pending: 'yellow', applying: 'yellow', revoking: 'yellow', denied: 'red' } as const

/** A status, coloured where colours are shown. */
export function status(of: Status, isColored: boolean): string {
  const color = of in colors ? colors[of as keyof typeof colors] : null // it was just looked for
  return isColored && color !== null ? styleText(color, of, { validateStream: false }) : of
}
