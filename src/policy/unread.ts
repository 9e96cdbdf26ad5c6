import type { Condition, Policy, Statement } from './policy.ts'

/** No request has it, and nobody knows it: so what depends on it stays undecided. */
const key = 'sallyport:unread'

const condition: Condition = { set: null, test: 'Bool', ifExists: false, key, values: ['true'], pointer: '' }

const everything = { negated: false, patterns: ['*'], pointers: [''] }

const statement = (index: number, effect: Statement['effect']): Statement => ({
  index,
  pointer: '',
  sid: null,
  effect,
  principals: null,
  actions: everything,
  resources: everything,
  conditions: [condition],
})

/** What stands for a policy that cannot be read: it may allow anything and deny anything, so that all is conditional on it. */
export const unreadPolicy: Policy = { version: '2012-10-17', statements: [statement(0, 'Allow'), statement(1, 'Deny')] }

/** Whether a condition is that of a policy that could not be read. */
export const isUnread = (other: Condition): boolean => other.key === key
