import type { Person } from './actor.ts'

/** How a principal gets access: by policies of its own, or through a role that it assumes. */
export const paths = ['direct', 'access-role'] as const
export type Path = (typeof paths)[number]

/** Some people: those named, and everybody who is in one of the groups. Empty means nobody. */
export interface Who {
  readonly groups: readonly string[]
  readonly people: readonly string[]
}

export const includes = (who: Who, person: Person): boolean =>
  who.people.includes(person.id) || who.groups.some((group) => person.groups.includes(group))

/** Groups and people by name, a group said to be one. */
export const namesIn = ({ groups, people }: Who): readonly string[] => [...groups.map((group) => `group ${group}`), ...people]

/** The same in words: any one of them. */
export const anyOf = (who: Who): string => namesIn(who).join(' or ')

/** Who may fill the places of a stage too, once it has waited for so many seconds since its turn came. */
export interface Escalation {
  readonly after: number
  readonly to: Who
}

/** An approval needed: by `count` different people of `from`. */
export interface Stage {
  readonly from: Who
  readonly count: number
  /** Whose turn it is when: stages of a lower turn come first. Left out: the first, so that all of them are at once. */
  readonly turn?: number | undefined
  /** Left out: it asks nobody else, however long it waits. */
  readonly escalate?: Escalation | undefined
}

export const turnOf = ({ turn }: Stage): number => turn ?? 1

/**
 * How access is asked for.
 * - `ordinary`: for a time, by the rule's approvals.
 * - `emergency`: at once without approval, reviewed afterwards.
 * - `standing`: without an end, for as long as reviewers keep it.
 * - `extension`: more time for a grant that has not ended, by approvals of its own.
 */
export const manners = ['ordinary', 'emergency', 'standing', 'extension'] as const
export type Manner = (typeof manners)[number]

/** Who may have access at once without approval, for how many seconds at most, and who hears of it and reviews it afterwards. */
export interface EmergencyTerms {
  readonly who: Who
  readonly longest: number
  readonly review: Who
  /** Whom to tell besides; channels as those who tell know them. */
  readonly notify: Who & { readonly channels: readonly string[] }
}

/** How often access may be extended, to how many seconds in all from its first start, and by which approvals; null: those of the rule. */
export interface ExtensionTerms {
  readonly count: number
  readonly total: number
  readonly approvals: readonly Stage[] | null
}

/** That access may be asked for without an end: it ends unless one of `reviewers` keeps it every so many seconds. */
export interface StandingTerms {
  readonly reviewEvery: number
  readonly reviewers: Who
  /** How many seconds before it is due a review is opened. */
  readonly remindBefore: number
}

/** Which databases a rule is about; each part given must match, a part left out matches all. */
export interface DatabaseScope {
  readonly accounts?: readonly string[] | undefined
  readonly regions?: readonly string[] | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** Patterns of database identifiers. */
  readonly identifiers?: readonly string[] | undefined
}

/** Which database users some databases have, and what becomes of a request for another one there. */
export interface DatabaseUsers {
  readonly databases: DatabaseScope
  readonly names: readonly string[]
  readonly others: 'refuse' | 'warn'
}

/** A rule that lets somebody ask. Durations are whole seconds. */
export interface AllowRule {
  readonly name: string
  readonly effect: 'allow'
  readonly who: Who
  readonly databases: DatabaseScope
  /** Patterns with `*` and `?`. */
  readonly dbUsers: readonly string[]
  /** Patterns of principal ARNs, which may also name the person: `${person.username}`, `${person.id}`. */
  readonly principals: readonly string[]
  readonly paths: readonly Path[]
  /** Each stage by different people, those with a `turn` in that order; none means that no approval is needed. */
  readonly approvals: readonly Stage[]
  readonly duration: { readonly default: number; readonly longest: number }
  /** How long a request may wait for its decision. */
  readonly waits: number
  /** How far ahead a start may lie: for so long an approval may go unused. */
  readonly startsWithin: number
  /** How long before its end those concerned are told that access ends soon. */
  readonly notifyBefore: number
  /** What the reason must have in it (RE2 syntax), and what is said where it does not. */
  readonly reason: { readonly pattern: string; readonly message: string } | null
  /** That there must be a ticket: of this system, if one is named, with a key that has the pattern in it. */
  readonly ticket: {
    readonly system: string | null
    readonly pattern: string | null
    /** The source from which it must be known, open, and the person's; null: it need not be known. */
    readonly source: string | null
    /** What type it must be of then; null: of any. */
    readonly types: readonly string[] | null
    readonly message: string
  } | null
  /** The sources of tickets by which approvers may decide. */
  readonly decisionsFrom: readonly string[]
  /** What requesters and approvers are told. */
  readonly warning: string | null
  /** The Slack channel in which it is asked for decisions. */
  readonly channel: string | null
  /** Whether all users of a database, or all databases of a region, may be asked for at once: those that come later too. */
  readonly wildcards: { readonly dbUsers: boolean; readonly databases: boolean }
  /** Null: there is no emergency access by this rule. */
  readonly emergency: EmergencyTerms | null
  /** Null: there is no standing access by this rule. */
  /** How access may be extended before its end; null: not at all. */
  readonly extensions: ExtensionTerms | null
  readonly standing: StandingTerms | null
}

/** A rule that refuses whatever it touches, whichever other rules allow it. A part left out matches all. */
export interface DenyRule {
  readonly name: string
  readonly effect: 'deny'
  readonly who?: Who | undefined
  readonly databases?: DatabaseScope | undefined
  readonly dbUsers?: readonly string[] | undefined
  readonly principals?: readonly string[] | undefined
  readonly paths?: readonly Path[] | undefined
}

export type Rule = AllowRule | DenyRule
