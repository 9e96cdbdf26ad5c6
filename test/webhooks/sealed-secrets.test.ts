import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sealedSecrets } from '../../src/webhooks/sealed-secrets.ts'

const [key, other] = [randomBytes(32), randomBytes(32)]
const secrets = sealedSecrets([key])

test('a sealed secret says nothing of it, differs each time, and opens to what it was', () => {
  const sealed = [1, 2].map(() => secrets.seal('whk_1', 'whsec_secret'))
  expect(sealed[0]).not.toBe(sealed[1])
  for (const each of sealed) {
    expect(each).toMatch(/^[0-9a-f]{16}:[\w-]+$/)
    expect(secrets.open('whk_1', each)).toBe('whsec_secret')
  }
})

test('it opens for no other webhook, and not once anything in it was changed', () => {
  const sealed = secrets.seal('whk_1', 'whsec_secret')
  expect(() => secrets.open('whk_2', sealed)).toThrow()
  const [id = '', text = ''] = sealed.split(':')
  const bytes = Buffer.from(text, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => secrets.open('whk_1', `${id}:${changed.toString('base64url')}`)).toThrow()
  }
})

test('a key that comes to the front seals, and the one behind it still opens', () => {
  const sealed = secrets.seal('whk_1', 'whsec_secret')
  const both = sealedSecrets([other, key])
  expect(both.open('whk_1', sealed)).toBe('whsec_secret')
  expect(both.isOld(sealed)).toBe(true)
  expect(both.isOld(both.seal('whk_1', 'whsec_secret'))).toBe(false)
})

test('without its key a secret cannot be opened, and without any none is sealed', () => {
  const sealed = secrets.seal('whk_1', 'whsec_secret')
  const missing = expect.objectContaining({ code: 'secret_key_missing' })
  expect(() => sealedSecrets([other]).open('whk_1', sealed)).toThrow(missing)
  expect(() => sealedSecrets([]).seal('whk_1', 'whsec_secret')).toThrow(missing)
})
