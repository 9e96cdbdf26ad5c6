import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetRoleCommand,
  GetUserCommand,
  type IAMClient,
  ListRolesCommand,
  ListRoleTagsCommand,
  ListUserTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand,
  TagRoleCommand,
  TagUserCommand,
  UntagRoleCommand,
  UntagUserCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, startInMemory, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 360_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

interface Tag {
  readonly Key: string
  readonly Value: string
}

const refused = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } })
const createRole = (RoleName: string, more: { Path?: string; PermissionsBoundary?: string; Tags?: Tag[] } = {}) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustOf({ AWS: account }), ...more }))

const kinds = [
  {
    kind: 'role',
    create: (more: { PermissionsBoundary?: string; Tags?: Tag[] } = {}) => createRole('bob', more),
    boundaryNow: async () => (await iam.send(new GetRoleCommand({ RoleName: 'bob' }))).Role?.PermissionsBoundary,
    bind: (PermissionsBoundary: string) => iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'bob', PermissionsBoundary })),
    unbind: () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'bob' })),
    tag: (...Tags: Tag[]) => iam.send(new TagRoleCommand({ RoleName: 'bob', Tags })),
    untag: (...TagKeys: string[]) => iam.send(new UntagRoleCommand({ RoleName: 'bob', TagKeys })),
    tags: (page: { MaxItems?: number; Marker?: string | undefined } = {}) =>
      iam.send(new ListRoleTagsCommand({ RoleName: 'bob', ...page })),
  },
  {
    kind: 'user',
    create: (more: { PermissionsBoundary?: string; Tags?: Tag[] } = {}) => iam.send(new CreateUserCommand({ UserName: 'bob', ...more })),
    boundaryNow: async () => (await iam.send(new GetUserCommand({ UserName: 'bob' }))).User?.PermissionsBoundary,
    bind: (PermissionsBoundary: string) => iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'bob', PermissionsBoundary })),
    unbind: () => iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'bob' })),
    tag: (...Tags: Tag[]) => iam.send(new TagUserCommand({ UserName: 'bob', Tags })),
    untag: (...TagKeys: string[]) => iam.send(new UntagUserCommand({ UserName: 'bob', TagKeys })),
    tags: (page: { MaxItems?: number; Marker?: string | undefined } = {}) =>
      iam.send(new ListUserTagsCommand({ UserName: 'bob', ...page })),
  },
]

describe.each(kinds)('a $kind', ({ create, boundaryNow, bind, unbind, tag, untag, tags }) => {
  const makePolicy = async (PolicyName: string) =>
    (await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: POLICY }))).Policy?.Arn ?? ''
  const shown = (PermissionsBoundaryArn: string) => ({ PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn })

  it('has a permissions boundary from the start, another one later, or none', async () => {
    const [first, second] = [await makePolicy('first'), await makePolicy('second')]
    await create({ PermissionsBoundary: first })
    expect(await boundaryNow()).toEqual(shown(first))
    await bind(second)
    expect(await boundaryNow()).toEqual(shown(second))
    await bind('arn:aws:iam::aws:policy/PowerUserAccess')
    await unbind()
    expect(await boundaryNow()).toBeUndefined()
  })

  it('can be bounded only by a managed policy that exists', async () => {
    const missing = `arn:aws:iam::${account}:policy/none`
    await expect(create({ PermissionsBoundary: missing })).rejects.toMatchObject(refused('NoSuchEntityException', 404))
    await expect(bind(await makePolicy('p'))).rejects.toMatchObject(refused('NoSuchEntityException', 404))
    await create()
    await expect(bind(missing)).rejects.toMatchObject(refused('NoSuchEntityException', 404))
    await expect(bind(`arn:aws:iam::${account}:role/bob`)).rejects.toMatchObject(refused('InvalidInputException', 400))
    expect(await boundaryNow()).toBeUndefined()
  })

  it('has tags, which are listed by pages and taken off by key', async () => {
    await create({ Tags: [{ Key: 'b', Value: '1' }] })
    await tag({ Key: 'a', Value: '2' }, { Key: 'c', Value: '' })
    const first = await tags({ MaxItems: 2 })
    expect(first).toMatchObject({ Tags: [{ Key: 'a' }, { Key: 'b' }], IsTruncated: true })
    expect(await tags({ MaxItems: 2, Marker: first.Marker })).toMatchObject({ Tags: [{ Key: 'c', Value: '' }], IsTruncated: false })
    await untag('a', 'c', 'never')
    expect((await tags()).Tags).toEqual([{ Key: 'b', Value: '1' }])
  })

  it('has at most 50 tags, each key once', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: '' }))
    const twice = [
      { Key: 'Team', Value: '1' },
      { Key: 'team', Value: '2' },
    ]
    await expect(create({ Tags: many(51) })).rejects.toMatchObject(refused('ValidationError', 400))
    await expect(create({ Tags: twice })).rejects.toMatchObject(refused('InvalidInputException', 400))
    await create({ Tags: many(50) })
    await expect(tag({ Key: 'more', Value: '' })).rejects.toMatchObject(refused('LimitExceededException', 409))
    await tag({ Key: 'key-0', Value: 'changed' })
    await expect(tag({ Key: '', Value: '' })).rejects.toMatchObject(refused('ValidationError', 400))
    expect((await tags()).Tags).toHaveLength(50)
  })
})

it('a role can be given another description and a longest session, one hour when not said', async () => {
  await createRole('r')
  const now = async () => (await iam.send(new GetRoleCommand({ RoleName: 'r' }))).Role
  await iam.send(new UpdateRoleCommand({ RoleName: 'r', Description: 'Reads', MaxSessionDuration: 7200 }))
  expect(await now()).toMatchObject({ Description: 'Reads', MaxSessionDuration: 7200 })
  await iam.send(new UpdateRoleCommand({ RoleName: 'r' }))
  expect(await now()).toMatchObject({ Description: 'Reads', MaxSessionDuration: 3600 })
  for (const MaxSessionDuration of [3599, 43_201]) {
    await expect(iam.send(new UpdateRoleCommand({ RoleName: 'r', MaxSessionDuration }))).rejects.toMatchObject({ name: 'ValidationError' })
  }
})

it('a role of AWS’s own can neither be bounded, tagged nor updated', async () => {
  const RoleName = 'AWSServiceRoleForRDS'
  await createRole(RoleName, { Path: '/aws-service-role/rds.amazonaws.com/' })
  const PermissionsBoundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
  const changes = [
    () => iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
    () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    () => iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: '' }] })),
    () => iam.send(new UpdateRoleCommand({ RoleName })),
  ]
  for (const change of changes) await expect(change()).rejects.toMatchObject(refused('UnmodifiableEntityException', 400))
})

it('lists leave out tags and boundaries, as IAM does', async () => {
  await createRole('r', { Tags: [{ Key: 'a', Value: '' }], PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' })
  const { Roles = [] } = await iam.send(new ListRolesCommand({}))
  expect(Roles[0]).toMatchObject({ RoleName: 'r' })
  expect(Roles[0]).not.toHaveProperty('Tags')
  expect(Roles[0]).not.toHaveProperty('PermissionsBoundary')
})
