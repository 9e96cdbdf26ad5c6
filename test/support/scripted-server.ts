import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach } from 'vitest'

/** A call as it came. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Reply = (response: ServerResponse, received: Received) => unknown

/** An HTTP server on loopback that answers what a test tells it to: the replies in turn, the last one for good. */
export function scriptedServer() {
  const state = { url: '', replies: [] as Reply[], received: [] as Received[] }
  const answer: RequestListener = async (request, response) => {
    const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: await text(request) }
    state.received.push(call)
    const reply = state.replies.length > 1 ? state.replies.shift() : state.replies[0]
    await reply?.(response, call)
  }
  const server = createServer((request, response) => void Promise.resolve(answer(request, response)))

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP socket that listens has one
  })
  beforeEach(() => {
    state.replies = []
    state.received = []
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  return {
    get url() {
      return state.url
    },
    get received(): readonly Received[] {
      return state.received
    },
    replies: (...replies: readonly Reply[]) => {
      state.replies = [...replies]
    },
  }
}

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) =>
    response
      .writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers })
      .end(JSON.stringify(body))

/** A problem as Sallyport writes them. */
export const problem = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Reply =>
  json(
    status,
    {
      type: `urn:sallyport:error:${code}`,
      title: 'Title',
      status,
      detail: `The detail of ${code}.`,
      code,
      remedy: 'Remedy.',
      instance: 'urn:x',
    },
    headers,
  )

export const html =
  (status: number): Reply =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Something else</h1>')

/** Takes the call and cuts the connection. */
export const cut: Reply = (response) => response.destroy()
/** Takes the call and never answers. */
export const silence: Reply = () => {}
