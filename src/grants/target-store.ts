import type { Tx } from '../db/index.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type Id, newId } from '../kernel/ids.ts'
import type { EntityKind, Placed, Placement, TrustedPrincipal } from '../policy/index.ts'
import type { Attention } from './grant.ts'

interface Identified {
  readonly accountId: string
  readonly name: string
  readonly arn: string
  /** The entity's unique id in IAM; of an access role, what stands for its principal. */
  readonly uniqueId: string
}

/** A principal that is a target itself. */
export interface EntityIdentity extends Identified {
  readonly kind: EntityKind
}

/** A role that Sallyport makes for one principal, who may assume it. */
export interface AccessRoleIdentity extends Identified {
  readonly kind: 'access_role'
  readonly principal: TrustedPrincipal
}

/** What a permission set gives in one account. Its unique id stands for the set (see permissionSetKey). */
export interface PermissionSetIdentity extends Identified {
  readonly kind: 'permission_set'
  /** The ARN of its instance of Identity Center. */
  readonly instanceArn: string
}

/** What identifies an IAM entity that Sallyport writes to; its account and unique id decide. */
export type TargetIdentity = EntityIdentity | AccessRoleIdentity | PermissionSetIdentity

/** A target whose lease has just been taken: everything that reconciling it needs to know. */
export type LeasedTarget = (EntityIdentity | AccessRoleIdentity | LeasedPermissionSet) & LeasedState

/** A permission set, and how it is administered. */
export interface LeasedPermissionSet extends PermissionSetIdentity {
  readonly center: { readonly instanceArn: string; readonly region: string; readonly account: ReachedAccount }
}

/** How Sallyport acts in an account. */
export interface ReachedAccount {
  readonly id: string
  readonly partition: string
  readonly regions: readonly string[]
  readonly roleArn: string | null
  readonly externalId: string | null
}

interface LeasedState {
  readonly id: Id<'tgt'>
  readonly account: ReachedAccount & {
    /** The permissions boundary that access roles there must have; null: none. */
    readonly boundary: string | null
  }
  /** Whether it is denied to connect to anything that is not granted. */
  readonly guarded: boolean
  /** In which state Sallyport last left each of its policies there, by name; one that it has deleted is not among them. */
  readonly written: Readonly<Record<string, string>>
  readonly attention: Attention | null
  /** When it is to be looked at again because it changed hands. */
  readonly recheckAt: readonly Date[]
  readonly leaseToken: bigint
  /** Who held the lease without giving it back, or null. */
  readonly takenFrom: string | null
  /** The database's clock. */
  readonly now: Date
}

/** What a reconcile leaves on its target when it gives the lease back. */
export interface TargetState {
  /** Whether AWS could be read. */
  readonly checked: boolean
  readonly attention: Attention | null
  readonly nextCheckAt: Date | null
  readonly now: Date
}

/** Seconds for which a lease is taken, and renewed before each write. */
export const LEASE_SECONDS = 30

/** Seconds after a target changed hands at which it is looked at again: until then a frozen holder may still write. */
const RECHECKS = [30, 120, 600]

/** A target that is locked. */
export interface LockedTarget {
  readonly id: Id<'tgt'>
  readonly guarded: boolean
}

/** The target of this identity, made if there is none, and locked until the transaction ends. */
export const ensureTarget = async (tx: Tx, identity: TargetIdentity): Promise<Id<'tgt'>> => (await lockTarget(tx, identity)).id

/** The same, with what a decision about its policies depends on. */
export async function lockTarget(tx: Tx, identity: TargetIdentity): Promise<LockedTarget> {
  const principal = identity.kind === 'access_role' ? identity.principal : null
  const instanceArn = identity.kind === 'permission_set' ? identity.instanceArn : null
  const [row] = await tx.prisma.$queryRaw<LockedTarget[]>`
    insert into target (id, account_id, kind, name, arn, unique_id, principal_arn, principal_unique_id, instance_arn)
    values (${newId('tgt')}, ${identity.accountId}, ${identity.kind}::"TargetKind", ${identity.name}, ${identity.arn}, ${identity.uniqueId},
      ${principal?.arn ?? null}, ${principal?.uniqueId ?? null}, ${instanceArn})
    on conflict (account_id, unique_id) do update set name = excluded.name, arn = excluded.arn, principal_arn = excluded.principal_arn
    returning id, guarded`
  if (row === undefined) throw new Error('the target was neither made nor found')
  return row
}

/** Notes in which policy of the principal's own it stands that it may assume this access role. */
export async function noteCaller(tx: Tx, targetId: Id<'tgt'>, callerTargetId: Id<'tgt'>, placement: Placement): Promise<void> {
  await tx.prisma.target.update({ where: { id: targetId }, data: { callerTargetId, callerPlacement: placement } })
}

const reachedAccount = (
  account: string,
) => `json_build_object('id', ${account}.id, 'partition', ${account}.partition, 'regions', ${account}.regions,
  'roleArn', ${account}.role_arn, 'externalId', ${account}.external_id, 'boundary', ${account}.boundary)`

/**
 * Takes the target's lease for 30 s by the database's clock; null while somebody else holds it. One that the holder
 * still has from a run that broke off is taken anew at once: a process has one run on a target at a time, because its
 * jobs have one queue. Of the targets of one permission set one is leased at a time: what they write to is one.
 */
export async function takeLease(tx: Tx, targetId: Id<'tgt'>, holder: string): Promise<LeasedTarget | null> {
  type Row = (EntityIdentity | AccessRoleIdentity | LeasedPermissionSet) &
    Omit<LeasedState, 'attention'> & { attention: (Omit<Attention, 'since'> & { since: string }) | null }
  // A statement of its own: the next one sees the leases that were taken while this one waited.
  await tx.prisma.$queryRaw`
    select pg_advisory_xact_lock(hashtextextended('lease of ' || arn, 0))::text from target where id = ${targetId} and kind = 'permission_set'`
  const [row] = await tx.prisma.$queryRaw<Row[]>`
    with before as (select id, lease_holder from target where id = ${targetId}
        and (lease_until is null or lease_until <= now() or lease_holder = ${holder})
        and not exists (select from target other where target.kind = 'permission_set' and other.kind = 'permission_set'
          and other.arn = target.arn and other.id <> target.id and other.lease_until > now()) for update)
    update target set
      lease_holder = ${holder},
      lease_until = now() + ${LEASE_SECONDS} * interval '1 second',
      lease_token = lease_token + 1,
      recheck_at = case
        when before.lease_holder is null then array(select due from unnest(recheck_at) as due where due > now() order by due)
        else array(select now() + wait * interval '1 second' from unnest(${RECHECKS}::int[]) as wait)
      end
    from before, account
    where target.id = before.id and account.id = target.account_id
    returning target.id, target.account_id as "accountId", kind::text as kind, target.name, arn, unique_id as "uniqueId",
      ${Prisma.raw(reachedAccount('account'))} as account, instance_arn as "instanceArn",
      (select json_build_object('instanceArn', c.instance_arn, 'region', c.region, 'account', ${Prisma.raw(reachedAccount('a'))})
        from identity_center c join account a on a.id = c.account_id where c.instance_arn = target.instance_arn) as center,
      case when principal_arn is not null then json_build_object('arn', principal_arn, 'uniqueId', principal_unique_id) end as principal,
      guarded, written, recheck_at as "recheckAt", lease_token as "leaseToken", before.lease_holder as "takenFrom", now() as now,
      case when attention_code is not null then json_build_object('code', attention_code, 'message', attention_message,
        'since', attention_since, 'attempts', attempts) end as attention`
  if (row === undefined) return null
  return { ...row, attention: row.attention === null ? null : { ...row.attention, since: new Date(row.attention.since) } }
}

/** Holds the lease for another 30 s; false if it is somebody else's by now. */
export async function renewLease(tx: Tx, targetId: Id<'tgt'>, token: bigint): Promise<boolean> {
  const renewed = await tx.prisma.$executeRaw`
    update target set lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
    where id = ${targetId} and lease_token = ${token} and lease_holder is not null`
  return renewed === 1
}

/** Notes in which state Sallyport left a policy of the target; null: it is gone. */
export async function noteWritten(tx: Tx, targetId: Id<'tgt'>, policyName: string, state: string | null): Promise<void> {
  await tx.prisma.$executeRaw`
    update target set written = jsonb_strip_nulls(written || jsonb_build_object(${policyName}::text, ${state}::text)) where id = ${targetId}`
}

/** Gives the lease back and leaves the target's state; false, and nothing is changed, if the lease is somebody else's by now. */
export async function releaseLease(tx: Tx, targetId: Id<'tgt'>, token: bigint, state: TargetState): Promise<boolean> {
  const { attention } = state
  const { count } = await tx.prisma.target.updateMany({
    where: { id: targetId, leaseToken: token, leaseHolder: { not: null } },
    data: {
      leaseHolder: null,
      leaseUntil: null,
      attentionCode: attention?.code ?? null,
      attentionMessage: attention?.message ?? null,
      attentionSince: attention?.since ?? null,
      attempts: attention?.attempts ?? 0,
      nextCheckAt: state.nextCheckAt,
      ...(state.checked ? { checkedAt: state.now } : {}),
    },
  })
  return count === 1
}

/** A target as a sweep of its account has to know it. */
export interface SweptTarget {
  readonly id: Id<'tgt'>
  readonly name: string
  readonly uniqueId: string
  /** Something is wrong with it already, and it has its own next try. */
  readonly troubled: boolean
  /** Whether something is granted on it that has not ended, or it may assume an access role of which that is so, or it is guarded. */
  readonly live: boolean
  readonly guarded: boolean
  /** What it should allow now, access roles that it may assume included. */
  readonly inForce: readonly Placed[]
}

/** The targets of an account on which something is granted or that are guarded, and those of these unique ids. */
export const sweptTargets = (tx: Tx, accountId: string, uniqueIds: readonly string[]): Promise<SweptTarget[]> =>
  tx.prisma.$queryRaw<SweptTarget[]>`
    with allowed as (
      select target_id, status, resource_arn as arn, placement from "grant" where status <> 'ended'
      union all
      select role.caller_target_id, g.status, role.arn, role.caller_placement
      from target role join "grant" g on g.target_id = role.id and g.status <> 'ended'
      where role.caller_target_id is not null)
    select t.id, t.name, t.unique_id as "uniqueId", t.attention_code is not null as troubled, count(a.target_id) > 0 or t.guarded as live, t.guarded,
      coalesce(json_agg(json_build_object('arn', a.arn, 'placement', a.placement)) filter (where a.status in ('applying', 'active')), '[]') as "inForce"
    from target t left join allowed a on a.target_id = t.id
    where t.account_id = ${accountId} and (a.target_id is not null or t.guarded or t.unique_id = any(${[...uniqueIds]}))
    group by t.id`
