import { request } from 'node:http'
import { CreateRoleCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AwsStandIn, startAwsStandIn } from '../../../src/dev/aws/index.ts'
import { ACCOUNT, clientsFor, keysOf, startInMemory, TRUST, trustOf } from './support.ts'

let standIn: AwsStandIn

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-2/${service}/aws4_request, SignedHeaders=host, Signature=00`,
})
const call = (body: string, headers: Record<string, string> = {}) =>
  fetch(standIn.url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })

it('answers in the XML of the query protocol', async () => {
  const answer = await call('Action=GetCallerIdentity&Version=2011-06-15', signed('sts'))
  const id = answer.headers.get('x-amzn-requestid')
  expect(answer.headers.get('content-type')).toBe('text/xml')
  expect(await answer.text()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      `<UserId>AIDAADMINISTRATOR0000</UserId><Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/administrator</Arn>` +
      `</GetCallerIdentityResult><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>\n`,
  )
})

it('refuses in the XML of the query protocol, and escapes what it quotes', async () => {
  const answer = await call('Action=GetUser&Version=2010-05-08&UserName=%3Cb%3E%26', signed('iam'))
  const id = answer.headers.get('x-amzn-requestid')
  expect(answer.status).toBe(400)
  expect(await answer.text()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
      '<Code>ValidationError</Code><Message>1 validation error detected: Value &apos;&lt;b&gt;&amp;&apos; at &apos;userName&apos; failed to satisfy ' +
      'constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+</Message></Error>' +
      `<RequestId>${id}</RequestId></ErrorResponse>\n`,
  )
})

it('gives the SDK the request id, also of a refusal', async () => {
  const { iam } = clientsFor(standIn)
  const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)
  const made = await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: TRUST }))
  expect(made.$metadata.requestId).toEqual(uuid)
  await expect(iam.send(new GetUserCommand({ UserName: 'none' }))).rejects.toMatchObject({
    $metadata: { requestId: uuid },
    $fault: 'client',
  })
})

it('wants a signature of some kind', async () => {
  for (const headers of [{}, { authorization: 'Bearer dev-developer' }, { authorization: 'AWS4-HMAC-SHA256 Credential=test' }]) {
    const answer = await call('Action=GetCallerIdentity&Version=2011-06-15', headers)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('<Code>MissingAuthenticationToken</Code>')
  }
})

it('refuses what it does not know: actions, versions, services', async () => {
  for (const [body, service] of [
    ['Action=DeleteEverything&Version=2010-05-08', 'iam'],
    ['Action=constructor&Version=2010-05-08', 'iam'],
    ['Action=GetUser&Version=2000-01-01', 'iam'],
    ['Action=GetUser&Version=2010-05-08', 'rds'],
    ['Action=ListQueues&Version=2012-11-05', 'sqs'],
    ['', 'iam'],
  ] as const) {
    const answer = await call(body, signed(service))
    expect(answer.status, body).toBe(400)
    expect(await answer.text()).toContain('<Code>InvalidAction</Code>')
  }
})

it('says what is missing', async () => {
  const answer = await call('Action=PutRolePolicy&Version=2010-05-08&RoleName=r&PolicyName=p', signed('iam'))
  expect(await answer.text()).toContain('Value at &apos;policyDocument&apos; failed to satisfy constraint: Member must not be null')
})

it('puts what is made in a region of China or GovCloud into its partition', async () => {
  const { iam } = clientsFor(standIn, keysOf('400000000000'), 'cn-north-1')
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trustOf({ AWS: '400000000000' }) }))
  expect(Role?.Arn).toBe('arn:aws-cn:iam::400000000000:role/r')
})

it('answers only POST at /, and bodies that are not too long', async () => {
  expect((await fetch(standIn.url)).status).toBe(404)
  expect((await fetch(`${standIn.url}/other`, { method: 'POST' })).status).toBe(404)
  expect((await call('x'.repeat(2 * 1024 * 1024), signed('iam'))).status).toBe(400)
  expect((await call('x'.repeat(2 * 1024 * 1024 + 1), signed('iam'))).status).toBe(413)
})

it('stays up when a caller goes away while sending', async () => {
  await new Promise<void>((resolve) => {
    const half = request(standIn.url, { method: 'POST', headers: { 'content-length': '100' } })
    half.on('error', () => resolve())
    half.write('Action=', () => half.destroy(new Error('gone')))
  })
  expect((await call('Action=GetCallerIdentity&Version=2011-06-15', signed('sts'))).status).toBe(200)
})

it('does not start on a port that is taken', async () => {
  await expect(startAwsStandIn({ port: standIn.port, host: '127.0.0.1', stateFile: null })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
