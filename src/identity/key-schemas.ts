import { z } from 'zod'
import { pageOf } from '../kernel/cursor.ts'
import { parseDuration } from '../kernel/duration.ts'
import type { ApiKey } from './api-key-store.ts'
import { scopes } from './caller.ts'
import type { KeyWithToken } from './create-key.ts'

/** The path of one key. */
export const keyParams = z.strictObject({
  ref: z.string().min(1).max(64).describe('The id or the name of a key.').meta({ example: 'portal' }),
})

/** An ISO 8601 duration as whole seconds. */
const seconds = (example: string) =>
  z
    .string()
    .refine((text) => parseDuration(text) !== null, `is not an ISO 8601 duration such as ${example}`)
    .transform((text) => parseDuration(text) ?? 0)

export const createKeyBody = z.strictObject({
  name: z
    .string()
    .max(64)
    .describe('Also the `via` of whatever is done with the key; never given to another key.')
    .meta({ example: 'portal' }),
  scopes: z.array(z.enum(scopes)).max(scopes.length).describe('What it may be used for.'),
  owner: z
    .string()
    .max(200)
    .nullable()
    .default(null)
    .describe('Whose key it is: it stops when they leave, and never decides what concerns them.'),
  decideGroups: z.array(z.string().max(200)).max(100).default([]).describe('With the scope `decide`: for whose people it may decide.'),
  lifetime: seconds('P90D')
    .nullable()
    .default(null)
    .describe('How long it lives, from now; null: until it is revoked.')
    .meta({ example: 'P90D' }),
})

export const rotateKeyBody = z.strictObject({
  overlap: seconds('PT1H')
    .nullable()
    .default(null)
    .describe('For how long the secret before stays good, at most P30D. Null: not at all, as when it has leaked.')
    .meta({ example: 'PT1H' }),
})

const instant = z.string().meta({ format: 'date-time', example: '2026-11-24T12:00:00.000Z' })

export const keySchema = z
  .strictObject({
    id: z.string().meta({ example: 'key_01kazv5vb4pex5vsknk084sn02' }),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    owner: z.string().nullable(),
    decideGroups: z.array(z.string()),
    state: z
      .enum(['valid', 'expired', 'revoked', 'ownerless'])
      .describe('`ownerless`: the person it belongs to has left the directory. Only a valid one is taken.'),
    createdAt: instant,
    expiresAt: instant.nullable().describe('Null: until it is revoked.'),
    revokedAt: instant.nullable(),
    rotatedAt: instant.nullable().describe('When it got the secret that it has.'),
    previousUntil: instant.nullable().describe('Until when the secret before is good, too.'),
    lastUsedAt: instant.nullable().describe('To the minute; null: never.'),
  })
  .meta({ id: 'ApiKey' })

export const keyPage = pageOf(keySchema).meta({ id: 'ApiKeyPage' })

/** With its token in the first answer, and never again. */
export const keyWithToken = keySchema
  .extend({
    token: z.string().nullable().describe('What programs send as `Authorization: Bearer …`. Told once: a repeat of the call has null.'),
  })
  .meta({ id: 'ApiKeyWithToken' })

/** A key in its wire form. */
export const printKey = (key: ApiKey): z.infer<typeof keySchema> => ({
  id: key.id,
  name: key.name,
  scopes: [...key.scopes],
  owner: key.ownerId,
  decideGroups: [...key.decideGroups],
  state: key.state,
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
  rotatedAt: key.rotatedAt?.toISOString() ?? null,
  previousUntil: key.previousUntil?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
})

/** The answer with the token, of which what is kept under an Idempotency-Key has none. */
export const toldOnce = (status: number, { key, token }: KeyWithToken) => ({
  status,
  body: { ...printKey(key), token: null },
  once: { token },
})
