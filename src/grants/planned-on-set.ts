import type { Database } from '../db/index.ts'
import {
  compilePlaced,
  countedCharacters,
  namesOn,
  type Placed,
  packedPolicies,
  permissionSetKey,
  place,
  policyName,
  roomOnSet,
  SET_INLINE_POLICY,
  setSid,
  withStatement,
} from '../policy/index.ts'
import { placedOn } from './grant-view.ts'
import { foreignIn, type SetToGrantOn, setIn } from './open-on-set.ts'
import type { PlannedPolicies, PlannedPolicy } from './planned-policies.ts'

interface InAccount {
  readonly accountId: string
  readonly placed: readonly Placed[]
}

/**
 * What the policies of a permission set would become if these ARNs were granted on it too, by their accounts: the managed
 * policies of each account, and the set's whole inline policy if there is anything of ours in it.
 */
export async function plannedOnSet(
  db: Database,
  deploymentId: string,
  set: SetToGrantOn & { readonly inlinePolicy: string | null },
  arns: ReadonlyMap<string, readonly string[]>,
): Promise<PlannedPolicies> {
  const before: InAccount[] = []
  const after: InAccount[] = []
  for (const [accountId, wanted] of arns) {
    const { standing } = await placedOn(db, setIn(set, accountId))
    const room = roomOnSet(await foreignIn(db, set, accountId, deploymentId), set.way)
    const added = place(
      standing,
      wanted.map((arn) => ({ arn })),
      room,
    )
    before.push({ accountId, placed: standing })
    if (added !== null) after.push({ accountId, placed: [...standing, ...added] })
  }
  const print = (accounts: readonly InAccount[]) => printed(deploymentId, set, accounts)
  return { before: print(before), after: after.length < before.length ? null : print(after) }
}

function printed(
  deploymentId: string,
  set: SetToGrantOn & { readonly inlinePolicy: string | null },
  accounts: readonly InAccount[],
): readonly PlannedPolicy[] {
  let inline = set.inlinePolicy
  const managed = accounts.flatMap(({ accountId, placed }) => {
    const documents = new Map(compilePlaced(placed, namesOn(deploymentId, permissionSetKey(set.arn))))
    const merged = withStatement(inline, setSid(deploymentId, accountId), documents.get(policyName(deploymentId)) ?? null)
    if (merged !== 'unreadable') inline = merged
    documents.delete(policyName(deploymentId))
    return packedPolicies(documents)
  })
  const whole: PlannedPolicy[] =
    inline === null || !accounts.some(({ placed }) => placed.some(({ placement }) => placement === 0))
      ? []
      : [{ name: SET_INLINE_POLICY, kind: 'inline', document: inline, characters: countedCharacters(inline), entity: set.arn }]
  return [...whole, ...managed.map((policy) => ({ ...policy, entity: set.arn }))]
}
