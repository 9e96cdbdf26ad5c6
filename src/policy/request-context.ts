import { SallyportError } from '../kernel/errors.ts'
import { quoted } from './quoted.ts'

/**
 * What is known of a request besides action and resource: the values of condition keys by their names in small letters.
 * A key that is not here is unknown: the request may or may not have it. A key with no value is known to be absent.
 */
export type RequestContext = ReadonlyMap<string, readonly string[]>

/**
 * Takes a text or a list of texts for each key. Capitals do not count in keys
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html), so a key that is there twice
 * throws `invalid_request`.
 */
export function requestContext(values: Readonly<Record<string, string | readonly string[]>>): RequestContext {
  const context = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(values)) {
    const key = name.toLowerCase()
    if (context.has(key))
      throw new SallyportError('invalid_request', `The context has ${quoted(name)} twice: capitals do not count in a key.`)
    context.set(key, typeof value === 'string' ? [value] : value)
  }
  return context
}
