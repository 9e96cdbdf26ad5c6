import { z } from 'zod'

/**
 * What the token of a session says. It is the whole record of the session: the stand-in stores none, so a
 * session outlives a restart and costs no write. Nothing is secret in it, and nothing keeps it from being forged.
 */
const session = z.strictObject({
  accessKeyId: z.string(),
  account: z.string().regex(/^\d{12}$/),
  roleId: z.string(),
  sessionName: z.string(),
  expires: z.iso.datetime(),
})

type Session = z.infer<typeof session>

export const writeSessionToken = (content: Session): string => Buffer.from(JSON.stringify(content)).toString('base64')

/** Null when it is not a token of ours. */
export function readSessionToken(token: string | null): Session | null {
  try {
    return session.parse(JSON.parse(Buffer.from(token ?? '', 'base64').toString()))
  } catch {
    return null
  }
}
