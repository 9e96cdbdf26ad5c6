import type { Reader, Statement, Tx } from '../db/index.ts'
import type { ActorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import {
  ATTACHED_QUOTA,
  compilePlaced,
  countedCharacters,
  type Foreign,
  inlineQuota,
  namesOn,
  type Placed,
  permissionSetKey,
  place,
  roomOnSet,
} from '../policy/index.ts'
import type { NewGrant } from './grant.ts'
import { insertGrants, reservedOn } from './grant-store.ts'
import { ensureTarget, type PermissionSetIdentity } from './target-store.ts'

/** A permission set as it is now. */
export interface SetToGrantOn {
  readonly arn: string
  readonly name: string
  readonly instanceArn: string
  /** What others take up of its quotas. */
  readonly foreign: Foreign
  /** How new access is given: by managed policies that the set refers to, or in its inline policy. */
  readonly way: 'reference' | 'inline'
}

/** The target that a permission set is in one account. */
export const setIn = ({ arn, name, instanceArn }: SetToGrantOn, accountId: string): PermissionSetIdentity => ({
  kind: 'permission_set',
  accountId,
  name,
  arn,
  uniqueId: permissionSetKey(arn),
  instanceArn,
})

export interface OpenOnSet {
  readonly set: SetToGrantOn
  /** By the account of their databases. */
  readonly grants: ReadonlyMap<string, readonly NewGrant[]>
  readonly deploymentId: string
  readonly actor: ActorRecord
  readonly now: Date
}

/**
 * Opens grants on a permission set, in each account on a target of its own, and reserves their room as openGrants does. The
 * inline policy is one for all accounts: what is reserved in it for one is counted for the others, and approvals for a set
 * are taken one after the other. Throws `quota_exceeded`.
 */
export async function openOnSet(tx: Tx, { set, grants, deploymentId, actor, now }: OpenOnSet): Promise<void> {
  await tx.prisma.$queryRaw`select pg_advisory_xact_lock(hashtextextended('grants on ' || ${set.arn}::text, 0))::text`
  for (const [accountId, opened] of [...grants].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const targetId = await ensureTarget(tx, setIn(set, accountId))
    const foreign = await foreignIn(tx, set, accountId, deploymentId)
    const placed = place(await reservedOn(tx, targetId), opened, roomOnSet(foreign, set.way))
    if (placed === null) refuse(set, foreign)
    await insertGrants(tx, targetId, placed, actor, now)
  }
}

function refuse({ arn, way }: SetToGrantOn, foreign: Foreign): never {
  const room =
    way === 'inline'
      ? `its inline policy may have ${inlineQuota('role')} characters, of which others and other accounts take ${foreign.characters}`
      : `its roles may have ${ATTACHED_QUOTA} managed policies, of which others take ${foreign.attached}`
  throw new SallyportError(
    'quota_exceeded',
    `The policies of ${arn} have no room for this: ${room}; the rest is reserved by grants. End grants on it that are not needed, or have its other policies made smaller.`,
  )
}

const elsewhereStatement: Statement = {
  name: 'grants-inline-elsewhere',
  text: `
    select t.account_id as "accountId", json_agg(distinct g.resource_arn) as arns
    from target t join "grant" g on g.target_id = t.id
    where t.kind = 'permission_set' and t.arn = $1 and t.account_id <> $2 and g.placement = 0 and g.status <> 'ended'
    group by t.account_id`,
}

/** What of a set's quotas is taken in one account: by others, and inline by what is granted in other accounts. */
export async function foreignIn(reader: Reader, { arn, foreign }: SetToGrantOn, accountId: string, deploymentId: string): Promise<Foreign> {
  const rows = await reader.query<{ accountId: string; arns: readonly string[] }>(elsewhereStatement, [arn, accountId])
  const nameOf = namesOn(deploymentId, permissionSetKey(arn))
  const taken = rows.flatMap(({ arns }) => {
    const placed: Placed[] = arns.map((each) => ({ arn: each, placement: 0 }))
    return [...compilePlaced(placed, nameOf).values()].map(countedCharacters)
  })
  return { ...foreign, characters: foreign.characters + taken.reduce((sum, characters) => sum + characters, 0) }
}
