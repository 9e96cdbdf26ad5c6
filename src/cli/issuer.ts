import { z } from 'zod'
import { Refusal } from './failure.ts'

const TIMEOUT = 15_000

/** What is needed of an issuer's metadata (OpenID Connect Discovery 1.0, 3; RFC 8628, 4). */
export interface Issuer {
  readonly tokenEndpoint: string
  readonly deviceEndpoint: string
}

const metadataSchema = z.object({ issuer: z.string(), token_endpoint: z.string(), device_authorization_endpoint: z.string().optional() })

const errorSchema = z.object({ error: z.string(), error_description: z.string().optional() })

/** An issuer said no, by its code (RFC 6749, 5.2). */
export class IssuerError extends Refusal {
  readonly code: string

  constructor(code: string, description: string | undefined) {
    super(`The issuer refuses: ${description ?? code}${description === undefined ? '' : ` (${code})`}`)
    this.code = code
  }
}

/** Asks an issuer where its endpoints are. Throws a Refusal if it does not say, or is not what it was taken for. */
export async function discover(issuer: string): Promise<Issuer> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const { ok, body } = await exchange(url, {})
  const read = metadataSchema.safeParse(body)
  if (!ok || !read.success) throw new Refusal(`${url} is not the metadata of an OpenID provider; check the issuer.`)
  // Discovery, 4.3: letter by letter, or another issuer's metadata could be passed off as this one's.
  if (read.data.issuer !== issuer)
    throw new Refusal(`${url} is the metadata of ${read.data.issuer}; name the issuer exactly as it does itself.`)
  const device = read.data.device_authorization_endpoint
  if (device === undefined) throw new Refusal(`${issuer} has no device flow (RFC 8628); use an API key in SALLYPORT_TOKEN.`)
  return { tokenEndpoint: secure(read.data.token_endpoint), deviceEndpoint: secure(device) }
}

/** Secrets go over TLS, or stay on this machine. */
function secure(url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  if (protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))) return url
  throw new Refusal(`${url} is not a https URL; nothing secret is sent there.`)
}

/** Sends a form. Answers what fits the schema; throws an IssuerError for a refusal, and a Refusal for anything else. */
export async function postForm<Schema extends z.ZodType>(
  url: string,
  form: Readonly<Record<string, string>>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { ok, status, body } = await exchange(url, { method: 'POST', body: new URLSearchParams(form) })
  if (ok) {
    const answer = schema.safeParse(body)
    if (answer.success) return answer.data
  } else {
    const refused = errorSchema.safeParse(body)
    if (refused.success) throw new IssuerError(refused.data.error, refused.data.error_description)
  }
  throw new Refusal(`${url} answered ${status}, and nothing that an OAuth server answers.`)
}

async function exchange(
  url: string,
  init: RequestInit,
): Promise<{ readonly ok: boolean; readonly status: number; readonly body: unknown }> {
  try {
    const response = await fetch(secure(url), {
      ...init,
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return { ok: response.ok, status: response.status, body: await response.json().catch(() => null) }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`${new URL(url).origin} cannot be reached; check the issuer and the network.`, { cause: error })
  }
}
