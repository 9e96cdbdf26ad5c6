import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, Refusal } from '../protocol/refusal.ts'
import type { Group, User } from '../state.ts'
import { findEntity, groups, users } from './entity-kind.ts'
import { iamPage } from './iam-page.ts'

/** IAM User Guide, "IAM object quotas". */
const GROUPS_PER_USER = 10

/** What only groups have: members. They come after the actions of all entities, two of which they replace. */
export const groupActions: Actions = [
  [
    'GetGroup',
    reads((call) => {
      const group = findEntity(groups, call)
      const members = call.account.users.filter(({ name }) => group.members.includes(name))
      return { Group: groups.describe(group), ...iamPage(call, 'Users', members, ({ name }) => name, users.describe) }
    }),
  ],
  [
    'DeleteGroup',
    writes((call) => {
      const group = findEntity(groups, call)
      if (group.members.length > 0) throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must remove users from group first.')
      if (group.inlinePolicies.length + group.attached.length > 0) {
        throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must delete policies first.')
      }
      call.account.groups.splice(call.account.groups.indexOf(group), 1)
      return null
    }),
  ],
  [
    'AddUserToGroup',
    writes((call) => {
      const [group, user] = [findEntity(groups, call), findEntity(users, call)]
      if (group.members.includes(user.name)) return null
      if (groupsOf(call, user).length >= GROUPS_PER_USER) throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${GROUPS_PER_USER}`)
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
    reads((call) => iamPage(call, 'Groups', groupsOf(call, findEntity(users, call)), ({ name }) => name, groups.describe)),
  ],
  [
    'DeleteUser',
    writes((call) => {
      const user = findEntity(users, call)
      if (groupsOf(call, user).length > 0)
        throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must remove users from group first.')
      if (user.inlinePolicies.length + user.attached.length > 0) {
        throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must delete policies first.')
      }
      call.account.users.splice(call.account.users.indexOf(user), 1)
      return null
    }),
  ],
]

const groupsOf = (call: Call, user: User): Group[] => call.account.groups.filter(({ members }) => members.includes(user.name))
