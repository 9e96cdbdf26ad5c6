import { z } from 'zod'
import { Refusal } from './failure.ts'
import { type Issuer, IssuerError, postForm } from './issuer.ts'
import type { Terminal } from './terminal.ts'

/** What is kept of a token answer (RFC 6749, 5.1). */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
})

export type Tokens = z.output<typeof tokenSchema>

const deviceSchema = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.string(),
  verification_uri_complete: z.string().optional(),
  expires_in: z.number().positive(),
  interval: z.number().positive().default(5),
})

/** What the person is told to do. */
export interface Instructions {
  readonly userCode: string
  readonly uri: string
  readonly completeUri: string | null
}

/**
 * The device authorization grant (RFC 8628): has the person log in with any browser, and waits for it at the pace that
 * the issuer names. Throws a Refusal when they say no, or the time is over.
 */
export async function deviceFlow(
  issuer: Issuer,
  { clientId, scope }: { readonly clientId: string; readonly scope: string },
  show: (instructions: Instructions) => void,
  { now, pause }: Pick<Terminal, 'now' | 'pause'>,
): Promise<Tokens> {
  const device = await postForm(issuer.deviceEndpoint, { client_id: clientId, scope }, deviceSchema)
  show({ userCode: device.user_code, uri: device.verification_uri, completeUri: device.verification_uri_complete ?? null })
  const end = now().getTime() + device.expires_in * 1000
  let interval = device.interval * 1000
  while (now().getTime() < end) {
    await pause(interval)
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: device.device_code, client_id: clientId }
    const answer = await postForm(issuer.tokenEndpoint, form, tokenSchema).catch((error: unknown) => {
      if (!(error instanceof IssuerError)) throw error
      if (error.code === 'slow_down')
        interval += 5000 // RFC 8628, 3.5
      else if (error.code === 'access_denied') throw new Refusal('The login was refused in the browser.')
      else if (error.code === 'expired_token') throw tooLate()
      else if (error.code !== 'authorization_pending') throw error
      return null
    })
    if (answer !== null) return answer
  }
  throw tooLate()
}

const tooLate = () => new Refusal('Nobody has logged in in time. Run `sallyport login` again.')
