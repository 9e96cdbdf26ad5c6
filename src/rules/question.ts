import type { Person } from '../kernel/actor.ts'
import type { Path } from '../kernel/rule.ts'

/** What the rules can know of a database. */
export interface DatabaseFacts {
  readonly identifier: string
  readonly tags: Readonly<Record<string, string>>
}

/** Where a database is. */
export interface Place {
  readonly accountId: string
  readonly region: string
}

export interface AskedEntitlement {
  readonly position: number
  /** Null: every database of the place, those that come later too. */
  readonly database: DatabaseFacts | null
  readonly place: Place
  /** `*`: every user, those made later too. */
  readonly dbUser: string
}

/** What is known of a ticket from its source. */
export interface KnownTicket {
  readonly open: boolean
  readonly closed: boolean
  readonly status: string
  readonly type: string | null
  /** The ids of those who asked for it or have it, as far as they are linked. */
  readonly people: readonly string[]
}

/** Who asks for what, for whom, through which principal: all that the rules look at. */
export interface Question {
  readonly requester: Person
  readonly beneficiary: Person
  readonly principal: {
    readonly arn: string
    /** Empty for a permission set, which is in no account. */
    readonly account: string
    /** Whether its account is one of those that Sallyport manages. */
    readonly managed: boolean
  }
  readonly path: Path
  readonly reason: string
  /** `known` is null for a ticket that no source has told of. */
  readonly ticket: { readonly system: string; readonly key: string; readonly known: KnownTicket | null } | null
  readonly entitlements: readonly AskedEntitlement[]
}
