import type { Database } from '../db/index.ts'
import {
  compile,
  type Foreign,
  namesOn,
  type PackedPolicy,
  type Placed,
  packedPolicies,
  parseConnectPattern,
  place,
  roomOn,
} from '../policy/index.ts'
import { placedOn } from './grant-view.ts'
import type { TargetIdentity } from './target-store.ts'

/** A target's policies as grants make them: those there are, and with more. */
export interface PlannedPolicies {
  readonly before: readonly PackedPolicy[]
  /** Null: there is no room for them. */
  readonly after: readonly PackedPolicy[] | null
}

/** What Sallyport's policies on a target would become if these ARNs were granted on it too; grants yet to start are counted. */
export async function plannedPolicies(
  db: Database,
  deploymentId: string,
  target: TargetIdentity & { readonly foreign: Foreign },
  arns: readonly string[],
): Promise<PlannedPolicies> {
  const standing = await placedOn(db, target)
  const added = place(
    standing,
    arns.map((arn) => ({ arn })),
    roomOn(target.kind, target.foreign),
  )
  const print = (placed: readonly Placed[]) =>
    packedPolicies(
      compile(
        placed.map(({ arn, placement }) => ({ arn: parseConnectPattern(arn), placement })),
        namesOn(deploymentId, target.uniqueId),
      ),
    )
  return { before: print(standing), after: added === null ? null : print([...standing, ...added]) }
}
