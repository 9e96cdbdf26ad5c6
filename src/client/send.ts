import { readProblem, SallyportProblem, SallyportUnreachable } from './errors.ts'

/** How often a call is sent at most. */
const ATTEMPTS = 3
/** Milliseconds. A service that asks for a longer pause is not waited for: the caller is told. */
const LONGEST_PAUSE = 30_000
/** Between attempts where the service names no pause, in milliseconds; doubled each time. */
const FIRST_PAUSE = 250

/** Too many calls; not ready, or a proxy in front of Sallyport that did not reach it. */
const WORTH_REPEATING: ReadonlySet<number> = new Set([429, 502, 503, 504])

export interface Sending {
  readonly fetch: (request: Request) => Promise<Response>
  /** Milliseconds for each attempt, the whole answer included. */
  readonly timeout: number
  readonly token: () => string | Promise<string>
}

/** An answer that has arrived whole. */
interface Arrived {
  readonly response: Response
  readonly text: string
}

/**
 * Sends a call until it is answered: again where the connection is lost, or where the service is not ready and says so
 * (429, 503, `Retry-After`). A POST gets an `Idempotency-Key` of its own, so that repeating it changes nothing twice. A DELETE
 * whose answer was lost is not repeated: the second would be told that there is nothing to delete.
 * Follows no redirect: the token is for this address only. Answers success as JSON; throws SallyportProblem and
 * SallyportUnreachable.
 */
export const sendWith =
  (sending: Sending) =>
  async (request: Request): Promise<Response> => {
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID())
    for (let attempt = 1; ; attempt++) {
      const last = attempt === ATTEMPTS
      const outcome = await once(sending, request).catch((error: unknown) => {
        if (last || request.method === 'DELETE' || !isLost(error)) throw error
        return null
      })
      const pause = outcome === null ? null : retryAfter(outcome.response)
      if (outcome !== null && (last || !isWorthRepeating(outcome) || (pause ?? 0) * 1000 > LONGEST_PAUSE)) return judge(request, outcome)
      await pauseFor(pause === null ? backoff(attempt) : pause * 1000, request.signal)
    }
  }

const isLost = (error: unknown): boolean => error instanceof SallyportUnreachable && error.reason === 'no_answer'

function isWorthRepeating({ response, text }: Arrived): boolean {
  if (WORTH_REPEATING.has(response.status)) return true
  return response.status === 409 && readProblem(text)?.code === 'idempotency_in_progress'
}

async function once({ fetch, timeout, token }: Sending, request: Request): Promise<Arrived> {
  request.headers.set('authorization', `Bearer ${checkedToken(await token())}`)
  const late = AbortSignal.timeout(timeout)
  const attempt = new Request(request.clone(), { redirect: 'manual', signal: AbortSignal.any([request.signal, late]) })
  try {
    const response = await fetch(attempt)
    return { response, text: await response.text() }
  } catch (cause) {
    if (request.signal.aborted) throw cause
    const why = { idempotencyKey: request.headers.get('idempotency-key'), cause }
    if (late.aborted) throw new SallyportUnreachable('timeout', `${named(request)}: no answer within ${timeout / 1000} seconds.`, why)
    throw new SallyportUnreachable('no_answer', `${named(request)}: no answer (${reasonOf(cause)}).`, why)
  }
}

/** The platform's own refusal of such a header would repeat the token. */
function checkedToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new TypeError('The token for Sallyport is empty, or has characters that no token has, such as white space.')
}

function judge(request: Request, { response, text }: Arrived): Response {
  const isJson = /^application\/([\w.-]+\+)?json\b/.test(response.headers.get('content-type') ?? '')
  if (response.status === 204) return response
  if (response.ok && isJson && isReadable(text)) return new Response(text, { status: response.status, headers: response.headers })
  const problem = isJson && !response.ok ? readProblem(text) : null
  if (problem === null) {
    throw new SallyportUnreachable('not_sallyport', `${named(request)}: ${strangeness(response)}`, {
      idempotencyKey: request.headers.get('idempotency-key'),
    })
  }
  throw new SallyportProblem(problem, { requestId: response.headers.get('x-request-id'), retryAfter: retryAfter(response) })
}

function isReadable(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

function strangeness(response: Response): string {
  const to = response.headers.get('location')
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    return `answered with a redirect${to === null ? '' : ` to ${to}`}, which is not followed; is the base URL right?`
  }
  const kind = response.headers.get('content-type') ?? 'no content type'
  return `answered ${response.status} with ${kind}, which is not an answer of Sallyport's; is the base URL right?`
}

/** Without the query: it may say more than a log should. */
function named({ method, url }: Request): string {
  const { origin, pathname } = new URL(url)
  return `${method} ${origin}${pathname}`
}

/** The code that the platform has for it: ECONNREFUSED, ENOTFOUND and the like. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

/** Seconds, by either form of RFC 9110, 10.2.3; null if it is not said. */
function retryAfter({ headers }: Response): number | null {
  const said = headers.get('retry-after')
  if (said === null) return null
  if (/^\d{1,9}$/.test(said)) return Number(said)
  const at = Date.parse(said)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}

/** Spread, so that many callers do not return in step. */
const backoff = (attempt: number): number => FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)

const pauseFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
