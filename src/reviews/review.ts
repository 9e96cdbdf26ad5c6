import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { Who } from '../kernel/rule.ts'

export const reviewKinds = ['emergency', 'standing'] as const
export type ReviewKind = (typeof reviewKinds)[number]

/**
 * - `planned`: of standing access, and not to be signed yet.
 * - `open`: waits for a reviewer.
 * - `signed`: a reviewer has said what they think.
 * - `lapsed`: of standing access that has ended, because nobody signed in time or otherwise.
 */
export const reviewStatuses = ['open', 'planned', 'signed', 'lapsed'] as const
export type ReviewStatus = (typeof reviewStatuses)[number]

/** What a reviewer says: of emergency access the first two, of standing access the others. */
export const outcomes = ['justified', 'unjustified', 'keep', 'end'] as const
export type Outcome = (typeof outcomes)[number]

/** Which outcomes end what access there is. */
export const endsAccess = (outcome: Outcome): boolean => outcome === 'unjustified' || outcome === 'end'

export const fitsKind = (kind: ReviewKind, outcome: Outcome): boolean =>
  (kind === 'emergency') === (outcome === 'justified' || outcome === 'unjustified')

/** A review, with what it takes of the request that it is of. */
export interface Review {
  readonly id: Id<'rev'>
  readonly requestId: Id<'req'>
  readonly kind: ReviewKind
  readonly status: ReviewStatus
  /** Whom the rules named when it was made. */
  readonly reviewers: Who
  readonly requesterId: string
  readonly beneficiaryId: string
  /** The credential that was asked with, and whose API key it is. */
  readonly askedWith: string
  readonly keyOwnerId: string | null
  readonly principalArn: string
  readonly reason: string
  /** What was granted, whether or not it has ended. */
  readonly access: readonly {
    readonly grant: Id<'grt'>
    readonly database: { readonly id: Id<'dbs'>; readonly identifier: string } | null
    readonly dbUser: string
    readonly resource: string
  }[]
  readonly createdAt: Date
  /** From when it can be signed; null: nothing is left to be reviewed. */
  readonly opensAt: Date | null
  /** When standing access ends unless it is kept; null for emergency access. */
  readonly dueAt: Date | null
  readonly closedAt: Date | null
  readonly outcome: Outcome | 'lapsed' | null
  readonly note: string | null
  readonly signedBy: ActorRecord | null
}

/** Those who never sign it: who asked, whose key asked, and who uses it. */
export const ownPeople = ({ requesterId, beneficiaryId, keyOwnerId }: Review): readonly string[] => [
  ...new Set([requesterId, beneficiaryId, ...(keyOwnerId === null ? [] : [keyOwnerId])]),
]
