import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'

/**
 * Seals signing secrets for Postgres with AES-256-GCM: a copy of the database alone signs nothing. A sealed secret reads
 * `<id of the key>:<nonce, text and tag in base64url>`, and opens only for the webhook that it was sealed for.
 */
export interface SealedSecrets {
  /** Throws `secret_key_missing` where there is no key. */
  seal(webhookId: Id<'whk'>, secret: string): string
  /** Throws `secret_key_missing` where the key is not among those given, and an Error for what was tampered with. */
  open(webhookId: Id<'whk'>, sealed: string): string
  /** Whether it is sealed with another key than new ones are. */
  isOld(sealed: string): boolean
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The first key seals, all of them open. */
export function sealedSecrets(keys: readonly Buffer[]): SealedSecrets {
  const byId = new Map(keys.map((key) => [idOf(key), key]))
  const [current] = byId
  const keyFor = (sealed: string): Buffer => {
    const [id = ''] = sealed.split(':')
    return byId.get(id) ?? missing(`The secret was sealed with key ${id}, which this process does not have.`)
  }
  return {
    seal: (webhookId, secret) => {
      const [id, key] = current ?? missing('This process has no key to seal secrets with.')
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(webhookId))
      return `${id}:${Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')}`
    },
    open: (webhookId, sealed) => {
      const key = keyFor(sealed)
      const bytes = Buffer.from(sealed.split(':')[1] ?? '', 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(webhookId)).setAuthTag(bytes.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
    },
    isOld: (sealed) => !sealed.startsWith(`${current?.[0] ?? ''}:`),
  }
}

/** A key is known by the beginning of its hash, so that nobody has to name it. */
const idOf = (key: Buffer): string => createHash('sha256').update('sallyport secret key ').update(key).digest('hex').slice(0, 16)

function missing(detail: string): never {
  throw new SallyportError('secret_key_missing', detail)
}
