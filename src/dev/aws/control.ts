import { z } from 'zod'
import type { World } from './dispatch.ts'
import { faultSchema } from './faults.ts'
import { paceSchema } from './pace.ts'
import { Refusal } from './protocol/refusal.ts'
import { seed, seedSchema } from './seed.ts'

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
 * The stand-in's own addresses, in JSON: `/_standin/faults` (GET, POST one or a list, DELETE clears all),
 * `/_standin/calls` (GET, DELETE resets), `/_standin/pace` (GET, PUT) and `/_standin/seed` (POST many calls, made as one change).
 */
export function control(world: World, request: ControlRequest): ControlAnswer {
  const { faults, calls, pace } = world
  switch (`${request.method} ${request.path}`) {
    case 'GET /_standin/faults':
      return { status: 200, body: { faults: faults.list() } }
    case 'POST /_standin/faults':
      return given(request, oneOrMoreFaults, (wanted) => {
        faults.add(...wanted)
        return { status: 201, body: { faults: faults.list() } }
      })
    case 'DELETE /_standin/faults':
      faults.clear()
      return { status: 200, body: { faults: [] } }
    case 'GET /_standin/calls':
      return { status: 200, body: { calls: calls.list() } }
    case 'DELETE /_standin/calls':
      calls.reset()
      return { status: 200, body: { calls: [] } }
    case 'GET /_standin/pace':
      return { status: 200, body: { calls: pace.calls } }
    case 'PUT /_standin/pace':
      return given(request, paceSchema, ({ calls: wanted }) => {
        pace.calls = wanted
        return { status: 200, body: { calls: wanted } }
      })
    case 'POST /_standin/seed':
      return given(request, seedSchema, (wanted) => {
        seed(world.store, wanted)
        return { status: 201, body: { made: wanted.length } }
      })
    default:
      return { status: 404, body: { error: `There is nothing at ${request.method} ${request.path}` } }
  }
}

/** What is done with the body of a request, if it is what `schema` says. */
function given<S extends z.ZodType>(
  { contentType, body }: ControlRequest,
  schema: S,
  act: (sent: z.output<S>) => ControlAnswer,
): ControlAnswer {
  // A page in a browser can send a form or plain text to loopback, but not JSON without asking first.
  if (!contentType.startsWith('application/json')) return { status: 415, body: { error: 'Send Content-Type: application/json' } }
  const parsed = schema.safeParse(parseJson(body))
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } }
  try {
    return act(parsed.data)
  } catch (error) {
    if (error instanceof Refusal) return { status: 400, body: { error: `${error.code}: ${error.message}` } }
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
