import type { Database } from '../db/index.ts'
import { compileTarget, type Foreign, type PackedPolicy, type Placed, packedPolicies, place, roomOn } from '../policy/index.ts'
import { placedOn } from './grant-view.ts'
import type { AccessRoleIdentity, EntityIdentity } from './target-store.ts'

/** A target's policies as grants make them: those there are, and with more. */
export interface PlannedPolicies {
  readonly before: readonly PlannedPolicy[]
  /** Null: there is no room for them. */
  readonly after: readonly PlannedPolicy[] | null
}

export interface PlannedPolicy extends PackedPolicy {
  /** The ARN of what it is on. */
  readonly entity: string
}

/** What Sallyport's policies on a target would become if these ARNs were granted on it too; grants yet to start are counted. */
export async function plannedPolicies(
  db: Database,
  deploymentId: string,
  target: EntityIdentity | AccessRoleIdentity,
  foreign: Foreign,
  arns: readonly string[],
): Promise<PlannedPolicies> {
  const { standing, guarded } = await placedOn(db, target)
  const added = place(
    standing,
    arns.map((arn) => ({ arn })),
    roomOn(target.kind === 'access_role' ? 'role' : target.kind, foreign, guarded),
  )
  const print = (placed: readonly Placed[]) =>
    packedPolicies(compileTarget(deploymentId, { uniqueId: target.uniqueId, guarded }, placed)).map((policy) => ({
      ...policy,
      entity: target.arn,
    }))
  return { before: print(standing), after: added === null ? null : print([...standing, ...added]) }
}
