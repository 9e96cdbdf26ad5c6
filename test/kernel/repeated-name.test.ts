import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repeatedName } from '../../src/kernel/repeated-name.ts'

test.each([
  ['{"a": 1, "b": {"a": 1}}', null],
  ['[{"a": 1}, {"a": 1}]', null],
  ['{"a": "a", "b": ["a", "a"]}', null],
  ['{"a": "\\"a\\": 1, \\"a\\": {"}', null],
  ['{"a": 1, "a": 2}', ['a']],
  ['{"a": 1, "\\u0061": 2}', ['a']],
  ['{"x": [1, {"y": 1}, {"a": [], "b": {}, "a": 2}]}', ['x', 2, 'a']],
  ['{"x": [[], [{"a": 1, "a": 2}]]}', ['x', 1, 0, 'a']],
  ['{"__proto__": 1, "__proto__": 2}', ['__proto__']],
])('in %s the name given twice is at %j', (json, path) => {
  expect(repeatedName(json)).toEqual(path)
})

test('no JSON that was printed from a value has a name twice', () => {
  fc.assert(fc.property(fc.json(), (json) => repeatedName(json) === null))
})
