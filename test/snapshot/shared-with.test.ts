import { expect, test } from 'vitest'
import type { Assignee } from '../../src/aws/index.ts'
import { sharedByAssignment } from '../../src/snapshot/index.ts'

const user = (id: string): Assignee => ({ kind: 'user', id })
const group = (id: string): Assignee => ({ kind: 'group', id })

test.each<[readonly Assignee[], readonly string[], string]>([
  [[], ['123456789012'], 'Nobody is assigned to the permission set in account 123456789012.'],
  [[user('a')], ['123456789012'], 'Whoever is assigned to the permission set in account 123456789012: 1 user of Identity Center.'],
  [
    [user('a'), user('b'), group('c')],
    ['123456789012', '210987654321'],
    'Whoever is assigned to the permission set in the 2 accounts of the databases: 2 users and 1 group of Identity Center.',
  ],
])('who is assigned to a permission set, %j in %j, is told in words', (assignees, accounts, summary) => {
  expect(sharedByAssignment(assignees, accounts).summary).toBe(summary)
})

test('and by their ids in the identity store, told apart from users and groups of IAM', () => {
  expect(sharedByAssignment([user('a'), group('b')], ['123456789012']).principals).toEqual([
    { kind: 'identity-center-user', id: 'a', conditional: false },
    { kind: 'identity-center-group', id: 'b', conditional: false },
  ])
})
