import { typeidUnboxed } from 'typeid-js'

/** What each prefix names. Ids are UUIDv7 in TypeID form, so they sort by the time they were made. */
const idPrefixes = {
  req: 'request',
  dec: 'decision',
  cmt: 'comment',
  grt: 'grant',
  tgt: 'target',
  dbs: 'database',
  evt: 'audit event',
  key: 'API key',
  whk: 'webhook',
  idn: 'identity',
  pln: 'plan of IAM writes',
  wrt: 'IAM write',
} as const

export type IdPrefix = keyof typeof idPrefixes
export type Id<P extends IdPrefix> = `${P}_${string}`

/** A new id, e.g. `req_01h455vb4pex5vsknk084sn02q`. */
export const newId = <P extends IdPrefix>(prefix: P): Id<P> => typeidUnboxed(prefix) as string as Id<P> // the library brands its own string type

/** The 26 characters after the prefix: Crockford base32, 128 bits (github.com/jetify-com/typeid). */
export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)

export const isId = <P extends IdPrefix>(prefix: P, text: string): text is Id<P> => idPattern(prefix).test(text)
