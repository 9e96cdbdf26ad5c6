import type { FieldError } from '../kernel/errors.ts'
import { pointerTo } from '../kernel/json-pointer.ts'
import { Faults } from './faults.ts'
import { isObject, type JsonObject, kindOf } from './json-kind.ts'
import { parseDocument } from './parse-document.ts'
import type { Patterns, Policy, Statement } from './policy.ts'
import { quoted } from './quoted.ts'
import { readConditions } from './read-conditions.ts'
import { readPrincipals } from './read-principals.ts'

export type PolicyReading =
  | { readonly policy: Policy; readonly faults: readonly [] }
  | { readonly policy: null; readonly faults: readonly FieldError[] }

/** An identity policy names no principal; that of a resource (a role's trust policy is one) has to, and may leave Resource out. */
export type PolicyKind = 'identity' | 'resource'

/**
 * Reads any IAM policy, from its text or its parsed JSON
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). One statement or text may stand where a
 * list may. A document that IAM would not take, or that could be read in two ways, gives faults (at most 50) and no
 * policy: a policy half understood is not understood. Patterns, ARNs and values are taken as they stand.
 */
export function readPolicy(document: unknown, kind: PolicyKind = 'identity'): PolicyReading {
  const faults = new Faults()
  const json = typeof document === 'string' ? parseDocument(document, faults) : document
  const policy = faults.noted.length === 0 ? readDocument(json, kind, faults) : undefined
  return policy === undefined || faults.noted.length > 0 ? { policy: null, faults: faults.noted } : { policy, faults: [] }
}

function readDocument(json: unknown, kind: PolicyKind, faults: Faults): Policy | undefined {
  if (!isObject(json)) return faults.note('', `must be an object with Version and Statement, not ${kindOf(json)}`)
  refuseUnknown(json, ['Version', 'Id', 'Statement'], '', faults)
  const version = json['Version'] === undefined ? '2008-10-17' : json['Version']
  if (json['Statement'] === undefined) return faults.note('/Statement', 'is missing')
  const list: readonly unknown[] | null = Array.isArray(json['Statement']) ? json['Statement'] : null
  const statements = (list ?? [json['Statement']]).flatMap((statement, index) => {
    const pointer = list === null ? '/Statement' : `/Statement/${index}`
    return readStatement(statement, { index, pointer, kind, faults }) ?? []
  })
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    return faults.note('/Version', 'must be "2012-10-17" or "2008-10-17": the policy language has no other version')
  }
  return { version, statements }
}

interface Place {
  readonly index: number
  readonly pointer: string
  readonly kind: PolicyKind
  readonly faults: Faults
}

const elements = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

function readStatement(json: unknown, { index, pointer, kind, faults }: Place): Statement | undefined {
  if (!isObject(json)) return faults.note(pointer, `must be a statement, which is an object, not ${kindOf(json)}`)
  refuseUnknown(json, elements, pointer, faults)
  const sid = json['Sid']
  const effect = json['Effect']
  const actions = readPatterns(json, 'Action', pointer, faults)
  const bound = kind === 'resource' && json['Resource'] === undefined && json['NotResource'] === undefined
  const resources = bound ? { negated: true, patterns: [], pointers: [] } : readPatterns(json, 'Resource', pointer, faults)
  const principals = readPrincipals(json, kind, pointer, faults)
  const conditions = readConditions(json['Condition'], `${pointer}/Condition`, faults)
  if (sid !== undefined && typeof sid !== 'string') return faults.note(`${pointer}/Sid`, `must be a text, not ${kindOf(sid)}`)
  if (effect !== 'Allow' && effect !== 'Deny') {
    return faults.note(`${pointer}/Effect`, effect === undefined ? 'is missing' : 'must be "Allow" or "Deny", with these capitals')
  }
  if (actions === undefined || resources === undefined) return undefined
  return { index, pointer, sid: sid ?? null, effect, principals, actions, resources, conditions }
}

/** Reads Action or NotAction, Resource or NotResource: exactly one of the two. */
function readPatterns(json: JsonObject, element: 'Action' | 'Resource', statement: string, faults: Faults): Patterns | undefined {
  const not = `Not${element}`
  if (json[element] !== undefined && json[not] !== undefined)
    return faults.note(statement, `has both ${element} and ${not}; only one is possible`)
  const negated = json[not] !== undefined
  const pointer = `${statement}/${negated ? not : element}`
  const value = json[negated ? not : element]
  if (value === undefined) return faults.note(pointer, `is missing; a statement has ${element} or ${not}`)
  if (typeof value === 'string') return { negated, patterns: [value], pointers: [pointer] }
  if (!Array.isArray(value)) return faults.note(pointer, `must be a text or a list of texts, not ${kindOf(value)}`)
  const patterns: string[] = []
  value.forEach((item: unknown, index) => {
    if (typeof item === 'string') patterns.push(item)
    else faults.note(`${pointer}/${index}`, `must be a text, not ${kindOf(item)}`)
  })
  return { negated, patterns, pointers: patterns.map((_, index) => `${pointer}/${index}`) }
}

function refuseUnknown(json: JsonObject, known: readonly string[], pointer: string, faults: Faults): void {
  for (const name of Object.keys(json).filter((name) => !known.includes(name))) {
    const meant = known.find((element) => element.toLowerCase() === name.toLowerCase())
    const cure = meant === undefined ? `possible are ${known.join(', ')}` : `it is written ${quoted(meant)}`
    faults.note(pointer + pointerTo([name]), `${quoted(name)} is not an element that is possible here; ${cure}`)
  }
}
