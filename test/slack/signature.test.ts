import { expect, test } from 'vitest'
import { assertSigned, slackSignature } from '../../src/slack/signature.ts'

// The example of docs.slack.dev/authentication/verifying-requests-from-slack.
const secret = '8f742231b10e8888abcd99yyyzzz85a5'
const timestamp = '1531420618'
const body = Buffer.from(
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
)
const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
const at = (seconds: number): Date => new Date((Number(timestamp) + seconds) * 1_000)

test('the signature of Slack’s own example is that of Slack', () => {
  expect(slackSignature(secret, timestamp, body)).toBe(signature)
})

test.each([
  ['300 s later', {}, 300],
  ['300 s before', {}, -300],
])('what is signed is taken %s', (_, changes, seconds) => {
  expect(() => assertSigned(secret, { body, timestamp, signature, ...changes }, at(seconds))).not.toThrow()
})

test.each([
  ['stale', {}, 301],
  ['from the future', {}, -301],
  ['without a signature', { signature: undefined }, 0],
  ['without a timestamp', { timestamp: undefined }, 0],
  ['with a timestamp that is no number', { timestamp: '0x5b47a00a' }, 0],
  ['with a timestamp of another time, signed anew by nobody', { timestamp: '1531420619' }, 0],
  ['with another body', { body: Buffer.from('text=approve') }, 0],
  ['with a part of the signature', { signature: signature.slice(0, 40) }, 0],
  ['with nothing but the version', { signature: 'v0=' }, 0],
  ['with another version', { signature: signature.replace('v0', 'v1') }, 0],
  ['with an empty signature', { signature: '' }, 0],
])('what comes %s is refused', (_, changes, seconds) => {
  expect(() => assertSigned(secret, { body, timestamp, signature, ...changes }, at(seconds))).toThrow(/X-Slack/)
})
