import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternsOverlap } from '../../src/policy/pattern.ts'

describe('two patterns', () => {
  test.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['', '', true],
    ['', '*', true],
    ['', '?', false],
    ['*', 'anything:at/all', true],
    ['a*', 'ab', true],
    ['a*b', 'a', false],
    ['**a', 'a', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a*c*', '*b*', true],
    ['a*', '*b', true],
    ['a*x', '*b', false],
    ['*/jane', 'db-A/*', true],
    ['*/jane', 'db-A/mary', false],
    ['?', '*?', true],
    ['a.c', 'abc', false],
  ])('%j and %j: %j', (one, other, overlap) => {
    expect(patternsOverlap(one, other)).toBe(overlap)
    expect(patternsOverlap(other, one)).toBe(overlap)
  })

  test('overlap exactly if some text matches both', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 })
    const texts = everyText(8)
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const both = texts.some((text) => expression(one).test(text) && expression(other).test(text))
        expect(patternsOverlap(one, other)).toBe(both)
      }),
      { numRuns: 500 },
    )
  })
})

/** Every text of a and b up to a length: two patterns of five characters that overlap do so in a text of eight at most. */
const everyText = (longest: number): string[] =>
  longest === 0 ? [''] : ['', ...everyText(longest - 1).flatMap((text) => [`a${text}`, `b${text}`])]

const expression = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
