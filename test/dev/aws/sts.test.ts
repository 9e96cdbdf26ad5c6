import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { ACCOUNT, type Credentials, clientsFor, keysOf, policyAllowing, startInMemory, trustOf } from './support.ts'

const OTHER = '210987654321'
let standIn: AwsStandIn

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())

const arnOf = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`

const makeRole = (name: string, trustPolicy: string, more: { Path?: string; MaxSessionDuration?: number } = {}, account = ACCOUNT) =>
  clientsFor(standIn, keysOf(account)).iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustPolicy, ...more }))

async function assume(sts: STSClient, name: string, more: Partial<AssumeRoleCommandInput> = {}) {
  const answer = await sts.send(new AssumeRoleCommand({ RoleArn: arnOf(name), RoleSessionName: 'sallyport', ...more }))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
  const credentials: Credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  return { ...answer, credentials }
}

const whoIs = (credentials: Credentials) => clientsFor(standIn, credentials).sts.send(new GetCallerIdentityCommand({}))

const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }

describe('an account', () => {
  it('is named by an access key id of 12 digits', async () => {
    expect(await whoIs(keysOf(OTHER))).toMatchObject({ Account: OTHER, Arn: `arn:aws:iam::${OTHER}:user/administrator` })
  })

  it('is 123456789012 for any other long-lived key', async () => {
    expect(await whoIs({ accessKeyId: 'test', secretAccessKey: 'test' })).toMatchObject({ Account: ACCOUNT })
    expect(await whoIs({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'test' })).toMatchObject({ Account: ACCOUNT })
  })

  it('has roles of its own', async () => {
    await makeRole('here', trustOf('*'))
    await expect(clientsFor(standIn, keysOf(OTHER)).iam.send(new GetRoleCommand({ RoleName: 'here' }))).rejects.toMatchObject({
      Code: 'NoSuchEntity',
    })
  })
})

describe('AssumeRole', () => {
  let sts: STSClient

  beforeEach(() => {
    sts = clientsFor(standIn, keysOf(OTHER)).sts
  })

  it('gives credentials that act as the role, in its account', async () => {
    await makeRole('deep', trustOf({ AWS: `arn:aws:iam::${OTHER}:root` }), { Path: '/ops/' })
    const before = Date.now()
    const { credentials, Credentials: given, AssumedRoleUser } = await assume(sts, 'ops/deep', { RoleSessionName: 'sallyport-pln_1' })
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/deep/sallyport-pln_1`
    expect(AssumedRoleUser).toEqual({ Arn: arn, AssumedRoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}:sallyport-pln_1$/) })
    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/)
    expect(credentials.secretAccessKey).toHaveLength(40)
    expect(given?.Expiration?.getTime()).toBeGreaterThanOrEqual(before + 3_600_000 - 1000)
    expect(await whoIs(credentials)).toMatchObject({ Account: ACCOUNT, Arn: arn, UserId: AssumedRoleUser?.AssumedRoleId })
    const PolicyDocument = policyAllowing('iam:GetRole')
    const { iam } = clientsFor(standIn)
    await iam.send(new PutRolePolicyCommand({ RoleName: 'deep', PolicyName: 'own', PolicyDocument }))
    const { Role } = await clientsFor(standIn, credentials).iam.send(new GetRoleCommand({ RoleName: 'deep' }))
    expect(Role?.Arn).toBe(arnOf('ops/deep'))
  })

  it('refuses a role that does not exist and one that does not trust the caller, in the same words', async () => {
    await makeRole('closed', trustOf({ AWS: ACCOUNT }))
    const message = (name: string) =>
      `User: arn:aws:iam::${OTHER}:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${arnOf(name)}`
    await expect(assume(sts, 'closed')).rejects.toMatchObject({ ...denied, message: message('closed') })
    await expect(assume(sts, 'missing')).rejects.toMatchObject({ ...denied, message: message('missing') })
  })

  it('asks for the external id that the trust policy names', async () => {
    await makeRole('external', trustOf({ AWS: OTHER }, { StringEquals: { 'sts:ExternalId': 'from:sallyport/1' } }))
    await expect(assume(sts, 'external')).rejects.toMatchObject(denied)
    await expect(assume(sts, 'external', { ExternalId: 'from:Sallyport/1' })).rejects.toMatchObject(denied)
    expect(await whoIs((await assume(sts, 'external', { ExternalId: 'from:sallyport/1' })).credentials)).toMatchObject({ Account: ACCOUNT })
  })

  it('trusts a role only in its own sessions', async () => {
    await makeRole('worker', trustOf({ AWS: ACCOUNT }))
    await makeRole('target', trustOf({ AWS: arnOf('worker') }))
    const administrator = clientsFor(standIn, keysOf(ACCOUNT)).sts
    await expect(assume(administrator, 'target')).rejects.toMatchObject(denied)
    const { credentials } = await assume(administrator, 'worker')
    const chained = clientsFor(standIn, credentials).sts
    expect(await whoIs((await assume(chained, 'target')).credentials)).toMatchObject({
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/target/sallyport`,
    })
    await expect(assume(chained, 'target', { DurationSeconds: 3601 })).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('obeys a Deny, and wildcards in session names', async () => {
    const allow = {
      Effect: 'Allow',
      Principal: { AWS: OTHER },
      Action: 'sts:AssumeRole',
      Condition: { StringLike: { 'sts:RoleSessionName': 'sallyport-*' } },
    }
    const deny = { ...allow, Effect: 'Deny', Condition: { StringEquals: { 'sts:RoleSessionName': 'sallyport-bad' } } }
    await makeRole('named', JSON.stringify({ Version: '2012-10-17', Statement: [allow, deny] }))
    await assume(sts, 'named', { RoleSessionName: 'sallyport-pln_1' })
    await expect(assume(sts, 'named', { RoleSessionName: 'sallyport' })).rejects.toMatchObject(denied)
    await expect(assume(sts, 'named', { RoleSessionName: 'sallyport-bad' })).rejects.toMatchObject(denied)
  })

  it('says so when it cannot judge a condition', async () => {
    await makeRole('dated', trustOf({ AWS: OTHER }, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))
    await expect(assume(sts, 'dated')).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } })
  })

  it('takes 900 seconds to what the role allows, and session names of 2 to 64 characters', async () => {
    await makeRole('short', trustOf({ AWS: OTHER }))
    await makeRole('long', trustOf({ AWS: OTHER }), { MaxSessionDuration: 43_200 })
    await assume(sts, 'short', { DurationSeconds: 900, RoleSessionName: 'ab' })
    await assume(sts, 'short', { DurationSeconds: 3600, RoleSessionName: 'n'.repeat(64) })
    await assume(sts, 'long', { DurationSeconds: 43_200 })
    const wrong = [
      { DurationSeconds: 899 },
      { DurationSeconds: 3601 },
      { RoleSessionName: 'a' },
      { RoleSessionName: 'n'.repeat(65) },
      { RoleSessionName: 'a b' },
      { ExternalId: 'x' },
      { RoleArn: `arn:aws:iam::${ACCOUNT}:user/short` },
    ]
    for (const more of wrong) {
      const refusal = { name: 'ValidationError', $metadata: { httpStatusCode: 400 } }
      await expect(assume(sts, 'short', more), JSON.stringify(more)).rejects.toMatchObject(refusal)
    }
    await expect(assume(sts, 'long', { DurationSeconds: 43_201 })).rejects.toMatchObject({ name: 'ValidationError' })
  })
})

describe('the credentials of a session', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  const open = async (name: string) => {
    await makeRole(name, trustOf({ AWS: ACCOUNT }))
    return (await assume(clientsFor(standIn, keysOf(ACCOUNT)).sts, name)).credentials
  }

  it('are nothing without their token, or with another one', async () => {
    const one = await open('one')
    const two = await open('two')
    const invalid = { name: 'InvalidClientTokenId', $metadata: { httpStatusCode: 403 } }
    await expect(whoIs({ accessKeyId: one.accessKeyId, secretAccessKey: one.secretAccessKey })).rejects.toMatchObject(invalid)
    await expect(whoIs({ ...one, sessionToken: two.sessionToken ?? '' })).rejects.toMatchObject(invalid)
    await expect(whoIs({ ...one, sessionToken: 'nonsense' })).rejects.toMatchObject(invalid)
  })

  it('expire', async () => {
    const credentials = await open('expiring')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_599_000 })
    expect(await whoIs(credentials)).toMatchObject({ Account: ACCOUNT })
    vi.setSystemTime(Date.now() + 2_000)
    await expect(whoIs(credentials)).rejects.toMatchObject({ Code: 'ExpiredToken', $metadata: { httpStatusCode: 403 } })
  })

  it('end with the role, also when one of its name is made again', async () => {
    const credentials = await open('replaced')
    await clientsFor(standIn).iam.send(new DeleteRoleCommand({ RoleName: 'replaced' }))
    await makeRole('replaced', trustOf({ AWS: ACCOUNT }))
    await expect(whoIs(credentials)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })
})
