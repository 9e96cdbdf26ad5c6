import type { Person } from '../kernel/actor.ts'

/** What the rules can know of a database. */
export interface DatabaseFacts {
  readonly accountId: string
  readonly region: string
  readonly identifier: string
  readonly tags: Readonly<Record<string, string>>
}

export interface AskedEntitlement {
  readonly position: number
  readonly database: DatabaseFacts
  readonly dbUser: string
}

/** Who asks for what, for whom, through which principal: all that the rules look at. */
export interface Question {
  readonly requester: Person
  readonly beneficiary: Person
  readonly principal: { readonly arn: string; readonly account: string }
  readonly path: 'direct'
  readonly entitlements: readonly AskedEntitlement[]
}
