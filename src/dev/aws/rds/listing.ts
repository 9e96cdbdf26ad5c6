import { type Action, type Call, reads } from '../action.ts'
import { pageOf } from '../paging.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Database } from './database-state.ts'
import { type DatabaseOf, databasesOf, findDatabase } from './find-database.ts'
import { invalidValue } from './rds-parameters.ts'

/** By filter name, the values that one of a list can be found by. */
type Filters<T> = Readonly<Record<string, (item: T) => readonly (string | null)[]>>

/** How a list is asked for and answered. */
interface Listing<T> {
  readonly list: string
  readonly member: string
  readonly filters: Filters<T>
  /** Unique in the list; the order of the answer. */
  readonly keyOf: (item: T) => string
  readonly describe: (item: T, call: Call) => XmlElement
}

/** A `Describe…` operation: one page of those of `candidates` that fit every filter. */
export const listing = <T>({ list, member, filters, keyOf, describe }: Listing<T>, candidates: (call: Call) => readonly T[]): Action =>
  reads((call) => {
    const conditions = filtersOf(call, filters)
    const marker = call.parameters.get('Marker')
    const page = pageOf(
      candidates(call).filter((item) => conditions.every((holds) => holds(item))),
      keyOf,
      { marker, size: pageSize(call), badMarker: invalidValue(`Invalid Marker: ${marker}`) },
    )
    return { [list]: { [member]: page.items.map((each) => describe(each, call)) }, Marker: page.next }
  })

/** A `DescribeDB…` operation for one kind of database: one by name, or a page of all. */
export const describing = <K extends Database['kind']>(kind: K, identifier: string, how: Omit<Listing<DatabaseOf<K>>, 'keyOf'>): Action =>
  listing({ ...how, keyOf: (database) => database.identifier }, (call) => {
    const name = call.parameters.get(identifier)
    return name === null ? databasesOf(call, kind) : [findDatabase(call, kind, name)]
  })

function filtersOf<T>(call: Call, filters: Filters<T>): ((item: T) => boolean)[] {
  const known = new Map(Object.entries(filters))
  return call.parameters.structures('Filters.Filter').map((filter) => {
    const name = filter.get('Name') ?? ''
    const valuesOf = known.get(name)
    if (!valuesOf) throw invalidValue(`Unrecognized filter name: ${name}`)
    const wanted = filter.texts('Values.Value')
    return (item) => valuesOf(item).some((value) => value !== null && wanted.includes(value))
  })
}

function pageSize({ parameters }: Call): number {
  const size = parameters.get('MaxRecords') ?? '100'
  if (!/^\d{2,3}$/.test(size) || Number(size) < 20 || Number(size) > 100) {
    throw invalidValue(`Invalid value ${size} for MaxRecords. Must be between 20 and 100`)
  }
  return Number(size)
}
