import { Prisma } from '../generated/prisma/client.ts'
import type { Filter } from './read-filter.ts'

/** The condition that a filter is; its values are parameters, and its attributes those that can be compared. */
export function filterSql(
  filter: Filter | null,
  comparable: Readonly<Record<string, (value: string | boolean, type: string | null) => Prisma.Sql>>,
): Prisma.Sql {
  if (filter === null) return Prisma.sql`true`
  if ('join' in filter) {
    const parts = filter.parts.map((part) => filterSql(part, comparable))
    return Prisma.sql`(${Prisma.join(parts, filter.join === 'and' ? ' and ' : ' or ')})`
  }
  return comparable[filter.attribute]?.(filter.value, filter.type) ?? Prisma.sql`false`
}
