import { isIP } from 'node:net'
import { z } from 'zod'

/** The addresses that begin with the first `prefix` bits of `address`. */
export interface AddressRange {
  readonly address: string
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
}

/** Ranges such as `10.20.0.0/16` or `fd12::/48`, with commas between them. */
export const addressRanges = z.string().transform((text, context) => {
  const parts = text.split(',').map((each) => each.trim())
  const ranges = parts.map(readRange)
  const wrong = parts.find((_, index) => ranges[index] === null)
  if (wrong === undefined) return ranges.filter((range) => range !== null)
  context.addIssue({ code: 'custom', message: `has ${JSON.stringify(wrong)}, which is not an address range such as 10.20.0.0/16` })
  return z.NEVER
})

function readRange(text: string): AddressRange | null {
  const [address = '', length = '', ...rest] = text.split('/')
  const version = isIP(address)
  const prefix = Number(length)
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length) || prefix > (version === 4 ? 32 : 128)) return null
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' }
}
