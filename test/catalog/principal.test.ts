import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Aws, createAws } from '../../src/aws/index.ts'
import { lookUpPrincipal, type ManagedAccount, observePrincipal } from '../../src/catalog/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../../src/dev/aws/index.ts'
import { countedCharacters, parsePrincipalArn } from '../../src/policy/index.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const account: ManagedAccount = {
  id: '123456789012',
  partition: 'aws',
  regions: ['us-east-2'],
  roleArn: null,
  externalId: null,
  active: true,
}
const jane = 'arn:aws:iam::123456789012:user/team/jane'
const foreign = '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }] }'

let standIn: AwsStandIn
let aws: Aws

beforeAll(async () => {
  standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
  aws = createAws({ endpoint: standIn.url, region: 'us-east-2', credentials })
  const iam = new IAMClient({ endpoint: standIn.url, region: 'us-east-2', credentials })
  await iam.send(new CreateUserCommand({ UserName: 'jane', Path: '/team/' }))
  iam.destroy()
})
afterEach(() => standIn.faults.clear())
afterAll(async () => {
  aws.close()
  await standIn.close()
})

const managing = (known: ManagedAccount) => async (id: string) => (id === known.id ? known : null)
const lookUp = (arn: string, known = account) => lookUpPrincipal(aws, managing(known))(parsePrincipalArn(arn))

test('a principal is told with its unique id', async () => {
  expect(await lookUp(jane)).toEqual({
    kind: 'user',
    name: 'jane',
    accountId: '123456789012',
    arn: jane,
    uniqueId: expect.stringMatching(/^AIDA/),
  })
})

test.each([
  ['that does not exist', 'arn:aws:iam::123456789012:role/jane', 'has no role'],
  ['with another path', 'arn:aws:iam::123456789012:user/jane', jane],
])('one %s is unknown', async (_, arn, detail) => {
  await expect(lookUp(arn)).rejects.toMatchObject({ code: 'unknown_principal', message: expect.stringContaining(detail) })
})

test('an account that is not declared, no longer, or in another partition is unknown', async () => {
  await expect(lookUp('arn:aws:iam::210987654321:user/jane')).rejects.toMatchObject({ code: 'unknown_account' })
  await expect(lookUp(jane, { ...account, active: false })).rejects.toMatchObject({ code: 'unknown_account' })
  await expect(lookUp(jane.replace('aws', 'aws-cn'))).rejects.toMatchObject({ code: 'unknown_account' })
})

test.each([
  ['AccessDenied', 403, 'aws_denied'],
  ['ServiceFailure', 500, 'aws_unavailable'],
])('when AWS answers %s (%i), the code is %s', async (code, status, expected) => {
  standIn.faults.add({ kind: 'error', action: 'GetUser', code, status, times: null })
  await expect(lookUp(jane)).rejects.toMatchObject({ code: expected })
})

test('what other people’s policies take of the quotas is counted as IAM counts, ours left out', async () => {
  const user = { kind: 'user', name: 'jane' } as const
  const session = aws.session(account)
  await session.putInlinePolicy(user, 'theirs', foreign, () => {})
  await session.putInlinePolicy(user, 'sallyport-ours', foreign, () => {})
  const observed = await observePrincipal(aws, managing(account), 'ours')(parsePrincipalArn(jane))
  expect(observed).toMatchObject({ arn: jane, foreign: { characters: countedCharacters(foreign), attached: 0 } })
  expect(observed.foreign.characters).toBe(foreign.replaceAll(' ', '').length)
})
