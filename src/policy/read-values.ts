/** What the texts of condition values stand for. Each is null for a text that AWS does not say how to read. */

/** An integer or decimal, of no more digits than a double holds exactly. */
export function numberOf(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15 ? Number(text) : null
}

/**
 * Milliseconds since 1970 of a date in one of the forms of www.w3.org/TR/NOTE-datetime, or in seconds since 1970. Four
 * digits would be a year in one and less than three hours after 1970 in the other.
 */
export function timeOf(text: string): number | null {
  if (/^\d{5,12}$/.test(text)) return Number(text) * 1000
  const [, day] = /^(\d{4}-\d\d(?:-\d\d)?)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text) ?? []
  if (day === undefined) return null
  const exists = new Date(day)
  if (Number.isNaN(exists.getTime()) || !exists.toISOString().startsWith(day)) return null // the 30th of February
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}

export function booleanOf(text: string): boolean | null {
  const small = text.toLowerCase()
  return small === 'true' || small === 'false' ? small === 'true' : null
}

/** The bytes that a base64 text encodes, as their hexadecimal digits. */
export function bytesOf(text: string): string | null {
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
  return isBase64 ? Buffer.from(text, 'base64').toString('hex') : null
}
