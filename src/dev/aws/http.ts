import type { IncomingMessage, ServerResponse } from 'node:http'
import { control } from './control.ts'
import { dispatch, type World } from './dispatch.ts'

/** More than the longest policy document takes when every character is escaped. */
const LONGEST_BODY = 2 * 1024 * 1024

/** Answers one HTTP request: AWS calls at `/`, the stand-in's own addresses under `/_standin/`. */
export async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request)
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname
  if (body === null) return respond(response, 413, 'text/plain', 'The body is too large\n')
  if (path.startsWith('/_standin/')) {
    const answer = control(world, { method: request.method ?? '', path, contentType: request.headers['content-type'] ?? '', body })
    return respond(response, answer.status, 'application/json', `${JSON.stringify(answer.body)}\n`)
  }
  if (path !== '/' || request.method !== 'POST') return respond(response, 404, 'text/plain', 'AWS calls are POSTed to /\n')

  const answer = dispatch(world, {
    authorization: header(request, 'authorization'),
    securityToken: header(request, 'x-amz-security-token'),
    target: header(request, 'x-amz-target'),
    body,
  })
  if (answer === null) {
    request.socket.destroy()
    return
  }
  response.setHeader('x-amzn-requestid', answer.requestId)
  respond(response, answer.status, answer.contentType, answer.body)
}

/** The body as text; null if it is too long. It is read to its end even then: breaking off would close the connection before the answer. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const kept: Buffer[] = []
  let length = 0
  // Node types the chunks of every stream as any; those of a request without an encoding are buffers.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= LONGEST_BODY) kept.push(chunk)
  }
  return length > LONGEST_BODY ? null : Buffer.concat(kept).toString()
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

function respond(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body)
}
