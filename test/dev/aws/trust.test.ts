import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { type Credentials, clientsFor, keysOf, policyAllowing, sessionOf, startInMemory, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 330_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

const arnOf = (name: string, of = account): string => `arn:aws:iam::${of}:role/${name}`
const makeRole = (name: string, trustPolicy: string, more: { PermissionsBoundary?: string } = {}) =>
  iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustPolicy, ...more }))
const allow = (name: string, document: string) =>
  iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'own', PolicyDocument: document }))
const administrator = (): Credentials => keysOf(account)
const enter = (name: string, as: Credentials = administrator(), more = {}) => sessionOf(standIn, arnOf(name), as, more)
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }

async function makeUser(name: string): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName: name }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

/** A session of a role that its account trusts. */
async function makeCaller(name: string, ownPolicy: string | null): Promise<Credentials> {
  await makeRole(name, trustOf({ AWS: account }))
  if (ownPolicy !== null) await allow(name, ownPolicy)
  return enter(name)
}

describe('the conditions of a trust policy', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('end it at a time, and begin it at one', async () => {
    const from = { DateGreaterThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }
    await makeRole('dated', trustOf({ AWS: account }, { ...from, DateLessThan: { 'aws:CurrentTime': '2030-01-01T01:00:00Z' } }))
    await makeRole('seconds', trustOf({ AWS: account }, { DateLessThanEquals: { 'aws:EpochTime': 1_893_456_000 } }))
    const at = (now: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) })
    at('2030-01-01T00:00:00.000Z')
    await expect(enter('dated')).rejects.toMatchObject(denied)
    await enter('seconds')
    at('2030-01-01T00:00:01.000Z')
    await enter('dated')
    await expect(enter('seconds')).rejects.toMatchObject(denied)
    at('2030-01-01T00:59:59.999Z')
    await enter('dated')
    at('2030-01-01T01:00:00.000Z')
    await expect(enter('dated')).rejects.toMatchObject(denied)
  })

  const named = (operator: string, value: string) => ({ [operator]: { 'aws:PrincipalArn': value } })
  const reserved = 'AWSReservedSSO_Reader_*'

  it.each([
    [named('ArnLike', `arn:aws:iam::*:role/${reserved}`), true],
    [named('ArnEquals', `arn:aws:iam::*:role/${reserved}`), true],
    [named('ArnLike', `arn:aws:*/${reserved}`), false],
    [named('ArnLike', 'arn:aws:iam::*:role/AWSReservedSSO_Writer_*'), false],
    [named('ArnNotLike', 'arn:aws:iam::*:role/AWSReservedSSO_Writer_*'), true],
    [named('StringLike', `*/${reserved}`), true],
    [named('StringEquals', `*/${reserved}`), false],
    [named('StringNotLike', `*/${reserved}`), false],
    [named('StringLikeIfExists', `*/${reserved}`), true],
    [{ StringEquals: { 'sts:ExternalId': 'ours' } }, false],
    [{ StringNotEquals: { 'sts:ExternalId': 'ours' } }, true],
    [{ StringEqualsIfExists: { 'sts:ExternalId': 'ours' } }, true],
    [{ Null: { 'sts:ExternalId': 'true' } }, true],
    [{ Null: { 'sts:ExternalId': false } }, false],
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
    [{ Bool: { 'AWS:multifactorauthpresent': 'False' } }, true],
    [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': true } }, false],
    [{ 'ForAnyValue:StringEquals': { 'sts:ExternalId': 'ours' } }, false],
    [{ 'ForAllValues:StringEquals': { 'sts:ExternalId': 'ours' } }, true],
    [{ StringEquals: { 'sts:RoleSessionName': ['other', 'sallyport'] } }, true],
    [{ StringEqualsIgnoreCase: { 'sts:RoleSessionName': 'SallyPort' } }, true],
    [{ StringEquals: { 'sts:RoleSessionName': 'sallyport', 'sts:ExternalId': 'ours' } }, false],
    [{ StringLike: { 'aws:PrincipalArn': '*:${aws:PrincipalAccount}:*' } }, true],
    [{ StringLike: { 'aws:PrincipalArn': '*:${aws:username}:*' } }, false],
    [{ StringEquals: { 'sts:RoleSessionName': "${aws:PrincipalTag/session, 'sallyport'}" } }, true],
  ])('are judged as AWS does: %j → %s', async (condition, holds) => {
    const name = 'AWSReservedSSO_Reader_0123456789abcdef'
    await makeRole(name, trustOf({ AWS: account }))
    await makeRole('target', trustOf({ AWS: arnOf(name) }, condition))
    const session = await enter(name)
    await (holds ? enter('target', session) : expect(enter('target', session)).rejects.toMatchObject(denied))
  })

  it('refuse a role that they cannot be judged for', async () => {
    await makeRole('r', trustOf({ AWS: account }, { DateNotLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }))
    await expect(enter('r')).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } })
  })
})

describe('who is trusted', () => {
  it('is a user by name, who is then known by its own ARN', async () => {
    const jane = await makeUser('jane_doe')
    const mary = await makeUser('mary_roe')
    await makeRole('r', trustOf({ AWS: `arn:aws:iam::${account}:user/jane_doe` }))
    await enter('r', jane)
    await expect(enter('r', mary)).rejects.toMatchObject(denied)
    expect(await clientsFor(standIn, jane).sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/jane_doe`,
      UserId: expect.stringMatching(/^AIDA/),
    })
  })

  it('is everybody within the account where it says so', async () => {
    await makeRole('open', trustOf('*'))
    await makeRole('listed', trustOf({ AWS: '*' }))
    const jane = await makeUser('jane_doe')
    await enter('open', jane)
    await enter('listed', jane)
  })

  it('is one session of a role, by its ARN', async () => {
    const session = await makeCaller('caller', null)
    await makeRole('mine', trustOf({ AWS: `arn:aws:sts::${account}:assumed-role/caller/sallyport` }))
    await makeRole('other', trustOf({ AWS: `arn:aws:sts::${account}:assumed-role/caller/other` }))
    await enter('mine', session)
    await expect(enter('other', session)).rejects.toMatchObject(denied)
  })

  it('is whom the account lets, where it trusts the account', async () => {
    await makeRole('target', trustOf({ AWS: `arn:aws:iam::${account}:root` }))
    const without = await makeCaller('without', null)
    const elsewhere = await makeCaller('elsewhere', policyAllowing('sts:AssumeRole', arnOf('other')))
    const allowed = await makeCaller('allowed', policyAllowing('sts:*', arnOf('tar*')))
    await expect(enter('target', without)).rejects.toMatchObject(denied)
    await expect(enter('target', elsewhere)).rejects.toMatchObject(denied)
    await enter('target', allowed)
  })

  it('is a user whose group is let', async () => {
    await makeRole('target', trustOf({ AWS: account }))
    const jane = await makeUser('jane_doe')
    await expect(enter('target', jane)).rejects.toMatchObject(denied)
    await iam.send(new CreateGroupCommand({ GroupName: 'readers' }))
    const PolicyDocument = policyAllowing('sts:AssumeRole', arnOf('target'))
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'readers', PolicyName: 'p', PolicyDocument }))
    await iam.send(new AddUserToGroupCommand({ GroupName: 'readers', UserName: 'jane_doe' }))
    await enter('target', jane)
  })

  it('is nobody whose own policy denies it', async () => {
    const deny = policyAllowing('sts:AssumeRole').replace('Allow', 'Deny')
    const caller = await makeCaller('caller', deny)
    await makeRole('target', trustOf({ AWS: arnOf('caller') }))
    await expect(enter('target', caller)).rejects.toMatchObject(denied)
  })

  it('is no role beyond its permissions boundary', async () => {
    const caller = await makeCaller('caller', policyAllowing('*'))
    await makeRole('target', trustOf({ AWS: account }))
    await makeRole('by-name', trustOf({ AWS: arnOf('caller') }))
    const boundary = async (name: string, document: string) => {
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: document }))
      await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'caller', PermissionsBoundary: Policy?.Arn }))
    }
    await boundary('narrow', policyAllowing('rds-db:connect'))
    for (const name of ['target', 'by-name']) await expect(enter(name, caller)).rejects.toMatchObject(denied)
    await boundary('wide', policyAllowing('sts:AssumeRole'))
    for (const name of ['target', 'by-name']) await enter(name, caller)
  })
})

it('across accounts both sides must allow it', async () => {
  const theirs = account
  const callers = { without: await makeCaller('without', null), allowed: await makeCaller('allowed', policyAllowing('sts:AssumeRole')) }
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
  for (const name of ['without', 'allowed'] as const) await makeRole(`for-${name}`, trustOf({ AWS: arnOf(name, theirs) }))
  await makeRole('for-account', trustOf({ AWS: theirs }))
  await expect(enter('for-without', callers.without)).rejects.toMatchObject(denied)
  await expect(enter('for-without', callers.allowed)).rejects.toMatchObject(denied)
  await expect(enter('for-account', callers.without)).rejects.toMatchObject(denied)
  await enter('for-allowed', callers.allowed)
  await enter('for-account', callers.allowed)
})

describe('a principal that has been deleted', () => {
  const trustNow = async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'target' }))
    return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))
  }

  it('stands in the trust policy by its unique id, and another of its name is not trusted', async () => {
    const made = await makeRole('caller', trustOf({ AWS: account }))
    const sent = trustOf({ AWS: ['111122223333', arnOf('caller')] }, { StringEquals: { 'aws:PrincipalArn': arnOf('caller') } })
    await makeRole('target', sent)
    await enter('target', await enter('caller'))
    await iam.send(new DeleteRoleCommand({ RoleName: 'caller' }))
    const expected = JSON.parse(sent)
    expected.Statement[0].Principal.AWS[1] = made.Role?.RoleId
    expect(await trustNow()).toEqual(expected)
    await makeRole('caller', trustOf({ AWS: account }))
    expect(await trustNow()).toEqual(expected)
    await expect(enter('target', await enter('caller'))).rejects.toMatchObject(denied)
  })

  it('makes the trust policy one that cannot be written again', async () => {
    await makeRole('caller', trustOf({ AWS: account }))
    await makeRole('target', trustOf({ AWS: arnOf('caller') }))
    await iam.send(new DeleteRoleCommand({ RoleName: 'caller' }))
    const again = async () =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'target', PolicyDocument: JSON.stringify(await trustNow()) }))
    await expect(again()).rejects.toMatchObject({
      Code: 'MalformedPolicyDocument',
      message: expect.stringMatching(/^Invalid principal in policy: "AWS":"AROA/),
      $metadata: { httpStatusCode: 400 },
    })
  })
})

it('what would narrow a session is refused, since it would not be heeded', async () => {
  await makeRole('r', trustOf({ AWS: account }))
  for (const more of [
    { Policy: policyAllowing('*') },
    { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] },
    { SourceIdentity: 'jane_doe' },
  ]) {
    await expect(enter('r', administrator(), more)).rejects.toMatchObject({ name: 'NotImplemented' })
  }
})
