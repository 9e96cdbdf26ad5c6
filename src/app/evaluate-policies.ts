import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { SallyportError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { repeatedName } from '../kernel/repeated-name.ts'
import { type ConnectVerdict, checkConnectResource, evaluate, type Policy, readPolicy, requestContext } from '../policy/index.ts'
import { readLines } from './read-lines.ts'

/** Room for some twenty policies of the longest kind. */
const longestLine = 4 * 1024 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** As in a policy, a number or a boolean stands for its text. */
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const question = z.strictObject(
  {
    policies: z.array(z.unknown(), { error: 'must be a list of policies, each as an object or as its text' }),
    boundary: z.unknown().default(null),
    resource: z.string({ error: 'must be the ARN of a database user' }),
    context: z
      .record(z.string(), z.union([value, z.array(value)], { error: 'must be a text or a list of texts' }), {
        error: 'must be an object of condition keys',
      })
      .default({}),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? `has no use for ${issue.keys.join(', ')}` : 'must be an object') },
)

/**
 * `sallyport policy evaluate`: judges a question a line, and writes a line for each in the same order, as fast as the
 * output takes them. A line that cannot be judged is answered with `{"error": …}`. Answers the exit code: 1 if there was one.
 */
export async function evaluateCommand(input: Readable, output: Writable): Promise<0 | 1> {
  let exitCode: 0 | 1 = 0
  async function* answers(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
    for await (const line of readLines(chunks, longestLine)) {
      const answer = answerTo(line)
      if ('error' in answer) exitCode = 1
      yield `${JSON.stringify(answer)}\n`
    }
  }
  await pipeline(input, answers, output, { end: false })
  return exitCode
}

type Answer = Pick<ConnectVerdict, 'result'> | { readonly error: { readonly code: string; readonly detail: string } }

function answerTo(line: Buffer | null): Answer {
  try {
    const { policies, boundary, resource, context } = readQuestion(line)
    checkConnectResource(resource)
    const { result } = evaluate({
      policies: policies.map((policy, index) => readOrRefuse(policy, `/policies/${index}`)),
      boundary: boundary === null ? null : readOrRefuse(boundary, '/boundary'),
      resource,
      context: requestContext(context),
    })
    return { result }
  } catch (error) {
    if (error instanceof SallyportError) return { error: { code: error.code, detail: error.message } }
    throw error
  }
}

function readQuestion(line: Buffer | null): z.output<typeof question> {
  if (line === null) throw new SallyportError('invalid_request', `The line is longer than ${longestLine} bytes.`)
  const { success, data, error } = question.safeParse(parse(line))
  if (success) return data
  const faults = error.issues.map(({ path, message }) => `${pointerTo(path) || 'The line'} ${message}`)
  throw new SallyportError('invalid_request', `${faults.join('; ')}.`)
}

function parse(line: Buffer): unknown {
  let text: string
  let json: unknown
  try {
    text = utf8.decode(line)
    json = JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : 'it is not UTF-8'
    throw new SallyportError('malformed_json', `The line cannot be read as JSON: ${why}.`, { cause })
  }
  const repeated = repeatedName(text)
  if (repeated !== null) throw new SallyportError('malformed_json', `The name at ${pointerTo(repeated)} is given twice in one object.`)
  return json
}

function readOrRefuse(document: unknown, place: string): Policy {
  const { policy, faults } = readPolicy(document)
  if (policy !== null) return policy
  const fields = faults.map(({ pointer, detail }) => ({ pointer: `${place}${pointer}`, detail }))
  throw new SallyportError('invalid_policy', `${fields.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')}.`, { fields })
}
