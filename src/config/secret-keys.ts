import { z } from 'zod'

/** A key of AES-256. */
const KEY_BYTES = 32

/** Keys by which secrets are sealed in Postgres: the first seals, all of them open. Their values are never repeated in a message. */
export const secretKeys = z.string().transform((text, context) => {
  const keys = text.split(',').map((each) => Buffer.from(each.trim(), 'base64'))
  if (keys.every((key) => key.length === KEY_BYTES)) return keys
  context.addIssue({
    code: 'custom',
    message: 'is not a key of 32 bytes in base64, or several with commas between them; make one with: openssl rand -base64 32',
  })
  return z.NEVER
})
