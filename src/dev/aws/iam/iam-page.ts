import type { Call } from '../action.ts'
import { type PageRequest, pageOf } from '../paging.ts'
import { validationError } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'

/** The page that a call asks for by `MaxItems` and `Marker`. Throws ValidationError. */
export function pageRequest(call: Call): PageRequest {
  const marker = call.parameters.optionalText('Marker', { min: 1, max: 320, pattern: '[\\u0020-\\u00FF]+' })
  return {
    marker,
    size: call.parameters.optionalInteger('MaxItems', { min: 1, max: 1000 }) ?? 100,
    badMarker: validationError(`Invalid Marker: ${marker}`),
  }
}

/** One page of an IAM list: `IsTruncated`, `Marker` and the list. */
export function iamPage<T>(
  call: Call,
  list: string,
  items: readonly T[],
  keyOf: (item: T) => string,
  describe: (item: T) => XmlElement | string,
) {
  const page = pageOf(items, keyOf, pageRequest(call))
  return { IsTruncated: page.next !== null, Marker: page.next, [list]: { member: page.items.map(describe) } } satisfies XmlElement
}
