import { Webhook as Verifier } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newSecret, signedHeaders } from '../../src/webhooks/signature.ts'

/** Of the Standard Webhooks specification. */
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

test('a message is signed as in the published example', () => {
  expect(signedHeaders(published, [published.secret])).toEqual({
    'webhook-id': published.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': published.signature,
  })
})

test('while a secret is replaced, each of the two verifies a message, and no other', () => {
  const [before, after, other] = [newSecret(), newSecret(), newSecret()]
  const headers = signedHeaders({ id: 'evt_1', at: new Date(), body: '{}' }, [after, before])
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2)
  for (const secret of [before, after]) expect(new Verifier(secret).verify('{}', headers)).toEqual({})
  expect(() => new Verifier(other).verify('{}', headers)).toThrow('No matching signature')
  expect(() => new Verifier(after).verify('{ }', headers)).toThrow('No matching signature')
})

test('a secret has 256 random bits', () => {
  const secrets = Array.from({ length: 50 }, newSecret)
  expect(new Set(secrets).size).toBe(50)
  for (const secret of secrets) expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32)
})
