import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../action.ts'
import { conflict, type JsonService, readsJson, resourceNotFound, writesJson } from '../json-action.ts'
import type { IdentityCenter } from './identity-center-state.ts'
import { ssoPage } from './sso-input.ts'

const ofStore = z.object({ IdentityStoreId: z.string().min(1).max(36) })
const aPageOfStore = ofStore.extend({ MaxResults: z.int().min(1).max(100).optional(), NextToken: z.string().optional() })
const name = z.string().min(1).max(1024)
const member = z.object({ UserId: z.string() })

/** The users and groups of Identity Center. */
export const identityStore: JsonService = {
  target: 'AWSIdentityStore',
  actions: new Map([
    [
      'CreateUser',
      writesJson(ofStore.extend({ UserName: name.max(128), DisplayName: name }), (context, input) => {
        const { users } = storeNamed(context, input)
        if (users.some(({ userName }) => userName === input.UserName)) throw conflict('Duplicate UserName')
        const user = { id: randomUUID(), userName: input.UserName, displayName: input.DisplayName }
        users.push(user)
        return { IdentityStoreId: input.IdentityStoreId, UserId: user.id }
      }),
    ],
    [
      'DescribeUser',
      readsJson(ofStore.extend({ UserId: z.string() }), (context, input) =>
        describeUser(input, userNamed(storeNamed(context, input), input.UserId)),
      ),
    ],
    [
      'ListUsers',
      readsJson(aPageOfStore, (context, input) =>
        ssoPage(
          input,
          'Users',
          storeNamed(context, input).users,
          ({ id }) => id,
          (user) => describeUser(input, user),
        ),
      ),
    ],
    [
      'CreateGroup',
      writesJson(ofStore.extend({ DisplayName: name }), (context, input) => {
        const { groups } = storeNamed(context, input)
        if (groups.some(({ displayName }) => displayName === input.DisplayName)) throw conflict('Duplicate GroupDisplayName')
        const group = { id: randomUUID(), displayName: input.DisplayName, members: [] }
        groups.push(group)
        return { IdentityStoreId: input.IdentityStoreId, GroupId: group.id }
      }),
    ],
    [
      'DescribeGroup',
      readsJson(ofStore.extend({ GroupId: z.string() }), (context, input) =>
        describeGroup(input, groupNamed(storeNamed(context, input), input.GroupId)),
      ),
    ],
    [
      'ListGroups',
      readsJson(aPageOfStore, (context, input) =>
        ssoPage(
          input,
          'Groups',
          storeNamed(context, input).groups,
          ({ id }) => id,
          (group) => describeGroup(input, group),
        ),
      ),
    ],
    [
      'CreateGroupMembership',
      writesJson(ofStore.extend({ GroupId: z.string(), MemberId: member }), (context, input) => {
        const store = storeNamed(context, input)
        const [group, user] = [groupNamed(store, input.GroupId), userNamed(store, input.MemberId.UserId)]
        if (group.members.some((each) => each.user === user.id)) throw conflict('Member and Group relationship already exists.')
        const membership = { id: randomUUID(), user: user.id }
        group.members.push(membership)
        return { IdentityStoreId: input.IdentityStoreId, MembershipId: membership.id }
      }),
    ],
    [
      'ListGroupMemberships',
      readsJson(aPageOfStore.extend({ GroupId: z.string() }), (context, input) => {
        const group = groupNamed(storeNamed(context, input), input.GroupId)
        return ssoPage(input, 'GroupMemberships', membershipsOf(group), ({ id }) => id, describeMembership(input))
      }),
    ],
    [
      'ListGroupMembershipsForMember',
      readsJson(aPageOfStore.extend({ MemberId: member }), (context, input) => {
        const store = storeNamed(context, input)
        const { id } = userNamed(store, input.MemberId.UserId)
        const found = store.groups.flatMap(membershipsOf).filter(({ user }) => user === id)
        return ssoPage(input, 'GroupMemberships', found, (each) => each.id, describeMembership(input))
      }),
    ],
  ]),
}

type OfStore = z.infer<typeof ofStore>
type User = IdentityCenter['users'][number]
type Group = IdentityCenter['groups'][number]

/** The caller's identity store. Throws ResourceNotFoundException. */
function storeNamed({ account, region }: Context, { IdentityStoreId }: OfStore): IdentityCenter {
  const center = account.identityCenter
  if (center?.identityStoreId !== IdentityStoreId || center.region !== region) {
    throw resourceNotFound(`IDENTITY_STORE not found: ${IdentityStoreId}`)
  }
  return center
}

function userNamed({ users }: IdentityCenter, id: string): User {
  const user = users.find((each) => each.id === id)
  if (!user) throw resourceNotFound('USER not found.')
  return user
}

function groupNamed({ groups }: IdentityCenter, id: string): Group {
  const group = groups.find((each) => each.id === id)
  if (!group) throw resourceNotFound('GROUP not found.')
  return group
}

const membershipsOf = ({ id: group, members }: Group) => members.map((each) => ({ ...each, group }))

const describeUser = ({ IdentityStoreId }: OfStore, { id, userName, displayName }: User) => ({
  IdentityStoreId,
  UserId: id,
  UserName: userName,
  DisplayName: displayName,
})

const describeGroup = ({ IdentityStoreId }: OfStore, { id, displayName }: Group) => ({
  IdentityStoreId,
  GroupId: id,
  DisplayName: displayName,
})

const describeMembership =
  ({ IdentityStoreId }: OfStore) =>
  ({ id, group, user }: ReturnType<typeof membershipsOf>[number]) => ({
    IdentityStoreId,
    MembershipId: id,
    GroupId: group,
    MemberId: { UserId: user },
  })
