import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetAccountAuthorizationDetailsCommand,
  GetRoleCommand,
  GetUserCommand,
  type IAMClient,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, policyAllowing, sessionOf, startInMemory, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 340_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess'
const makeRole = (RoleName: string, Path = '/') =>
  iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trustOf({ AWS: account }) }))
const put = (RoleName: string, PolicyDocument: string, by = iam) =>
  by.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }))
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }

/** The SDK as a session of a new role with one inline policy. */
async function actingUnder(policy: string | null, name = 'worker'): Promise<IAMClient> {
  await makeRole(name)
  if (policy !== null) await put(name, policy)
  return clientsFor(standIn, await sessionOf(standIn, `arn:aws:iam::${account}:role/${name}`, keysOf(account))).iam
}

describe('a session of a role', () => {
  it('may do nothing of itself, and is told so in AWS’s words', async () => {
    const worker = await actingUnder(null)
    const arn = `arn:aws:iam::${account}:role/worker`
    await expect(worker.send(new GetRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject({
      ...denied,
      message: `User: arn:aws:sts::${account}:assumed-role/worker/sallyport is not authorized to perform: iam:GetRole on resource: ${arn} because no identity-based policy allows the iam:GetRole action`,
    })
  })

  it('may do what its policies allow, on what they name', async () => {
    const worker = await actingUnder(policyAllowing('iam:getr*', `arn:aws:iam::${account}:role/apps/*`))
    await makeRole('app', '/apps/')
    await worker.send(new GetRoleCommand({ RoleName: 'app' }))
    await expect(worker.send(new GetRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject(denied)
    await expect(put('app', POLICY, worker)).rejects.toMatchObject(denied)
    await expect(worker.send(new ListRolesCommand({}))).rejects.toMatchObject(denied)
  })

  it('is denied before it learns what exists', async () => {
    const worker = await actingUnder(policyAllowing('iam:GetRole'))
    await expect(worker.send(new GetRoleCommand({ RoleName: 'none' }))).rejects.toMatchObject({ Code: 'NoSuchEntity' })
    await expect(worker.send(new GetUserCommand({ UserName: 'none' }))).rejects.toMatchObject(denied)
  })

  it('is bound by a Deny, whatever else allows it', async () => {
    const worker = await actingUnder(policyAllowing('iam:PutRolePolicy').replace('Allow', 'Deny'))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: ADMINISTRATOR }))
    await worker.send(new GetRoleCommand({ RoleName: 'worker' }))
    await expect(put('worker', POLICY, worker)).rejects.toMatchObject({
      ...denied,
      message: expect.stringMatching(/with an explicit deny in an identity-based policy$/),
    })
  })

  it('obeys the version of a managed policy that is in force', async () => {
    const worker = await actingUnder(null)
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'reading', PolicyDocument: policyAllowing('iam:GetRole') }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: Policy?.Arn }))
    const look = () => worker.send(new GetRoleCommand({ RoleName: 'worker' }))
    await look()
    const PolicyDocument = policyAllowing('iam:ListRoles')
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn: Policy?.Arn, PolicyDocument, SetAsDefault: true }))
    await expect(look()).rejects.toMatchObject(denied)
    await worker.send(new ListRolesCommand({}))
  })

  it('has no more than its permissions boundary has', async () => {
    const worker = await actingUnder(policyAllowing('*'))
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'bounds', PolicyDocument: policyAllowing('iam:Get*') }))
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'worker', PermissionsBoundary: Policy?.Arn }))
    await worker.send(new GetAccountAuthorizationDetailsCommand({}))
    await expect(worker.send(new ListRolesCommand({}))).rejects.toMatchObject({
      ...denied,
      message: expect.stringMatching(/because no permissions boundary allows the iam:ListRoles action$/),
    })
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'worker' }))
    await worker.send(new ListRolesCommand({}))
  })
})

describe('the conditions of a policy', () => {
  it('can let roles be made and changed only within a boundary', async () => {
    const boundary = `arn:aws:iam::${account}:policy/sallyport/boundary`
    const within = { StringEquals: { 'iam:PermissionsBoundary': boundary } }
    const actions = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary']
    const worker = await actingUnder(policyAllowing(actions, `arn:aws:iam::${account}:role/sallyport/*`, within))
    await iam.send(
      new CreatePolicyCommand({ PolicyName: 'boundary', Path: '/sallyport/', PolicyDocument: policyAllowing('rds-db:connect') }),
    )
    const make = (RoleName: string, Path: string, PermissionsBoundary?: string) =>
      worker.send(new CreateRoleCommand({ RoleName, Path, PermissionsBoundary, AssumeRolePolicyDocument: trustOf({ AWS: account }) }))
    await make('bounded', '/sallyport/', boundary)
    await put('bounded', POLICY, worker)
    await expect(make('unbounded', '/sallyport/')).rejects.toMatchObject(denied)
    await expect(make('loose', '/sallyport/', ADMINISTRATOR)).rejects.toMatchObject(denied)
    await expect(make('elsewhere', '/', boundary)).rejects.toMatchObject(denied)
    await makeRole('unbounded', '/sallyport/')
    await expect(put('unbounded', POLICY, worker)).rejects.toMatchObject(denied)
    const loosen = new PutRolePermissionsBoundaryCommand({ RoleName: 'bounded', PermissionsBoundary: ADMINISTRATOR })
    await expect(worker.send(loosen)).rejects.toMatchObject(denied)
  })

  it('do not know the boundary where IAM does not offer it', async () => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'boundary', PolicyDocument: POLICY }))
    const within = { StringEquals: { 'iam:PermissionsBoundary': Policy?.Arn } }
    const worker = await actingUnder(policyAllowing('iam:*', '*', within))
    const AssumeRolePolicyDocument = trustOf({ AWS: account })
    await iam.send(new CreateRoleCommand({ RoleName: 'bounded', PermissionsBoundary: Policy?.Arn, AssumeRolePolicyDocument }))
    await put('bounded', POLICY, worker)
    const trust = new UpdateAssumeRolePolicyCommand({ RoleName: 'bounded', PolicyDocument: AssumeRolePolicyDocument })
    await expect(worker.send(trust)).rejects.toMatchObject(denied)
  })

  it('can name the policy to be attached', async () => {
    const condition = { ArnLike: { 'iam:PolicyARN': `arn:aws:iam::${account}:policy/sallyport/*` } }
    const worker = await actingUnder(policyAllowing('iam:AttachRolePolicy', '*', condition))
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', Path: '/sallyport/', PolicyDocument: POLICY }))
    const attach = (PolicyArn: string) => worker.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }))
    await attach(Policy?.Arn ?? '')
    await expect(attach(ADMINISTRATOR)).rejects.toMatchObject(denied)
  })

  it('can name tags, of the request and of what is there', async () => {
    const statement = (Action: string, condition: unknown) => ({ Effect: 'Allow', Action, Resource: '*', Condition: condition })
    const worker = await actingUnder(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          statement('iam:TagRole', {
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
            StringEquals: { 'aws:RequestTag/team': 'dba' },
          }),
          statement('iam:GetRole', { StringEquals: { 'aws:ResourceTag/team': 'dba' } }),
        ],
      }),
    )
    const tag = (...Tags: { Key: string; Value: string }[]) => worker.send(new TagRoleCommand({ RoleName: 'worker', Tags }))
    const look = () => worker.send(new GetRoleCommand({ RoleName: 'worker' }))
    await expect(look()).rejects.toMatchObject(denied)
    await expect(tag({ Key: 'team', Value: 'developers' })).rejects.toMatchObject(denied)
    await expect(tag({ Key: 'team', Value: 'dba' }, { Key: 'other', Value: '' })).rejects.toMatchObject(denied)
    await tag({ Key: 'team', Value: 'dba' })
    await look()
  })
})

describe('a user with an access key', () => {
  it('may do what its policies and its groups’ allow, itself by a policy variable included', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'jane_doe' }))
    await iam.send(new CreateUserCommand({ UserName: 'mary_roe' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'jane_doe' }))
    const jane = clientsFor(standIn, { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: 'secret' }).iam
    const PolicyDocument = policyAllowing('iam:GetUser', 'arn:aws:iam::*:user/${aws:username}')
    await iam.send(new PutUserPolicyCommand({ UserName: 'jane_doe', PolicyName: 'p', PolicyDocument }))
    await jane.send(new GetUserCommand({ UserName: 'jane_doe' }))
    await expect(jane.send(new GetUserCommand({ UserName: 'mary_roe' }))).rejects.toMatchObject(denied)
    await expect(jane.send(new AddUserToGroupCommand({ UserName: 'jane_doe', GroupName: 'admins' }))).rejects.toMatchObject({
      message: expect.stringContaining(`iam:AddUserToGroup on resource: arn:aws:iam::${account}:group/admins`),
    })
  })
})

it('a refusal has no effect, and an administrator of the account may do everything', async () => {
  const worker = await actingUnder(null)
  await expect(worker.send(new CreateGroupCommand({ GroupName: 'readers' }))).rejects.toMatchObject(denied)
  await iam.send(new CreateGroupCommand({ GroupName: 'readers' }))
})
