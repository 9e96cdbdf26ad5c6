import { z } from 'zod'
import { SallyportError } from './errors.ts'
import { type Id, type IdPrefix, isId } from './ids.ts'

/** A page of a list, ordered by id. `nextCursor` is null on the last page. */
export interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
}

/** What every list takes in its query, besides its filters. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many items at most.'),
  cursor: z.string().min(1).max(100).optional().describe('`nextCursor` of the page before; leave it out for the first page.'),
}

/** The wire form of a page of `item`s. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('Pass it as `cursor` to get the next page; null on the last page.'),
  })

/** The cursor after an item: its id, in a form that invites nobody to build one. */
export const encodeCursor = (lastId: string): string => Buffer.from(lastId, 'utf8').toString('base64url')

/** The id that a cursor stands for; throws `invalid_cursor` unless it is exactly what `encodeCursor` makes of an id of this kind. */
export function decodeCursor<P extends IdPrefix>(prefix: P, cursor: string): Id<P> {
  const id = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!isId(prefix, id) || encodeCursor(id) !== cursor)
    throw new SallyportError('invalid_cursor', 'The cursor does not come from this list.')
  return id
}

/** The same for a list of AWS accounts, whose ids are not Sallyport's. */
export function decodeAccountCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!/^\d{12}$/.test(id) || encodeCursor(id) !== cursor)
    throw new SallyportError('invalid_cursor', 'The cursor does not come from this list.')
  return id
}

/** The ARN that a cursor stands for, in a list that is ordered by ARNs; throws `invalid_cursor` as above. */
export function decodeArnCursor(cursor: string): string {
  const arn = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!/^arn:[\x21-\x7e]+$/.test(arn) || encodeCursor(arn) !== cursor)
    throw new SallyportError('invalid_cursor', 'The cursor does not come from this list.')
  return arn
}

/** Where an item is in a list that is ordered by a time, and at the same time by id. */
export interface TimedPlace<P extends IdPrefix> {
  readonly at: Date
  readonly id: Id<P>
}

/** What stands for that in a cursor. */
export const printPlace = ({ at, id }: TimedPlace<IdPrefix>): string => `${at.getTime()} ${id}`

/** The place that a cursor stands for, in a list ordered like that; throws `invalid_cursor` as above. */
export function decodeTimedCursor<P extends IdPrefix>(prefix: P, cursor: string): TimedPlace<P> {
  const [, time = '', id = ''] = /^(\d{1,14}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (isId(prefix, id)) {
    const place = { at: new Date(Number(time)), id }
    if (encodeCursor(printPlace(place)) === cursor) return place
  }
  throw new SallyportError('invalid_cursor', 'The cursor does not come from this list.')
}

/** Makes a page of rows that were read with `limit + 1`: the row too many only tells that there is another page. */
export function toPage<Item extends { readonly id: string }>(
  rows: readonly Item[],
  limit: number,
  placeOf: (item: Item) => string = ({ id }) => id,
): Page<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null }
}
