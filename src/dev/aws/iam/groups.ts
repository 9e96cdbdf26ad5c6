import { type Actions, reads, writes } from '../action.ts'
import { limitExceeded } from '../protocol/refusal.ts'
import type { AccountState, Group, User } from '../state.ts'
import { entityActions } from './entities.ts'
import { findEntity, groups, users } from './entity-kind.ts'
import { iamPage } from './iam-page.ts'

/** IAM User Guide, "IAM object quotas". */
export const GROUPS_PER_USER = 10

/** What only groups have: members. */
export const groupActions: Actions = [
  ...entityActions(groups, {
    complete: (entity) => ({ ...entity, members: [] }),
    holdsBack: ({ members }) => (members.length > 0 ? 'remove users from group' : null),
  }),
  [
    'GetGroup',
    reads((call) => {
      const group = findEntity(groups, call)
      const members = call.account.users.filter(({ name }) => group.members.includes(name))
      const page = iamPage(
        call,
        'Users',
        members,
        ({ name }) => name,
        (user) => users.describe(user, call.state),
      )
      return { Group: groups.describe(group, call.state), ...page }
    }),
  ],
  [
    'AddUserToGroup',
    writes((call) => {
      const [group, user] = [findEntity(groups, call), findEntity(users, call)]
      if (group.members.includes(user.name)) return null
      if (groupsOf(call.account, user).length >= GROUPS_PER_USER) {
        throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${GROUPS_PER_USER}`)
      }
      group.members.push(user.name)
      return null
    }),
  ],
  [
    'RemoveUserFromGroup',
    writes((call) => {
      const [group, user] = [findEntity(groups, call), findEntity(users, call)]
      group.members = group.members.filter((name) => name !== user.name)
      return null
    }),
  ],
  [
    'ListGroupsForUser',
    reads((call) =>
      iamPage(
        call,
        'Groups',
        groupsOf(call.account, findEntity(users, call)),
        ({ name }) => name,
        (group) => groups.describe(group, call.state),
      ),
    ),
  ],
]

export const groupsOf = ({ groups: all }: AccountState, user: User): Group[] => all.filter(({ members }) => members.includes(user.name))
