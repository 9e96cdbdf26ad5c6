interface Range {
  readonly bits: 32 | 128
  readonly address: bigint
  readonly prefix: number
}

/** Whether an address is in a range (`203.0.113.0/24`, `2001:db8::/32`, or one address); null if either is not such a text. */
export function inRange(range: string, address: string): boolean | null {
  const wide = parseRange(range)
  const narrow = parseRange(address)
  if (wide === null || narrow === null || narrow.prefix !== narrow.bits) return null
  const free = BigInt(wide.bits - wide.prefix)
  return wide.bits === narrow.bits && wide.address >> free === narrow.address >> free
}

function parseRange(text: string): Range | null {
  const [, address = '', prefixText] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const parsed = address.includes(':') ? parseV6(address) : parseV4(address)
  if (parsed === null) return null
  const bits = address.includes(':') ? 128 : 32
  const prefix = prefixText === undefined ? bits : Number(prefixText)
  return prefix > bits ? null : { bits, address: parsed, prefix }
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n)
}

/** RFC 4291, section 2.2: eight groups, `::` once for groups of zero, the last two groups perhaps as IPv4. */
function parseV6(text: string): bigint | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const v4 = tail === null ? 0n : parseV4(tail[2] ?? '')
  if (v4 === null) return null
  const groups = tail === null ? text : `${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`
  const halves = groups.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const [left = [], right] = halves
  const missing = 8 - left.length - (right?.length ?? 0)
  if (halves.length > 2 || (right === undefined ? missing !== 0 : missing < 1)) return null
  const all = [...left, ...Array<string>(missing).fill('0'), ...(right ?? [])]
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n)
}
