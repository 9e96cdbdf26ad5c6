import type { Person } from '../../src/kernel/actor.ts'
import type { AllowRule, DenyRule } from '../../src/kernel/rule.ts'
import type { Question } from '../../src/rules/index.ts'

export const person = (id: string, facts: Partial<Omit<Person, 'id'>> = {}): Person => ({
  id,
  username: id,
  displayName: id,
  groups: [],
  ...facts,
})

export const developer = person('developer', { groups: ['developers'] })
export const dba = person('dba', { groups: ['dba'] })

export const place = { accountId: '123456789012', region: 'us-east-2' }
export const orders = { identifier: 'orders', tags: { environment: 'production' } }

const appReader = { arn: 'arn:aws:iam::123456789012:role/app-reader', account: '123456789012', managed: true }

export const question = (facts: Partial<Question> = {}): Question => ({
  requester: developer,
  beneficiary: facts.requester ?? developer,
  principal: appReader,
  path: 'direct',
  manner: 'ordinary',
  reason: 'Investigate slow invoices',
  ticket: null,
  entitlements: [{ position: 0, database: orders, place, dbUser: 'db_user' }],
  ...facts,
})

export const allow = (name: string, facts: Partial<Omit<AllowRule, 'name' | 'effect'>> = {}): AllowRule => ({
  name,
  effect: 'allow',
  who: { groups: ['developers'], people: [] },
  databases: {},
  dbUsers: ['*'],
  principals: ['arn:aws:iam::*:role/app-*'],
  paths: ['direct'],
  approvals: [{ from: { groups: ['dba'], people: [] }, count: 1 }],
  duration: { default: 3_600, longest: 28_800 },
  waits: 86_400,
  startsWithin: 31_622_400,
  notifyBefore: 900,
  reason: null,
  ticket: null,
  decisionsFrom: [],
  warning: null,
  channel: null,
  wildcards: { dbUsers: false, databases: false },
  extensions: null,
  emergency: null,
  standing: null,
  ...facts,
})

export const deny = (name: string, facts: Omit<DenyRule, 'name' | 'effect'> = {}): DenyRule => ({ name, effect: 'deny', ...facts })
