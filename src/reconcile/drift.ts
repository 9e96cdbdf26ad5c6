import type { IamWrite } from './write-store.ts'

/** Hashes of the one document of ours on a target; null where there is none. */
type DocumentHash = string | null

/** True if a document that IAM shows is the state before or after one of the recent writes: IAM is eventually consistent. */
export const mayBeOurs = (found: DocumentHash, writes: readonly IamWrite[]): boolean =>
  writes.some((write) => write.hashBefore === found || write.hashAfter === found)

/** True if the document that was found differs from the one last written, and no recent write of ours explains it. */
export const isDrift = (found: DocumentHash, written: DocumentHash, recent: readonly IamWrite[]): boolean =>
  found !== written && !mayBeOurs(found, recent)

/**
 * Whole seconds after which to look again, if IAM only does not show yet what was written; null if what it shows has
 * another reason. They double as the write ages: it is looked at seven times or so until IAM has had its minute.
 */
export function notVisibleYet(found: DocumentHash, desired: DocumentHash, recent: readonly IamWrite[], now: Date): number | null {
  if (found === desired || !mayBeOurs(found, recent)) return null
  const latest = recent.findLast((write) => write.outcome === 'done')
  if (latest === undefined || latest.settledAt === null || latest.hashAfter !== desired) return null
  return Math.max(1, Math.round((now.getTime() - latest.settledAt.getTime()) / 1_000))
}
