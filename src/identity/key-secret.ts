import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Id, isId, newId } from '../kernel/ids.ts'

export interface NewKeySecret {
  readonly id: Id<'key'>
  /** `sp_<id without its prefix>_<secret>`: shown once, when it is made, and never kept. */
  readonly token: string
  readonly secretHash: string
}

/** Makes a key, or another secret for one: 256 random bits. */
export function newKeySecret(id = newId('key')): NewKeySecret {
  const secret = randomBytes(32).toString('base64url')
  return { id, token: `sp_${id.slice('key_'.length)}_${secret}`, secretHash: hashSecret(secret) }
}

export interface KeySecret {
  readonly id: Id<'key'>
  readonly secret: string
}

/** The id and secret in a token, or null if it has not the form of one. */
export function parseToken(token: string): KeySecret | null {
  const [, suffix = '', secret = ''] = /^sp_([0-9a-z]{26})_([\w-]{43})$/.exec(token) ?? []
  const id = `key_${suffix}`
  return isId('key', id) ? { id, secret } : null
}

/** SHA-256 in hex. A secret of 256 random bits needs no slow hash: there is nothing to guess from. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** The one of these hashes that is the secret's, or null; compared in a time that tells nothing about where they differ. */
export function matchingHash(secret: string, hashes: readonly (string | null)[]): string | null {
  const hash = Buffer.from(hashSecret(secret), 'hex')
  return hashes.find((each) => each !== null && timingSafeEqual(hash, Buffer.from(each, 'hex'))) ?? null
}
