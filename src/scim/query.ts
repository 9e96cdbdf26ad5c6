import { MOST_RESULTS } from './discovery.ts'
import type { Projection } from './print-resource.ts'
import { type Filter, readFilter } from './read-filter.ts'
import { type Part, refuse } from './scim.ts'

/** What the query of a list asks for. Throws `invalid_filter`, and `invalid_request` for what is no number. */
export function readQuery(query: unknown, attributes: readonly string[]): { readonly filter: Filter | null; readonly part: Part } {
  const filter = one(query, 'filter')
  return {
    filter: filter === null ? null : readFilter(filter, attributes),
    part: {
      // Less than what there can be is that (RFC 7644, 3.4.2.4).
      startIndex: Math.max(number(query, 'startIndex', 1), 1),
      count: Math.min(Math.max(number(query, 'count', 100), 0), MOST_RESULTS),
    },
  }
}

/** Which attributes the query asks for. */
export function readProjection(query: unknown): Projection {
  const only = one(query, 'attributes')
  return { only: only === null ? null : namesIn(only), without: namesIn(one(query, 'excludedAttributes') ?? '') }
}

export const wantsMembers = ({ only, without }: Projection): boolean => (only === null || only.has('members')) && !without.has('members')

/** The attributes at the top: a part of one stands for it. */
const namesIn = (list: string): ReadonlySet<string> =>
  new Set(list.split(',').map((name) => (name.trim().toLowerCase().split(':').at(-1) ?? '').split('.')[0] ?? ''))

function number(query: unknown, name: string, otherwise: number): number {
  const text = one(query, name)
  if (text === null) return otherwise
  if (!/^-?\d{1,9}$/.test(text)) throw refuse('invalid_request', `${name} must be a whole number.`)
  return Number(text)
}

function one(query: unknown, name: string): string | null {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined
  if (value === undefined) return null
  if (typeof value !== 'string') throw refuse('invalid_request', `${name} can be given once.`)
  return value
}
