import { lookup } from 'node:dns/promises'
import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIPv6 } from 'node:net'
import type { AllowAddress } from './allowed-address.ts'
import type { Outcome, Trouble } from './outcome.ts'
import { addressIn, portOf } from './webhook-url.ts'

/** Every address that a name has. Rejects where it has none, or cannot be asked. */
export type Resolve = (name: string) => Promise<readonly string[]>

/** As the operating system resolves names, hosts file included. */
export const systemResolve: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

export interface Network {
  readonly resolve: Resolve
  readonly allow: AllowAddress
  /** Milliseconds for one attempt, from the first look-up to the status of the answer. */
  readonly timeout: number
}

export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

class Refused extends Error {
  readonly code: Trouble
  constructor(code: Trouble, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * POSTs once and tells what came of it; never throws. The name is resolved here, every address it has is checked, and only
 * those are connected to: a name that changes between check and connection gains nothing. Redirects are not followed and no
 * proxy is used. The answer's body is not read: its status says all.
 */
export async function send({ resolve, allow, timeout }: Network, { url: text, headers, body }: Post): Promise<Outcome> {
  const url = new URL(text)
  const signal = AbortSignal.timeout(timeout)
  const line = { connected: false }
  const unknown = () => (line.connected ? ({ mayHaveArrived: true } as const) : {})
  try {
    const addresses = await abortable(signal, addressesOf(url, resolve))
    refuseUnlessAllowed(url, addresses, allow)
    return await post(url, { addresses, signal, line, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } }, body)
  } catch (error) {
    if (signal.aborted)
      return { status: null, trouble: 'timed_out', detail: `There was no answer within ${timeout / 1000} s.`, ...unknown() }
    if (error instanceof Refused) return { status: null, trouble: error.code, detail: error.message }
    return { status: null, trouble: 'not_reached', detail: `The connection failed: ${codeOf(error)}.`, ...unknown() }
  }
}

async function addressesOf(url: URL, resolve: Resolve): Promise<readonly string[]> {
  const address = addressIn(url)
  if (address !== null) return [address]
  const addresses = await resolve(url.hostname).catch((error: unknown) => {
    throw new Refused('name_not_found', `The host name cannot be resolved: ${codeOf(error)}.`)
  })
  if (addresses.length === 0) throw new Refused('name_not_found', 'The host name has no address.')
  return addresses
}

/** One address of several that is not allowed is enough: which one would be tried first is not for the receiver to say. */
function refuseUnlessAllowed(url: URL, addresses: readonly string[], allow: AllowAddress): void {
  for (const address of addresses) {
    const allowed = allow(address)
    if (allowed === null) throw new Refused('address_refused', `${address} is not a public address, and not allowed by the operators.`)
    if (allowed === 'anywhere' && url.protocol === 'http:')
      throw new Refused('address_refused', `Without TLS nothing is sent to ${address}, which the operators have not allowed.`)
  }
}

interface Connection {
  readonly addresses: readonly string[]
  readonly signal: AbortSignal
  /** Told of the connection once it is made. */
  readonly line: { connected: boolean }
  readonly headers: Readonly<Record<string, string>>
}

async function post(url: URL, { addresses, signal, line, headers }: Connection, body: string): Promise<Outcome> {
  const https = url.protocol === 'https:'
  const options: RequestOptions = {
    method: 'POST',
    host: addressIn(url) ?? url.hostname,
    port: portOf(url),
    path: url.pathname + url.search,
    headers: { ...headers, host: url.host },
    agent: https ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }), // never the global one, which may be a proxy's
    lookup: checked(addresses),
    signal,
  }
  const response = await new Promise<IncomingMessage>((answered, failed) => {
    const request = (https ? requestHttps : requestHttp)(options, answered)
    request.on('error', failed)
    request.on('socket', (socket) =>
      socket.once(https ? 'secureConnect' : 'connect', () => {
        line.connected = true
      }),
    )
    request.end(body)
  })
  const status = response.statusCode ?? 0
  response.on('error', () => {}) // of the body that nobody waits for
  response.destroy()
  return outcomeOf(status, response.headers['retry-after'])
}

function outcomeOf(status: number, retryAfter: string | undefined): Outcome {
  if (status >= 200 && status < 300) return { status, trouble: null, detail: null }
  if (status === 410) return { status, trouble: 'gone', detail: 'It answered 410: it wants no more messages.' }
  if (status >= 300 && status < 400) return { status, trouble: 'redirected', detail: `It answered ${status}; redirects are not followed.` }
  const wait = /^\d{1,5}$/.test(retryAfter ?? '') ? { retryAfter: Number(retryAfter) } : {}
  return { status, trouble: 'refused', detail: `It answered ${status}.`, ...wait }
}

/** Gives the connection the addresses that were checked, and no chance to look again. */
const checked =
  (addresses: readonly string[]): NonNullable<RequestOptions['lookup']> =>
  (_name, options, done) => {
    const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
    const [first] = all
    if (options.all === true) done(null, all)
    else done(null, first?.address ?? '', first?.family)
  }

const abortable = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('timed out')), { once: true })),
  ])

/** The code of an error of Node's or of TLS, such as ECONNREFUSED or CERT_HAS_EXPIRED; its text may repeat what the other side said. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason'
