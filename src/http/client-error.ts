import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { SallyportError } from '../kernel/errors.ts'
import { PROBLEM_JSON, problemOf } from './problem.ts'

/** Answers what Node cannot parse as HTTP, or gives up waiting for, and which so never becomes a request. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const requestId = randomUUID()
  const body = JSON.stringify(problemOf(new SallyportError('invalid_request', detailOf(error.code)), requestId))
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nX-Request-Id: ${requestId}\r\nContent-Type: ${PROBLEM_JSON}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Codes of Node's HTTP parser (nodejs.org/api/http.html#event-clienterror). */
function detailOf(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'The headers are larger than 16 KiB.'
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'The request did not arrive whole within its time.'
  return 'This is not a valid HTTP request.'
}
