import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, noSuchEntity } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import type { User } from '../state.ts'
import { entityActions, getAction } from './entities.ts'
import { findEntity, findModifiable, users } from './entity-kind.ts'
import { groupsOf } from './groups.ts'
import { iamPage } from './iam-page.ts'

/** IAM User Guide, "IAM object quotas". */
export const KEYS_PER_USER = 2

/** What only users have: access keys, with which a caller is this user. */
export const userActions: Actions = [
  ...entityActions(users, {
    complete: (entity) => ({ ...entity, accessKeys: [] }),
    holdsBack: (user, { account }) => {
      if (groupsOf(account, user).length > 0) return 'remove users from group'
      return user.accessKeys.length > 0 ? 'delete access keys' : null
    },
  }),
  getAction(users),
  [
    'CreateAccessKey',
    writes((call) => {
      const user = findModifiable(users, call)
      if (user.accessKeys.length >= KEYS_PER_USER) throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`)
      const key = { id: randomId('AKIA', 16), created: new Date().toISOString() }
      user.accessKeys.push(key)
      return { AccessKey: { ...describeKey(user, key), SecretAccessKey: randomId('', 40) } }
    }),
  ],
  [
    'DeleteAccessKey',
    writes((call) => {
      const user = findModifiable(users, call)
      const id = keyIdOf(call)
      if (!user.accessKeys.some((key) => key.id === id)) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
      user.accessKeys = user.accessKeys.filter((key) => key.id !== id)
      return null
    }),
  ],
  [
    'ListAccessKeys',
    reads((call) => {
      const user = findEntity(users, call)
      return iamPage(
        call,
        'AccessKeyMetadata',
        user.accessKeys,
        ({ id }) => id,
        (key) => describeKey(user, key),
      )
    }),
  ],
]

const keyIdOf = (call: Call): string => call.parameters.text('AccessKeyId', { min: 16, max: 128, pattern: '[\\w]+' })

const describeKey = ({ name }: User, { id, created }: User['accessKeys'][number]): XmlElement => ({
  UserName: name,
  AccessKeyId: id,
  Status: 'Active',
  CreateDate: created,
})
