import { inRange } from './ip-address.ts'
import { matchArn } from './match-arn.ts'
import { literally, type Pieces } from './match-pattern.ts'
import type { ConditionTest } from './policy.ts'
import { booleanOf, bytesOf, numberOf, timeOf } from './read-values.ts'
import { matchesResolved, resolve, type Scope } from './resolve-variables.ts'
import { type Truth, truth } from './truth.ts'

/** Compares a value of the policy with one of the request; unknown where either is not of the kind. */
type Comparison = (ours: string, theirs: string, scope: Scope) => Truth

const stringEquals: Comparison = (ours, theirs, scope) => matchesResolved(resolve(ours, scope, literally), literally(theirs))

const stringEqualsIgnoreCase: Comparison = (ours, theirs, scope) => {
  const resolved = resolve(ours, scope, literally)
  return matchesResolved(resolved === null ? null : { ...resolved, pieces: inSmall(resolved.pieces) }, inSmall(literally(theirs)))
}

const stringLike: Comparison = (ours, theirs, scope) => matchesResolved(resolve(ours, scope), literally(theirs))

const arnLike: Comparison = (ours, theirs, scope) => matchArn(resolve(ours, scope), literally(theirs))

const ipAddress: Comparison = (ours, theirs) => {
  const inside = inRange(ours, theirs)
  return inside === null ? 'unknown' : truth(inside)
}

/** For values that are read before they are compared. */
const read =
  <T>(reader: (text: string) => T | null, holds: (theirs: T, ours: T) => boolean): Comparison =>
  (ours, theirs) => {
    const mine = reader(ours)
    const other = reader(theirs)
    return mine === null || other === null ? 'unknown' : truth(holds(other, mine))
  }

const equal = <T>(theirs: T, ours: T): boolean => theirs === ours
const less = (theirs: number, ours: number): boolean => theirs < ours
const atMost = (theirs: number, ours: number): boolean => theirs <= ours
const greater = (theirs: number, ours: number): boolean => theirs > ours
const atLeast = (theirs: number, ours: number): boolean => theirs >= ours

/**
 * What each test compares, and, where its name has a Not, what must then be so for none of the policy's values
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html). Variables count in
 * strings and ARNs only.
 */
export const comparisons: Readonly<Record<Exclude<ConditionTest, 'Null'>, Comparison>> = {
  StringEquals: stringEquals,
  StringNotEquals: stringEquals,
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringNotEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringLike: stringLike,
  StringNotLike: stringLike,
  NumericEquals: read(numberOf, equal),
  NumericNotEquals: read(numberOf, equal),
  NumericLessThan: read(numberOf, less),
  NumericLessThanEquals: read(numberOf, atMost),
  NumericGreaterThan: read(numberOf, greater),
  NumericGreaterThanEquals: read(numberOf, atLeast),
  DateEquals: read(timeOf, equal),
  DateNotEquals: read(timeOf, equal),
  DateLessThan: read(timeOf, less),
  DateLessThanEquals: read(timeOf, atMost),
  DateGreaterThan: read(timeOf, greater),
  DateGreaterThanEquals: read(timeOf, atLeast),
  Bool: read(booleanOf, equal),
  BinaryEquals: read(bytesOf, equal),
  IpAddress: ipAddress,
  NotIpAddress: ipAddress,
  ArnEquals: arnLike,
  ArnNotEquals: arnLike,
  ArnLike: arnLike,
  ArnNotLike: arnLike,
}

/** Character by character, so that both sides are treated alike whatever stands around one. */
const inSmall = (pieces: Pieces): Pieces =>
  pieces.flatMap((piece) => (piece < 0 ? [piece] : literally(String.fromCodePoint(piece).toLowerCase())))
