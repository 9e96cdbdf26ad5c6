/**
 * An IAM policy as it was read, whoever wrote it: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
 * Texts stand as in the document; nothing has been resolved or matched yet.
 */
export interface Policy {
  /** A document without one has the older. Only in the newer does `${…}` mean something else than itself. */
  readonly version: '2008-10-17' | '2012-10-17'
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly index: number
  /** The JSON pointer of the statement; one that stands alone, and not in a list, is at `/Statement`. */
  readonly pointer: string
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny'
  /** Only in a trust policy and other policies of a resource. */
  readonly principals: Principals | null
  readonly actions: Patterns
  /** A trust policy has none and is about the role that it belongs to, which reads as everything: none of NotResource. */
  readonly resources: Patterns
  /** All of them must be met. */
  readonly conditions: readonly Condition[]
}

/** What Action, Resource (matches if one does) or, negated, NotAction, NotResource (matches if none does) lists. */
export interface Patterns {
  readonly negated: boolean
  readonly patterns: readonly string[]
  /** The JSON pointer of each. */
  readonly pointers: readonly string[]
}

export interface Principals {
  readonly negated: boolean
  readonly ids: readonly PrincipalId[]
}

export interface PrincipalId {
  /** `Everyone` is `"Principal": "*"`, written without a kind. */
  readonly kind: 'AWS' | 'Federated' | 'Service' | 'CanonicalUser' | 'Everyone'
  readonly id: string
  readonly pointer: string
}

/** One key of one operator. */
export interface Condition {
  readonly set: 'ForAllValues' | 'ForAnyValue' | null
  readonly test: ConditionTest
  readonly ifExists: boolean
  /** As written; keys are compared without regard to case. */
  readonly key: string
  /** Numbers and booleans of the document as their texts. */
  readonly values: readonly string[]
  readonly pointer: string
}

/** docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const conditionTests = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'Null',
] as const

export type ConditionTest = (typeof conditionTests)[number]

/** The operator in AWS's spelling, such as `ForAnyValue:StringLikeIfExists`. */
export const operatorName = ({ set, test, ifExists }: Pick<Condition, 'set' | 'test' | 'ifExists'>): string =>
  `${set === null ? '' : `${set}:`}${test}${ifExists ? 'IfExists' : ''}`
