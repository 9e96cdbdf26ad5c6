import type { Call } from '../action.ts'
import { pageOf } from '../paging.ts'
import { validationError } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'

/** One page of an IAM list, as `MaxItems` and `Marker` ask for it: `IsTruncated`, `Marker` and the list. */
export function iamPage<T>(
  call: Call,
  list: string,
  items: readonly T[],
  keyOf: (item: T) => string,
  describe: (item: T) => XmlElement | string,
) {
  const marker = call.parameters.optionalText('Marker', { min: 1, max: 320, pattern: '[\\u0020-\\u00FF]+' })
  const page = pageOf(items, keyOf, {
    marker,
    size: call.parameters.optionalInteger('MaxItems', { min: 1, max: 1000 }) ?? 100,
    badMarker: validationError(`Invalid Marker: ${marker}`),
  })
  return { IsTruncated: page.next !== null, Marker: page.next, [list]: { member: page.items.map(describe) } } satisfies XmlElement
}
