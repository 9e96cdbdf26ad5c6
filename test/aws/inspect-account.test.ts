import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { inspectAccount } from '../../src/aws/index.ts'

const account = { id: '123456789012', partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null }
const credentials = { accessKeyId: '123456789012', secretAccessKey: 'secret' }
const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/jane_doe</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
const refusal =
  '<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error></ErrorResponse>'

/** STS by a clock that is so many milliseconds ahead. */
async function withStsAhead<Result>(ahead: number, [status, body]: [number, string], look: (endpoint: string) => Promise<Result>) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/xml', date: new Date(Date.now() + ahead).toUTCString() }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP socket that listens has one
  try {
    return await look(`http://127.0.0.1:${port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test.each<[string, number, [number, string]]>([
  ['right', 0, [200, identity]],
  ['ten minutes ahead', 600_000, [200, identity]],
  ['ten minutes behind, and the call refused', -600_000, [403, refusal]],
])('AWS’s clock is told from its answers: %s', async (_, ahead, answer) => {
  const found = await withStsAhead(ahead, answer, async (endpoint) => {
    const inspector = inspectAccount({ endpoint, region: 'us-east-1', credentials }, account)
    expect(inspector.clockAhead()).toBeNull()
    const arn = await inspector.identity().then(
      (who) => who.arn,
      (error: unknown) => error,
    )
    inspector.close()
    return { arn, clockAhead: inspector.clockAhead() }
  })
  if (answer[0] === 200) expect(found.arn).toBe('arn:aws:iam::123456789012:user/jane_doe')
  else expect(found.arn).toMatchObject({ name: 'AwsError', awsCode: 'SignatureDoesNotMatch', reason: 'denied' })
  expect(Math.abs((found.clockAhead ?? Number.NaN) - ahead)).toBeLessThan(60_000)
})
