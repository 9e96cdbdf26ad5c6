import { pointerTo } from '../kernel/json-pointer.ts'
import type { Faults } from './faults.ts'
import { isObject, type JsonObject, kindOf } from './json-kind.ts'
import type { PrincipalId, Principals } from './policy.ts'
import { quoted } from './quoted.ts'

const kinds: ReadonlyMap<string, PrincipalId['kind']> = new Map([
  ['AWS', 'AWS'],
  ['Federated', 'Federated'],
  ['Service', 'Service'],
  ['CanonicalUser', 'CanonicalUser'],
])

/** Reads Principal or NotPrincipal: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html. */
export function readPrincipals(json: JsonObject, policy: 'identity' | 'resource', statement: string, faults: Faults): Principals | null {
  const given = ['Principal', 'NotPrincipal'].filter((element) => json[element] !== undefined)
  const [element] = given
  const fault = (pointer: string, detail: string): null => faults.note(pointer, detail) ?? null
  if (policy === 'identity') {
    if (element === undefined) return null
    return fault(`${statement}/${element}`, 'is not possible in an identity policy: its principal is whom it is attached to')
  }
  if (element === undefined) return fault(`${statement}/Principal`, 'is missing; the policy of a resource has Principal or NotPrincipal')
  if (given.length > 1) return fault(statement, 'has both Principal and NotPrincipal; only one is possible')
  const value = json[element]
  const pointer = `${statement}/${element}`
  const negated = element === 'NotPrincipal'
  if (value === '*') return { negated, ids: [{ kind: 'Everyone', id: '*', pointer }] }
  if (!isObject(value)) return fault(pointer, `must be "*" or an object such as {"AWS": "123456789012"}, not ${kindOf(value)}`)
  return { negated, ids: Object.entries(value).flatMap(([name, ids]) => readIds(name, ids, pointer + pointerTo([name]), faults)) }
}

function readIds(name: string, ids: unknown, pointer: string, faults: Faults): PrincipalId[] {
  const kind = kinds.get(name)
  if (kind === undefined) {
    faults.note(pointer, `${quoted(name)} is not a kind of principal; possible are ${[...kinds.keys()].join(', ')}`)
    return []
  }
  if (typeof ids === 'string') return [{ kind, id: ids, pointer }]
  if (!Array.isArray(ids)) {
    faults.note(pointer, `must be a text or a list of texts, not ${kindOf(ids)}`)
    return []
  }
  return ids.flatMap((id: unknown, index) => {
    if (typeof id === 'string') return [{ kind, id, pointer: `${pointer}/${index}` }]
    faults.note(`${pointer}/${index}`, `must be a text, not ${kindOf(id)}`)
    return []
  })
}
