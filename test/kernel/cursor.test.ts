import { expect, test } from 'vitest'
import { decodeCursor, decodeTimedCursor, encodeCursor, printPlace, toPage } from '../../src/kernel/cursor.ts'

const ids = ['dbs_01h455vb4pex5vsknk084sn02q', 'dbs_01h455vb4pex5vsknk084sn02r', 'dbs_01h455vb4pex5vsknk084sn02s'] as const
const rows = ids.map((id) => ({ id }))

test('a page holds as many items as asked for, and a cursor only if there are more', () => {
  expect(toPage(rows, 2)).toEqual({ items: [{ id: ids[0] }, { id: ids[1] }], nextCursor: encodeCursor(ids[1]) })
  expect(toPage(rows, 3)).toEqual({ items: rows, nextCursor: null })
  expect(toPage([], 3)).toEqual({ items: [], nextCursor: null })
})

test('a cursor gives back the id it was made of', () => {
  expect(decodeCursor('dbs', encodeCursor(ids[0]))).toBe(ids[0])
})

test.each([
  ['nothing', ''],
  ['an id as it is', ids[0]],
  ['the cursor of another list', encodeCursor(ids[0].replace('dbs', 'grt'))],
  ['padding', `${encodeCursor(ids[0])}==`],
  ['characters that base64 decoders skip', ` ${encodeCursor(ids[0])}`],
  ['what is no id', encodeCursor('dbs_’ or true')],
])('%s is no cursor', (_, text) => {
  expect(() => decodeCursor('dbs', text)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
})

test('a cursor of a list in the order of a time gives back both', () => {
  const place = { at: new Date('2026-11-24T12:00:00.123Z'), id: ids[0] }
  expect(decodeTimedCursor('dbs', encodeCursor(printPlace(place)))).toEqual(place)
})

test.each([
  ['an id alone', ids[0]],
  ['a time alone', '1795521600123'],
  ['a time before all', `-1 ${ids[0]}`],
  ['a time written otherwise', `01 ${ids[0]}`],
  ['a time beyond what Postgres holds', `999999999999999 ${ids[0]}`],
  ['the id of something else', `1795521600123 ${ids[0].replace('dbs', 'grt')}`],
])('%s is no such cursor', (_, text) => {
  expect(() => decodeTimedCursor('dbs', encodeCursor(text))).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
})
