import { compile } from './compile.ts'
import { type ConnectArn, printConnectPattern } from './connect-arn.ts'
import { countedCharacters, type PolicyDocuments } from './document.ts'
import { place, roomOn } from './pack.ts'
import { isManaged, type NameOf } from './policy-name.ts'
import type { EntityKind } from './quota.ts'

/** A policy to be, as people look at it. */
export interface PackedPolicy {
  readonly name: string
  readonly kind: 'inline' | 'managed'
  readonly document: string
  /** Without blanks, as IAM counts. */
  readonly characters: number
}

/** The policies that these ARNs make on an entity that has no others; null if they do not all fit. */
export function packAlone(kind: EntityKind, arns: readonly ConnectArn[], nameOf: NameOf): readonly PackedPolicy[] | null {
  const items = arns.map((arn) => ({ parsed: arn, arn: printConnectPattern(arn) }))
  const placed = place([], items, roomOn(kind, { characters: 0, attached: 0 }))
  if (placed === null) return null
  const granted = placed.map(({ parsed, placement }) => ({ arn: parsed, placement }))
  return packedPolicies(compile(granted, nameOf))
}

/** Documents as people look at them. */
export const packedPolicies = (documents: PolicyDocuments): readonly PackedPolicy[] =>
  [...documents].map(([name, document]) => ({
    name,
    kind: isManaged(name) ? 'managed' : 'inline',
    document,
    characters: countedCharacters(document),
  }))
