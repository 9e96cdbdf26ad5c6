import type { ConnectParts } from '../connect-resource-parts.ts'
import type { PolicyFacts } from '../database-facts.ts'
import type { Policy } from '../policy.ts'
import type { Finding } from './finding.ts'

/** A resource where it stands. */
export interface ResourcePlace {
  readonly text: string
  readonly pointer: string
  readonly version: Policy['version']
  /** The statement has other actions too, which the resource may be for. */
  readonly withOthers: boolean
  /** The statement names connecting, and not merely `*`. */
  readonly namesConnect: boolean
  /** What a Deny or a NotResource matches too much is not let in by it. */
  readonly judgeWildcards: boolean
  readonly facts: PolicyFacts
}

/** A finding on a part of a resource, and what the parts should be, as far as that is known. */
export interface PartFinding {
  readonly finding: Finding
  readonly fix: Partial<ConnectParts>
}
