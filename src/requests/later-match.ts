import type { CatalogDatabase } from '../catalog/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'

/** Sallyport itself, because the catalog changed. */
export const catalogActor: ActorRecord = { kind: 'system', person: null, credential: 'worker', via: 'catalog' }

/**
 * What became of a database that came to match what a request names by tags, or as a whole region.
 * - `waiting`: the request is not decided yet; it is judged when that is.
 * - `joined`: a grant was opened for it. `asked`: a request of its own was opened for it. Both for good.
 * - `refused`: the rules refuse it. `blocked`: it may join, and something keeps it from that.
 * - Of a whole region, which AWS lets in by itself: `covered`, as the rules would have it, or `too_wide`.
 */
export type LaterOutcome = 'waiting' | 'joined' | 'asked' | 'refused' | 'blocked' | 'covered' | 'too_wide'

export interface LaterMatch {
  readonly database: CatalogDatabase
  readonly dbUser: string
  readonly outcome: LaterOutcome
  /** The rule that decided, or came nearest. */
  readonly rule: string | null
  readonly detail: string
  /** The request that was opened for it. */
  readonly askedId: Id<'req'> | null
  readonly matchedAt: Date
  readonly judgedAt: Date
}
