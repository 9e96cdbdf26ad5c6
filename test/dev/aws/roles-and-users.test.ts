import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  GetRoleCommand,
  GetUserCommand,
  type IAMClient,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  TagUserCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, startInMemory, TRUST, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 200_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

const createRole = (name: string, more: { Path?: string; AssumeRolePolicyDocument?: string; MaxSessionDuration?: number } = {}) =>
  iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST, ...more }))
const createUser = (name: string, more: { Path?: string } = {}) => iam.send(new CreateUserCommand({ UserName: name, ...more }))

describe('a role', () => {
  it('is described as IAM does', async () => {
    const created = await iam.send(
      new CreateRoleCommand({
        RoleName: 'app-reader',
        Path: '/apps/eu/',
        AssumeRolePolicyDocument: TRUST,
        Description: 'Reads <orders> & "invoices"',
        MaxSessionDuration: 7200,
        Tags: [{ Key: 'team', Value: 'büro' }],
      }),
    )
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'app-reader' }))
    expect(Role).toEqual(created.Role)
    expect(Role).toMatchObject({
      RoleName: 'app-reader',
      Path: '/apps/eu/',
      Arn: `arn:aws:iam::${account}:role/apps/eu/app-reader`,
      RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
      CreateDate: expect.any(Date),
      Description: 'Reads <orders> & "invoices"',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'büro' }],
    })
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST)
  })

  it('can be tagged, and a tag changed', async () => {
    await createRole('r')
    await iam.send(new TagRoleCommand({ RoleName: 'r', Tags: [{ Key: 'a', Value: '1' }] }))
    await iam.send(
      new TagRoleCommand({
        RoleName: 'r',
        Tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '' },
        ],
      }),
    )
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'r' }))
    expect(Role?.Tags).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ])
  })

  it('must have a trust policy that names principals which exist', async () => {
    await createRole('known')
    await createUser('jane')
    const malformed = { name: 'MalformedPolicyDocumentException', $metadata: { httpStatusCode: 400 } }
    for (const trust of ['{}', POLICY, trustOf({ AWS: `arn:aws:iam::${account}:role/unknown` }), trustOf({ AWS: 'jane' })]) {
      await expect(createRole('r', { AssumeRolePolicyDocument: trust }), trust).rejects.toMatchObject(malformed)
    }
    const principals = [
      { AWS: [`arn:aws:iam::${account}:role/known`, `arn:aws:iam::${account}:user/jane`, account] },
      { Service: 'ec2.amazonaws.com' },
      '*',
    ]
    for (const [place, principal] of principals.entries()) await createRole(`r${place}`, { AssumeRolePolicyDocument: trustOf(principal) })
  })

  it('can be given another trust policy, of at most 2,048 non-blank characters', async () => {
    await createRole('r')
    const trust = (length: number) => trustOf({ AWS: account }, { StringEquals: { 'sts:ExternalId': 'x'.repeat(length) } })
    const room = 2_048 - trust(0).length
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'r', PolicyDocument: trust(room) }))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'r' }))
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust(room))
    const tooLong = new UpdateAssumeRolePolicyCommand({ RoleName: 'r', PolicyDocument: trust(room + 1) })
    await expect(iam.send(tooLong)).rejects.toMatchObject({ name: 'LimitExceededException', $metadata: { httpStatusCode: 409 } })
  })

  it.each([
    ['AWSReservedSSO_Reader_0123456789abcdef', '/aws-reserved/sso.amazonaws.com/'],
    ['AWSServiceRoleForRDS', '/aws-service-role/rds.amazonaws.com/'],
  ])('that AWS keeps for itself, %s, cannot be changed', async (name, path) => {
    await createRole(name, { Path: path })
    const changes = [
      () => iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'p', PolicyDocument: POLICY })),
      () => iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: 'p' })),
      () => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: name, PolicyDocument: TRUST })),
      () => iam.send(new DeleteRoleCommand({ RoleName: name })),
    ]
    for (const change of changes) {
      await expect(change()).rejects.toMatchObject({ Code: 'UnmodifiableEntity', $metadata: { httpStatusCode: 400 } })
    }
    expect((await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.Path).toBe(path)
  })
})

describe('a user', () => {
  it('is described as IAM does', async () => {
    const created = await createUser('jane', { Path: '/people/' })
    const { User } = await iam.send(new GetUserCommand({ UserName: 'jane' }))
    expect(User).toEqual(created.User)
    expect(User).toEqual({
      UserName: 'jane',
      Path: '/people/',
      Arn: `arn:aws:iam::${account}:user/people/jane`,
      UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
      CreateDate: expect.any(Date),
    })
  })

  it('can be tagged', async () => {
    await createUser('jane')
    await iam.send(new TagUserCommand({ UserName: 'jane', Tags: [{ Key: 'team', Value: 'dba' }] }))
    expect((await iam.send(new GetUserCommand({ UserName: 'jane' }))).User?.Tags).toEqual([{ Key: 'team', Value: 'dba' }])
  })
})

const kinds = [
  {
    kind: 'role',
    create: createRole,
    idOf: async (name: string) => (await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.RoleId,
    remove: (name: string) => iam.send(new DeleteRoleCommand({ RoleName: name })),
    list: async (page: { Marker?: string; MaxItems?: number; PathPrefix?: string }) => {
      const { Roles, ...rest } = await iam.send(new ListRolesCommand(page))
      return { ...rest, names: Roles?.map(({ RoleName }) => RoleName) }
    },
  },
  {
    kind: 'user',
    create: createUser,
    idOf: async (name: string) => (await iam.send(new GetUserCommand({ UserName: name }))).User?.UserId,
    remove: (name: string) => iam.send(new DeleteUserCommand({ UserName: name })),
    list: async (page: { Marker?: string; MaxItems?: number; PathPrefix?: string }) => {
      const { Users, ...rest } = await iam.send(new ListUsersCommand(page))
      return { ...rest, names: Users?.map(({ UserName }) => UserName) }
    },
  },
]

describe.each(kinds)('every $kind', ({ create, idOf, remove, list }) => {
  it('gets a new unique id when made again under its name', async () => {
    await create('bob')
    const before = await idOf('bob')
    await remove('bob')
    await expect(idOf('bob')).rejects.toMatchObject({ name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } })
    await create('bob')
    expect(await idOf('bob')).not.toBe(before)
  })

  it('has its name for itself, whatever the case', async () => {
    await create('bob')
    for (const name of ['bob', 'Bob']) {
      await expect(create(name)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException', $metadata: { httpStatusCode: 409 } })
    }
  })

  it('has a name of 1 to 64 characters and a path between slashes', async () => {
    await create('n'.repeat(64), { Path: '/' })
    for (const name of ['n'.repeat(65), 'a b', 'a/b', 'é', '']) {
      await expect(create(name), name).rejects.toMatchObject({ name: 'ValidationError', $metadata: { httpStatusCode: 400 } })
    }
    for (const path of ['apps', '/apps', 'apps/', '/a b/', `/${'p'.repeat(511)}/`]) {
      await expect(create('bob', { Path: path }), path).rejects.toMatchObject({ name: 'ValidationError' })
    }
  })

  it('is listed, by pages and by path', async () => {
    expect(await list({})).toMatchObject({ names: [], IsTruncated: false })
    for (const name of ['c', 'a', 'b']) await create(name, { Path: name === 'b' ? '/other/' : '/apps/' })
    const first = await list({ MaxItems: 2 })
    expect(first).toMatchObject({ names: ['a', 'b'], IsTruncated: true })
    const second = await list({ MaxItems: 2, Marker: first.Marker ?? '' })
    expect(second).toMatchObject({ names: ['c'], IsTruncated: false })
    expect(await list({ PathPrefix: '/apps/' })).toMatchObject({ names: ['a', 'c'] })
  })
})

it('deletes nobody who still has inline policies', async () => {
  await createRole('r')
  await iam.send(new PutRolePolicyCommand({ RoleName: 'r', PolicyName: 'p', PolicyDocument: POLICY }))
  const remove = () => iam.send(new DeleteRoleCommand({ RoleName: 'r' }))
  await expect(remove()).rejects.toMatchObject({ name: 'DeleteConflictException', $metadata: { httpStatusCode: 409 } })
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'r', PolicyName: 'p' }))
  await remove()
})
