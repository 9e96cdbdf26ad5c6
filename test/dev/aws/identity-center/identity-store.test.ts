import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../../src/dev/aws/index.ts'
import { callJson, startInMemory } from '../support.ts'
import { type Organisation, openOrganisation } from './organisation.ts'

let standIn: AwsStandIn
let organisation: Organisation

beforeAll(async () => {
  standIn = await startInMemory()
  organisation = await openOrganisation(standIn)
})
afterAll(() => standIn.close())

const call = async (action: string, input: object) => {
  const answer = await callJson(standIn, 'identitystore', `AWSIdentityStore.${action}`, {
    IdentityStoreId: organisation.IdentityStoreId,
    ...input,
  })
  return answer.body
}

it('tells who is in which group', async () => {
  const { IdentityStoreId, userId } = organisation
  const { GroupId } = await call('CreateGroup', { DisplayName: 'developers' })
  const { MembershipId } = await call('CreateGroupMembership', { GroupId, MemberId: { UserId: userId } })
  const membership = { IdentityStoreId, MembershipId, GroupId, MemberId: { UserId: userId } }
  expect(await call('ListGroupMemberships', { GroupId })).toEqual({ GroupMemberships: [membership] })
  expect(await call('ListGroupMembershipsForMember', { MemberId: { UserId: userId } })).toEqual({ GroupMemberships: [membership] })
  const user = { IdentityStoreId, UserId: userId, UserName: 'jane_doe', DisplayName: 'Jane' }
  expect(await call('DescribeUser', { UserId: userId })).toEqual(user)
  expect(await call('ListUsers', {})).toEqual({ Users: [user] })
  const group = { IdentityStoreId, GroupId, DisplayName: 'developers' }
  expect(await call('DescribeGroup', { GroupId })).toEqual(group)
  expect(await call('ListGroups', {})).toEqual({ Groups: [group] })
})

it('refuses what is taken and what is not there', async () => {
  const user = { UserName: 'jane_doe', DisplayName: 'Jane' }
  expect(await call('CreateUser', user)).toMatchObject({ __type: 'ConflictException' })
  expect(await call('CreateUser', { UserName: 'x' })).toMatchObject({ __type: 'ValidationException' })
  expect(await call('DescribeUser', { UserId: 'none' })).toMatchObject({ __type: 'ResourceNotFoundException' })
  expect(await call('ListGroupMemberships', { GroupId: 'none' })).toMatchObject({ __type: 'ResourceNotFoundException' })
  expect(await call('ListUsers', { IdentityStoreId: 'd-0000000000' })).toMatchObject({ __type: 'ResourceNotFoundException' })
})
