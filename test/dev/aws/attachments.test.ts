import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyCommandInput,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, startInMemory, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 320_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

interface Page {
  readonly Marker?: string | undefined
  readonly MaxItems?: number
  readonly PathPrefix?: string
}

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess'
const createPolicy = async (name: string, path = '/'): Promise<string> =>
  (await iam.send(new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: POLICY }))).Policy?.Arn ?? ''
const createRole = (RoleName: string, Path = '/') =>
  iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trustOf({ AWS: account }) }))

const refused = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } })
const conflict = refused('DeleteConflictException', 409)
const gone = refused('NoSuchEntityException', 404)

const kinds = [
  {
    kind: 'role',
    create: () => createRole('bob'),
    attach: (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName: 'bob', PolicyArn })),
    detach: (PolicyArn: string) => iam.send(new DetachRolePolicyCommand({ RoleName: 'bob', PolicyArn })),
    list: (page: Page = {}) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'bob', ...page })),
    remove: () => iam.send(new DeleteRoleCommand({ RoleName: 'bob' })),
  },
  {
    kind: 'user',
    create: () => iam.send(new CreateUserCommand({ UserName: 'bob' })),
    attach: (PolicyArn: string) => iam.send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn })),
    detach: (PolicyArn: string) => iam.send(new DetachUserPolicyCommand({ UserName: 'bob', PolicyArn })),
    list: (page: Page = {}) => iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'bob', ...page })),
    remove: () => iam.send(new DeleteUserCommand({ UserName: 'bob' })),
  },
  {
    kind: 'group',
    create: () => iam.send(new CreateGroupCommand({ GroupName: 'bob' })),
    attach: (PolicyArn: string) => iam.send(new AttachGroupPolicyCommand({ GroupName: 'bob', PolicyArn })),
    detach: (PolicyArn: string) => iam.send(new DetachGroupPolicyCommand({ GroupName: 'bob', PolicyArn })),
    list: (page: Page = {}) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'bob', ...page })),
    remove: () => iam.send(new DeleteGroupCommand({ GroupName: 'bob' })),
  },
]

describe.each(kinds)('managed policies on a $kind', ({ create, attach, detach, list, remove }) => {
  it('are attached once, listed by path and pages, and detached once', async () => {
    await create()
    const [one, two] = [await createPolicy('one', '/sallyport/'), await createPolicy('two')]
    for (const arn of [two, one, one, ADMINISTRATOR]) await attach(arn)
    expect((await list()).AttachedPolicies).toEqual([
      { PolicyName: 'AdministratorAccess', PolicyArn: ADMINISTRATOR },
      { PolicyName: 'one', PolicyArn: one },
      { PolicyName: 'two', PolicyArn: two },
    ])
    expect((await list({ PathPrefix: '/sallyport/' })).AttachedPolicies).toMatchObject([{ PolicyName: 'one' }])
    const first = await list({ MaxItems: 2 })
    expect(first.IsTruncated).toBe(true)
    expect(await list({ MaxItems: 2, Marker: first.Marker })).toMatchObject({
      AttachedPolicies: [{ PolicyName: 'two' }],
      IsTruncated: false,
    })
    expect((await iam.send(new GetPolicyCommand({ PolicyArn: one }))).Policy?.AttachmentCount).toBe(1)
    await detach(one)
    await expect(detach(one)).rejects.toMatchObject(gone)
    expect((await list()).AttachedPolicies).toHaveLength(2)
  })

  it('are ten at most', async () => {
    await create()
    const arns = await Promise.all(Array.from({ length: 11 }, (_, number) => createPolicy(`p${number}`)))
    for (const arn of arns.slice(0, 10)) await attach(arn)
    await attach(arns[0] ?? '')
    await expect(attach(arns[10] ?? '')).rejects.toMatchObject(refused('LimitExceededException', 409))
    await detach(arns[0] ?? '')
    await attach(arns[10] ?? '')
  })

  it('must exist, and so must whom they are for', async () => {
    const arn = await createPolicy('p')
    await expect(attach(arn)).rejects.toMatchObject(gone)
    await expect(detach(arn)).rejects.toMatchObject(gone)
    await expect(list()).rejects.toMatchObject(gone)
    await create()
    await expect(attach(`${arn}x`)).rejects.toMatchObject(gone)
    await expect(attach('arn:aws:iam::aws:policy/NoSuchAccess')).rejects.toMatchObject(gone)
    await expect(attach(`arn:aws:iam::${account}:role/p/bob`)).rejects.toMatchObject(refused('InvalidInputException', 400))
    expect((await list()).AttachedPolicies).toEqual([])
  })

  it('keep it, and themselves, from being deleted', async () => {
    await create()
    const PolicyArn = await createPolicy('p')
    await attach(PolicyArn)
    await expect(remove()).rejects.toMatchObject(conflict)
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(conflict)
    await detach(PolicyArn)
    await iam.send(new DeletePolicyCommand({ PolicyArn }))
    await remove()
  })
})

it('nothing can be attached to a role that is AWS’s own', async () => {
  const RoleName = 'AWSReservedSSO_Reader_0123456789abcdef'
  await createRole(RoleName, '/aws-reserved/sso.amazonaws.com/')
  for (const Command of [AttachRolePolicyCommand, DetachRolePolicyCommand]) {
    await expect(iam.send(new Command({ RoleName, PolicyArn: ADMINISTRATOR }))).rejects.toMatchObject(
      refused('UnmodifiableEntityException', 400),
    )
  }
})

it('who has a policy is told by pages, by kind, by path and by use', async () => {
  const PolicyArn = await createPolicy('p')
  await createRole('role', '/apps/')
  await iam.send(new CreateUserCommand({ UserName: 'user' }))
  await iam.send(new CreateUserCommand({ UserName: 'bounded' }))
  await iam.send(new CreateGroupCommand({ GroupName: 'group' }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'role', PolicyArn }))
  await iam.send(new AttachUserPolicyCommand({ UserName: 'user', PolicyArn }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'group', PolicyArn }))
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'bounded', PermissionsBoundary: PolicyArn }))

  const names = async (more: Partial<ListEntitiesForPolicyCommandInput> = {}) => {
    const {
      PolicyRoles = [],
      PolicyUsers = [],
      PolicyGroups = [],
      Marker,
    } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, ...more }))
    const found = [
      ...PolicyRoles.map((each) => each.RoleName),
      ...PolicyUsers.map((each) => each.UserName),
      ...PolicyGroups.map((each) => each.GroupName),
    ]
    return { found: found.toSorted(), Marker }
  }
  expect((await names()).found).toEqual(['bounded', 'group', 'role', 'user'])
  expect((await names({ EntityFilter: 'User' })).found).toEqual(['bounded', 'user'])
  expect((await names({ PolicyUsageFilter: 'PermissionsBoundary' })).found).toEqual(['bounded'])
  expect((await names({ PolicyUsageFilter: 'PermissionsPolicy' })).found).toEqual(['group', 'role', 'user'])
  expect((await names({ PathPrefix: '/apps/' })).found).toEqual(['role'])
  const first = await names({ MaxItems: 3 })
  const second = await names({ MaxItems: 3, Marker: first.Marker })
  expect([...first.found, ...second.found].toSorted()).toEqual(['bounded', 'group', 'role', 'user'])
  expect(second.Marker).toBeUndefined()
  await expect(names({ PolicyArn: `${PolicyArn}x` })).rejects.toMatchObject(gone)
})
