import { LEASE_SECONDS } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'

/** Milliseconds kept free at a lease's end: an attempt of a call takes at most 10 s (src/aws), and is to be over by then. */
const MARGIN = 12_000

/** The right to write to a target, for a time. The database's clock decides it; this is our side of it. */
export interface Lease {
  readonly targetId: Id<'tgt'>
  readonly token: bigint
  /**
   * Asked last thing before each attempt of a write. Throws LeaseLost when the lease might be somebody else's
   * before the attempt is over. A process frozen between this question and the sending can still write late:
   * IAM has no compare-and-set. Therefore a target that changed hands is looked at again later.
   */
  readonly guard: () => void
  /** Notes that the lease was taken or renewed by a statement sent after `asked` (performance.now()). */
  readonly extend: (asked: number) => void
}

/** The lease may be somebody else's by now: nothing more may be written. The next run finds out what came of it. */
export class LeaseLost extends Error {
  constructor(targetId: Id<'tgt'>) {
    super(`the lease on ${targetId} was lost`)
    this.name = 'LeaseLost'
  }
}

/** Somebody else holds the lease. The job fails, and is tried again within the lease's length. */
export class LeaseHeld extends Error {
  constructor(targetId: Id<'tgt'>) {
    super(`another run holds the lease on ${targetId}`)
    this.name = 'LeaseHeld'
  }
}

/**
 * The lease taken by a statement that was sent after `asked`. Counted from before the statement was sent, on a
 * clock that never steps, it ends here before it ends in the database.
 */
export function leaseOf(targetId: Id<'tgt'>, token: bigint, asked: number): Lease {
  const deadline = (from: number) => from + LEASE_SECONDS * 1_000 - MARGIN
  let until = deadline(asked)
  return {
    targetId,
    token,
    guard: () => {
      if (performance.now() > until) throw new LeaseLost(targetId)
    },
    extend: (from) => {
      until = deadline(from)
    },
  }
}
