import { randomBytes } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A prefix and random capital letters and digits, as AWS makes its ids, e.g. `AROA` and 17 of them. */
export const randomId = (prefix: string, length: number): string =>
  prefix + [...randomBytes(length)].map((byte) => BASE32.charAt(byte % BASE32.length)).join('')
