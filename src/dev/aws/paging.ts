import type { Refusal } from './protocol/refusal.ts'

interface Page<T> {
  readonly items: T[]
  /** What the caller passes to get the next page; null on the last one. */
  readonly next: string | null
}

export interface PageRequest {
  /** What the page before gave; null asks for the first. */
  readonly marker: string | null
  readonly size: number
  readonly badMarker: Refusal
}

const markerFor = (key: string): string => Buffer.from(`after ${key}`).toString('base64url')

/**
 * One page of a list, in the order of its keys. A marker holds the last key given out, so that a list which
 * changes between two pages neither repeats nor loses what stays in it.
 */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, request: PageRequest): Page<T> {
  const after = request.marker === null ? null : keyOfMarker(request.marker, request.badMarker)
  const left = items.filter((item) => after === null || keyOf(item) > after).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const page = left.slice(0, request.size)
  const last = page.at(-1)
  return { items: page, next: left.length > page.length && last !== undefined ? markerFor(keyOf(last)) : null }
}

function keyOfMarker(marker: string, badMarker: Refusal): string {
  const [, key] = /^after (.*)$/s.exec(Buffer.from(marker, 'base64url').toString()) ?? []
  if (key === undefined || markerFor(key) !== marker) throw badMarker
  return key
}
