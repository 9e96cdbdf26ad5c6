import { z } from 'zod'
import type { World } from './dispatch.ts'
import { faultSchema } from './faults.ts'

interface ControlRequest {
  readonly method: string
  readonly path: string
  readonly contentType: string
  readonly body: string
}

interface ControlAnswer {
  readonly status: number
  readonly body: unknown
}

const oneOrMoreFaults = z.union([z.array(faultSchema), faultSchema.transform((fault) => [fault])])

/**
 * The stand-in's own addresses, in JSON: `/_standin/faults` (GET, POST one or a list, DELETE clears all) and
 * `/_standin/calls` (GET, DELETE resets).
 */
export function control({ faults, calls }: World, request: ControlRequest): ControlAnswer {
  switch (`${request.method} ${request.path}`) {
    case 'GET /_standin/faults':
      return { status: 200, body: { faults: faults.list() } }
    case 'POST /_standin/faults':
      return addFaults(faults, request)
    case 'DELETE /_standin/faults':
      faults.clear()
      return { status: 200, body: { faults: [] } }
    case 'GET /_standin/calls':
      return { status: 200, body: { calls: calls.list() } }
    case 'DELETE /_standin/calls':
      calls.reset()
      return { status: 200, body: { calls: [] } }
    default:
      return { status: 404, body: { error: `There is nothing at ${request.method} ${request.path}` } }
  }
}

function addFaults(faults: World['faults'], { contentType, body }: ControlRequest): ControlAnswer {
  // A page in a browser can send a form or plain text to loopback, but not JSON without asking first.
  if (!contentType.startsWith('application/json')) return { status: 415, body: { error: 'Send Content-Type: application/json' } }
  const parsed = oneOrMoreFaults.safeParse(parseJson(body))
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } }
  faults.add(...parsed.data)
  return { status: 201, body: { faults: faults.list() } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
