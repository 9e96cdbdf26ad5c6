import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteUserCommand,
  GetGroupCommand,
  type IAMClient,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, startInMemory } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 310_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

const createGroup = (GroupName: string, Path = '/') => iam.send(new CreateGroupCommand({ GroupName, Path }))
const createUser = (UserName: string) => iam.send(new CreateUserCommand({ UserName }))
const add = (UserName: string, GroupName: string) => iam.send(new AddUserToGroupCommand({ UserName, GroupName }))
const remove = (UserName: string, GroupName: string) => iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName }))
const groupsOf = async (UserName: string) =>
  (await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups?.map(({ GroupName }) => GroupName)

const refused = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } })
const conflict = refused('DeleteConflictException', 409)
const gone = refused('NoSuchEntityException', 404)

it('a group is described as IAM does, with its members by pages', async () => {
  const made = await createGroup('readers', '/people/')
  for (const name of ['mary_roe', 'jane_doe', 'bob']) {
    await createUser(name)
    await add(name, 'readers')
  }
  const first = await iam.send(new GetGroupCommand({ GroupName: 'readers', MaxItems: 2 }))
  expect(first.Group).toEqual(made.Group)
  expect(first.Group).toEqual({
    GroupName: 'readers',
    Path: '/people/',
    Arn: `arn:aws:iam::${account}:group/people/readers`,
    GroupId: expect.stringMatching(/^AGPA[A-Z0-9]{17}$/),
    CreateDate: expect.any(Date),
  })
  expect(first).toMatchObject({ IsTruncated: true, Users: [{ UserName: 'bob' }, { UserName: 'jane_doe' }] })
  const second = await iam.send(new GetGroupCommand({ GroupName: 'readers', MaxItems: 2, Marker: first.Marker }))
  expect(second).toMatchObject({ IsTruncated: false, Users: [{ UserName: 'mary_roe', UserId: expect.stringMatching(/^AIDA/) }] })
})

it('a user is in a group once, leaves it, and need not be in it to leave', async () => {
  await createGroup('a')
  await createGroup('b')
  await createUser('jane_doe')
  for (const group of ['b', 'a', 'a']) await add('jane_doe', group)
  expect(await groupsOf('jane_doe')).toEqual(['a', 'b'])
  await remove('jane_doe', 'b')
  await remove('jane_doe', 'b')
  expect(await groupsOf('jane_doe')).toEqual(['a'])
})

it('a user is in ten groups at most', async () => {
  await createUser('jane_doe')
  for (let number = 0; number < 11; number += 1) await createGroup(`g${number}`)
  for (let number = 0; number < 10; number += 1) await add('jane_doe', `g${number}`)
  await add('jane_doe', 'g9')
  await expect(add('jane_doe', 'g10')).rejects.toMatchObject(refused('LimitExceededException', 409))
})

it('only those that exist can be brought together', async () => {
  await createGroup('readers')
  await createUser('jane_doe')
  await expect(add('nobody', 'readers')).rejects.toMatchObject(gone)
  await expect(add('jane_doe', 'nothing')).rejects.toMatchObject(gone)
  await expect(remove('jane_doe', 'nothing')).rejects.toMatchObject(gone)
  await expect(groupsOf('nobody')).rejects.toMatchObject(gone)
})

it('a group is deleted when it has neither members nor policies', async () => {
  await createGroup('readers')
  await createUser('jane_doe')
  await add('jane_doe', 'readers')
  const deletion = () => iam.send(new DeleteGroupCommand({ GroupName: 'readers' }))
  await expect(deletion()).rejects.toMatchObject(conflict)
  await remove('jane_doe', 'readers')
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'readers', PolicyName: 'p', PolicyDocument: POLICY }))
  await expect(deletion()).rejects.toMatchObject(conflict)
  await iam.send(new DeleteGroupPolicyCommand({ GroupName: 'readers', PolicyName: 'p' }))
  await deletion()
  await expect(iam.send(new GetGroupCommand({ GroupName: 'readers' }))).rejects.toMatchObject(gone)
})

it('a user is deleted when in no group and without access keys', async () => {
  await createGroup('readers')
  await createUser('jane_doe')
  await add('jane_doe', 'readers')
  const deletion = () => iam.send(new DeleteUserCommand({ UserName: 'jane_doe' }))
  await expect(deletion()).rejects.toMatchObject(conflict)
  await remove('jane_doe', 'readers')
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'jane_doe' }))
  await expect(deletion()).rejects.toMatchObject(conflict)
  await iam.send(new DeleteAccessKeyCommand({ UserName: 'jane_doe', AccessKeyId: AccessKey?.AccessKeyId }))
  await deletion()
})

it('groups have names of up to 128 characters, unique ids of their own, and are listed by path', async () => {
  await createGroup('g'.repeat(128), '/people/')
  await createGroup('readers')
  await expect(createGroup('g'.repeat(129))).rejects.toMatchObject(refused('ValidationError', 400))
  await expect(createGroup('Readers')).rejects.toMatchObject(refused('EntityAlreadyExistsException', 409))
  const { Groups } = await iam.send(new ListGroupsCommand({ PathPrefix: '/people/' }))
  expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['g'.repeat(128)])
})
