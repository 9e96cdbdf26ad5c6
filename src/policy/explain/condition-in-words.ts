import type { Condition, ConditionTest } from '../policy.ts'
import { quoted } from '../quoted.ts'
import { isUnsupportedKey } from '../unsupported-keys.ts'
import { listed } from './words.ts'

const verbs: Readonly<Record<Exclude<ConditionTest, 'Null'>, string>> = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is, in any case,',
  StringNotEqualsIgnoreCase: 'is not, in any case,',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  NumericEquals: 'equals',
  NumericNotEquals: 'does not equal',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is greater than',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is the time',
  DateNotEquals: 'is not the time',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is not after',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is not before',
  Bool: 'is',
  BinaryEquals: 'is the bytes',
  IpAddress: 'is an address in',
  NotIpAddress: 'is not an address in',
  ArnEquals: 'is an ARN like',
  ArnNotEquals: 'is not an ARN like',
  ArnLike: 'is an ARN like',
  ArnNotLike: 'is not an ARN like',
}

const subjects = {
  ForAllValues: (key: string) => `every value of ${key}`,
  ForAnyValue: (key: string) => `at least one value of ${key}`,
}

/** `aws:PrincipalTag/team is "payments" or "ledger"` */
export function conditionInWords(condition: Condition): string {
  const { set, test, ifExists, key, values } = condition
  const unsupported = isUnsupportedKey(key) ? ' (which rds-db:connect does not support)' : ''
  const name = `${key}${unsupported}`
  if (test === 'Null')
    return `${name} is ${listed(
      values.map((value) => (value.toLowerCase() === 'true' ? 'absent' : 'there')),
      'or',
    )}`
  const subject = set === null ? name : subjects[set](name)
  const absent = ifExists || set === 'ForAllValues' ? ', or the request has no such key' : ''
  const wanted = values.length === 0 ? 'one of no values' : listed(values.map(quoted), test.includes('Not') ? 'nor' : 'or')
  return `${subject} ${verbs[test]} ${wanted}${absent}`
}
