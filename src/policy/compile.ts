import { type ConnectArn, covers, parseConnectPattern, printConnectPattern } from './connect-arn.ts'
import { isRole, type PolicyDocuments, printDocument } from './document.ts'
import { printGuard } from './guard.ts'
import type { Placed, Placement } from './pack.ts'
import { guardName, type NameOf, namesOn } from './policy-name.ts'

/** What is granted, and in which of the target's policies it stands. */
export interface Granted {
  readonly arn: ConnectArn
  readonly placement: Placement
}

/** An access role in another account that the target may assume, and in which of its policies that stands. */
export interface Assumed {
  readonly roleArn: string
  readonly placement: Placement
}

/**
 * The documents that a target should have while this is granted on it: in each place the smallest that allows what was
 * placed there and nothing else, and assuming the roles. The same grants in any order, repeated or not, give the same bytes; a place without
 * one has no document. Throws `invalid_arn` for an ARN that is not one.
 */
export function compile(granted: readonly Granted[], nameOf: NameOf, assumed: readonly Assumed[] = []): PolicyDocuments {
  const placements = [...new Set([...granted, ...assumed].map(({ placement }) => placement))].sort((one, other) => one - other)
  return new Map(
    placements.flatMap((placement) => {
      const here = granted.filter((grant) => grant.placement === placement).map(({ arn }) => arn)
      const roles = assumed.filter((each) => each.placement === placement).map(({ roleArn }) => roleArn)
      const document = printDocument([...withoutCovered(here).map(printConnectPattern), ...roles])
      return document === null ? [] : [[nameOf(placement), document]]
    }),
  )
}

/** The same for what is kept of grants: ARNs, or patterns of them, and those of roles to assume. */
export function compilePlaced(placed: readonly Placed[], nameOf: NameOf): PolicyDocuments {
  return compile(
    placed.filter(({ arn }) => !isRole(arn)).map(({ arn, placement }) => ({ arn: parseConnectPattern(arn), placement })),
    nameOf,
    placed.filter(({ arn }) => isRole(arn)).map(({ arn, placement }) => ({ roleArn: arn, placement })),
  )
}

/** What decides which documents a target has, besides what is granted on it. */
export interface CompiledTarget {
  readonly uniqueId: string
  /** Whether it has a guard, which denies it to connect to anything that is not granted. */
  readonly guarded: boolean
}

/** All documents of a target while this is granted on it, its guard included. */
export function compileTarget(deploymentId: string, { uniqueId, guarded }: CompiledTarget, placed: readonly Placed[]): PolicyDocuments {
  const documents = compilePlaced(placed, namesOn(deploymentId, uniqueId))
  if (!guarded) return documents
  const granted = placed.filter(({ arn }) => !isRole(arn)).map(({ arn }) => parseConnectPattern(arn))
  return new Map([...documents, [guardName(deploymentId, uniqueId), printGuard(withoutCovered(granted).map(printConnectPattern))]])
}

/**
 * Leaves out each ARN that a wider one in the same place lets connect to as well. A wider one in another place is no
 * reason: when it ends, the two policies could not change at the same moment.
 */
function withoutCovered(arns: readonly ConnectArn[]): readonly ConnectArn[] {
  const wide = arns.filter((arn) => arn.resourceId === '*' || arn.dbUser === '*')
  return arns.filter((arn) => !wide.some((other) => covers(other, arn) && !covers(arn, other)))
}
