import { record } from '../audit/index.ts'
import type { GuardedPrincipal } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import { enqueueReconciles, scheduleSweep } from '../jobs/index.ts'
import { type ActorRecord, worker } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import { type EntityIdentity, ensureTarget } from './target-store.ts'

interface Guarded {
  readonly id: Id<'tgt'>
  readonly arn: string
  readonly uniqueId: string
}

/**
 * Makes the guarded principals those that sallyport.yaml names, within the transaction that adopts it as the rule set. One
 * that is no longer named loses its guard at once; for one that is new its account is swept at once, which finds who it is.
 */
export async function declareGuards(tx: Tx, principals: readonly GuardedPrincipal[], actor: ActorRecord): Promise<void> {
  const declared = JSON.stringify(principals)
  await tx.prisma.$executeRaw`
    delete from guarded_principal where arn not in (select arn from jsonb_to_recordset(${declared}::jsonb) as declared (arn text))`
  const added = await tx.prisma.$queryRaw<{ accountId: string }[]>`
    insert into guarded_principal (arn, account_id)
    select arn, "accountId" from jsonb_to_recordset(${declared}::jsonb) as declared (arn text, "accountId" text)
    on conflict do nothing returning account_id as "accountId"`
  const undeclared = await tx.prisma.$queryRaw<Guarded[]>`
    select id, arn, unique_id as "uniqueId" from target
    where guarded and not exists (select from guarded_principal g where g.arn = target.arn) order by id for update`
  await unguard(tx, undeclared, 'not_declared', actor)
  const now = await tx.now()
  for (const accountId of new Set(added.map((row) => row.accountId))) await scheduleSweep(tx, accountId, now)
}

/**
 * Guards those entities of an account that are declared so, and no others: whoever has the ARN of one that was deleted is
 * guarded anew. `entities` are all that the account has.
 */
export async function pinGuards(tx: Tx, accountId: string, entities: readonly EntityIdentity[]): Promise<void> {
  // Locked, so that one that is being taken out of the file is unguarded when this is committed.
  const rows = await tx.prisma.$queryRaw<{ arn: string }[]>`
    select arn from guarded_principal where account_id = ${accountId} order by arn for share`
  const declared = new Set(rows.map(({ arn }) => arn))
  const guarded = await tx.prisma.$queryRaw<Guarded[]>`
    select id, arn, unique_id as "uniqueId" from target where account_id = ${accountId} and guarded order by id for update`
  const wanted = entities.filter(({ arn }) => declared.has(arn))
  const gone = guarded.filter(({ uniqueId }) => !wanted.some((entity) => entity.uniqueId === uniqueId))
  await unguard(tx, gone, 'gone', worker)
  for (const entity of wanted) {
    if (!guarded.some(({ uniqueId }) => uniqueId === entity.uniqueId)) await guard(tx, entity)
  }
}

async function guard(tx: Tx, entity: EntityIdentity): Promise<void> {
  const targetId = await ensureTarget(tx, entity)
  await tx.prisma.target.update({ where: { id: targetId }, data: { guarded: true } })
  await record(tx, [{ type: 'target.guarded', actor: worker, targetId, payload: { principal: entity.arn, uniqueId: entity.uniqueId } }])
  await enqueueReconciles(tx, [targetId], 'grant')
}

async function unguard(tx: Tx, targets: readonly Guarded[], because: 'not_declared' | 'gone', actor: ActorRecord): Promise<void> {
  if (targets.length === 0) return
  const ids = targets.map(({ id }) => id)
  await tx.prisma.target.updateMany({ where: { id: { in: ids } }, data: { guarded: false } })
  await record(
    tx,
    targets.map(({ id, arn, uniqueId }) => ({
      type: 'target.unguarded',
      actor,
      targetId: id,
      payload: { principal: arn, uniqueId, because },
    })),
  )
  await enqueueReconciles(tx, ids, 'grant')
}
