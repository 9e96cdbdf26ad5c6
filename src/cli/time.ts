import { UsageError } from './failure.ts'

const WRITTEN = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/

/** A duration as people write it, such as `90m` or `1h30m`, as ISO 8601; one in ISO 8601 as it is. */
export function readDuration(text: string): string {
  if (text.startsWith('P')) return text
  const [whole, days, hours, minutes] = WRITTEN.exec(text.replaceAll(' ', '')) ?? []
  if (whole === undefined || whole === '') throw new UsageError(`${JSON.stringify(text)} is not a duration such as 90m, 2h, 1h30m or PT2H.`)
  const time = `${hours === undefined ? '' : `${hours}H`}${minutes === undefined ? '' : `${minutes}M`}`
  return `P${days === undefined ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`
}

/** A time as people write it: RFC 3339, or without an offset, which is the local time of this machine. In UTC. */
export function readTime(text: string): string {
  const written = text.trim().replace(' ', 'T')
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.test(written) ? new Date(written) : null
  if (time !== null && !Number.isNaN(time.getTime())) return time.toISOString()
  throw new UsageError(`${JSON.stringify(text)} is not a time such as "2026-11-24 09:00" (local) or 2026-11-24T09:00:00Z.`)
}
