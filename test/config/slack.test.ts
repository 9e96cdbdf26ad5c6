import { expect, test } from 'vitest'
import { ConfigError, readContent } from '../../src/config/index.ts'

const developer = { id: 'developer', groups: ['developers'], identities: [{ issuer: 'slack:T0123ABCD', subject: 'U0123ABCD' }] }
const rule = {
  name: 'one',
  who: { groups: ['developers'] },
  databases: {},
  dbUsers: ['db_user'],
  principals: ['arn:aws:iam::123456789012:role/app-*'],
  approvals: 'auto',
  duration: { default: 'PT1H', longest: 'PT1H' },
}

const problems = (content: object): readonly string[] => {
  try {
    readContent(content)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('a workspace is believed about nobody unless that is said', () => {
  const file = readContent({ slack: { team: 'T0123ABCD' }, people: [developer], rules: [{ ...rule, channel: 'C0123ABCD' }] })
  expect(file.slack).toEqual({ team: 'T0123ABCD', channel: null, linkByEmail: false })
  expect(file.people[0]?.identities).toEqual(developer.identities)
  expect(file.rules[0]).toMatchObject({ channel: 'C0123ABCD' })
  expect(readContent({}).slack).toBeNull()
})

test.each([
  ['a name in place of an id', { slack: { team: 'example' } }, 'slack.team: must be the id of a workspace, such as T0123ABCD'],
  [
    'a channel by its name',
    { slack: { team: 'T0123ABCD', channel: '#dba' } },
    'slack.channel: must be the id of a channel, such as C0123ABCD',
  ],
  [
    'a member without a workspace',
    { people: [developer] },
    'people[0].identities[0].issuer: slack:T0123ABCD is not the workspace of slack',
  ],
  [
    'a member of another workspace',
    { slack: { team: 'T0OTHER' }, people: [developer] },
    'people[0].identities[0].issuer: slack:T0123ABCD is not the workspace of slack; known are slack:T0OTHER',
  ],
  [
    'a channel without a workspace',
    { people: [{ ...developer, identities: [] }], rules: [{ ...rule, channel: 'C0123ABCD' }] },
    'rules[0].channel: means nothing without slack, which is not given',
  ],
])('%s is refused', (_, content, problem) => {
  expect(problems(content)).toEqual([problem])
})
