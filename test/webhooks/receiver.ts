import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll } from 'vitest'
import type { z } from 'zod'
import { messageTypes } from '../../src/webhooks/message.ts'
import { messageSchema } from '../../src/webhooks/message-schemas.ts'

export interface Received {
  readonly id: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Message = z.infer<ReturnType<typeof messageSchema>>

/** How an endpoint answers a message: by default 204. */
export type Answer = (response: ServerResponse, received: Received) => void

/** An HTTP server that keeps what it is sent, each path an endpoint of its own; closed after the file's tests. */
export function testReceiver() {
  const received: Received[] = []
  const answers = new Map<string, Answer>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      const message = {
        id: String(request.headers['webhook-id']),
        path,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      received.push(message)
      const answer = answers.get(path)
      if (answer === undefined) response.writeHead(204).end()
      else answer(response, message)
    })
  })
  beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: (path: string, host = '127.0.0.1') => `http://${host}:${(server.address() as AddressInfo).port}${path}`, // a TCP socket that listens has one
    at: (path: string) => received.filter((each) => each.path === path),
    answer: (path: string, answer: Answer | number) =>
      void answers.set(path, typeof answer === 'number' ? (response) => response.writeHead(answer).end() : answer),
  }
}

/** Verifies a message as a receiver does, by the published library, and reads it by its documented schema. */
export function verified(message: Received, secret: string): Message {
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
  new Verifier(secret).verify(message.body, headers)
  const content: unknown = JSON.parse(message.body)
  const type = [...messageTypes, 'ping' as const].find((each) => each === Reflect.get(Object(content), 'type'))
  if (type === undefined) throw new Error(`a message of no documented type: ${message.body}`)
  return messageSchema(type).parse(content)
}
