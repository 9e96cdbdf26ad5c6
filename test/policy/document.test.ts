import { describe, expect, test } from 'vitest'
import { countedCharacters, hashDocument, inlineQuota } from '../../src/policy/index.ts'

describe('a policy document', () => {
  test.each([
    ['', 0],
    [' \t\r\n', 0],
    ['{ "a": "b c" }', 10],
    ['é', 1],
  ])('%j has its characters counted, blanks left out', (document, characters) => {
    expect(countedCharacters(document)).toBe(characters)
  })

  test('is known by the SHA-256 of its UTF-8 bytes', () => {
    // From sha256sum.
    expect(hashDocument('{}')).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
    expect(hashDocument('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c')
  })

  test('has room of 10,240 characters on a role and of 2,048 on a user', () => {
    expect(inlineQuota('role')).toBe(10_240)
    expect(inlineQuota('user')).toBe(2_048)
  })
})
