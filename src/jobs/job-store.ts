import type { Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'

/** What every reconcile job carries. */
export interface ReconcilePayload {
  readonly targetId: Id<'tgt'>
}

/** What every job carries that looks for the databases of an account. */
export interface SyncPayload {
  readonly accountId: string
  /** False: it has nothing to do unless the account is due. */
  readonly asked: boolean
}

/** A part of an account in which databases may have come to match what somebody asked for. */
export interface MatchingPlace {
  readonly accountId: string
  readonly region: string
}

/** What every sweep of an account carries. */
export interface SweepPayload {
  readonly accountId: string
}

/** What every job carries that sends to a webhook. */
export interface DeliverPayload {
  readonly webhookId: Id<'whk'>
}

/** What every job carries that does what a delivery of a source of tickets asks for. */
export interface TicketPayload {
  readonly source: string
  readonly delivery: string
}

/** What every job carries that writes comments. */
export interface CommentPayload {
  readonly source: string
}

declare global {
  namespace GraphileWorker {
    interface Tasks {
      matchLater: MatchingPlace
      reconcile: ReconcilePayload
      sweep: SweepPayload
      syncAccount: SyncPayload
      spreadMessages: Record<string, never>
      deliver: DeliverPayload
      actOnTicket: TicketPayload
      writeComments: CommentPayload
    }
  }
}

/** Why a target is to be reconciled at once. */
export type Urgency = 'revoke' | 'grant' | 'check'

/** graphile-worker runs the smaller number first. An alarm may be a revocation: it is known only when it runs. */
const priorities = { revoke: -20, alarm: -10, grant: 0, check: 10, match: 10, sync: 20, sweep: 20 } as const

/** Has the target reconciled as soon as this transaction is committed; many calls before it runs become one run. */
export const enqueueReconcile = (tx: Tx, targetId: Id<'tgt'>, urgency: Urgency): Promise<void> => enqueueReconciles(tx, [targetId], urgency)

/**
 * The same for many targets, in one statement. The key is replaced under `preserve_run_at`, so that a job that
 * waits keeps its place in the line, and under the more urgent of the two priorities.
 */
export async function enqueueReconciles(tx: Tx, targetIds: readonly Id<'tgt'>[], urgency: Urgency): Promise<void> {
  await tx.prisma.$executeRaw`
    select job.id from unnest(${[...targetIds]}::text[]) as target(id),
      lateral graphile_worker.add_job(
        'reconcile', payload := json_build_object('targetId', target.id), queue_name := target.id,
        job_key := target.id || ':now', job_key_mode := 'preserve_run_at',
        priority := least(${priorities[urgency]}, (select priority from graphile_worker.jobs where key = target.id || ':now' and locked_at is null))
      ) as job`
}

/**
 * Has the target reconciled at a later time, in place of any alarm that it has. Its key is not that of
 * enqueueReconcile, because replacing a job replaces its time too: an alarm must not postpone a "now".
 */
export async function scheduleAlarm(tx: Tx, targetId: Id<'tgt'>, at: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'reconcile', payload := json_build_object('targetId', ${targetId}::text), queue_name := ${targetId},
      job_key := ${`${targetId}:alarm`}, run_at := ${at}, priority := ${priorities.alarm})`
}

/** How many accounts are looked at for databases at the same time, by all workers together: it takes long, and nobody waits for it. */
const SYNC_LANES = 4

/** Has the databases of accounts looked for as soon as this transaction is committed; many calls before it runs become one run. */
export async function enqueueSyncs(tx: Tx, accountIds: readonly string[], { asked }: { readonly asked: boolean }): Promise<void> {
  await tx.prisma.$executeRaw`
    select job.id from unnest(${[...accountIds]}::text[]) as account(id),
      lateral graphile_worker.add_job(
        'syncAccount', payload := json_build_object('accountId', account.id, 'asked', ${asked}::boolean),
        queue_name := 'sync ' || abs(hashtext(account.id) % ${SYNC_LANES}::int), priority := ${priorities.sync},
        job_key := 'sync ' || account.id || case when ${asked}::boolean then ':now' else ':due' end, job_key_mode := 'preserve_run_at'
      ) as job`
}

/** Has the databases of an account looked for at a later time, in place of any such time that was set before. */
export async function scheduleSync(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'syncAccount', payload := json_build_object('accountId', ${accountId}::text, 'asked', false),
      queue_name := 'sync ' || abs(hashtext(${accountId}::text) % ${SYNC_LANES}::int), priority := ${priorities.sync},
      job_key := 'sync ' || ${accountId}::text || ':alarm', run_at := ${at})`
}

/** In how many places databases are matched at the same time, by all workers together. */
const MATCHING_LANES = 4

/** Has places looked at for databases that match later, as soon as this transaction is committed; many calls before it runs become one run. */
export async function enqueueMatching(tx: Tx, places: readonly MatchingPlace[]): Promise<void> {
  if (places.length === 0) return
  await tx.prisma.$executeRaw`
    select job.id from (select distinct p."accountId" as account, p.region
        from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p("accountId" text, region text)) place,
      lateral graphile_worker.add_job(
        'matchLater', payload := json_build_object('accountId', place.account, 'region', place.region),
        queue_name := 'match ' || abs(hashtext(place.account || place.region) % ${MATCHING_LANES}::int), priority := ${priorities.match},
        job_key := 'match ' || place.account || ' ' || place.region, job_key_mode := 'preserve_run_at'
      ) as job`
}

/** How many accounts are swept at the same time, by all workers together: a sweep takes seconds, and revocations must find a free place. */
const SWEEPS_AT_ONCE = 4

/** Has the account swept at this time, in place of any sweep of it that waits. */
export async function scheduleSweep(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'sweep', payload := json_build_object('accountId', ${accountId}::text), queue_name := 'sweep:' || abs(hashtext(${accountId}) % ${SWEEPS_AT_ONCE}::int),
      job_key := 'sweep:' || ${accountId}, run_at := ${at}, priority := ${priorities.sweep})`
}

/** Has what was noted for webhooks spread to them; the trigger that notes it adds this job too. */
export async function enqueueSpreading(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`select id from graphile_worker.add_job('spreadMessages')`
}

/** Has what is due for webhooks sent as soon as this transaction is committed; many calls before it runs become one run. */
export async function enqueueDeliveries(tx: Tx, webhookIds: readonly Id<'whk'>[]): Promise<void> {
  await tx.prisma.$executeRaw`
    select job.id from unnest(${[...webhookIds].sort()}::text[]) as webhook(id),
      lateral graphile_worker.add_job(
        'deliver', payload := json_build_object('webhookId', webhook.id), queue_name := webhook.id,
        job_key := webhook.id || ':now', job_key_mode := 'preserve_run_at') as job`
}

/** Has a webhook looked after at a later time, in place of any such time that was set before. */
export async function scheduleDelivery(tx: Tx, webhookId: Id<'whk'>, at: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'deliver', payload := json_build_object('webhookId', ${webhookId}::text), queue_name := ${webhookId},
      job_key := ${`${webhookId}:alarm`}, run_at := ${at})`
}

/** Has what a ticket asks for done as soon as this transaction is committed; one after the other for each ticket. */
export async function enqueueTicketAction(tx: Tx, { source, delivery }: TicketPayload, key: string): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'actOnTicket', payload := json_build_object('source', ${source}::text, 'delivery', ${delivery}::text),
      queue_name := 'ticket ' || ${source}::text || ' ' || md5(${key}::text), job_key := ${`ticket ${source} ${delivery}`})`
}

/** Has comments that are due written; a time that is given replaces the one before. The trigger that notes comments adds this job too. */
export async function scheduleComments(tx: Tx, source: string, at: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    select id from graphile_worker.add_job(
      'writeComments', payload := json_build_object('source', ${source}::text), queue_name := 'comments on ' || ${source}::text,
      job_key := ${`comments on ${source}:alarm`}, run_at := ${at})`
}

/** Of these accounts, those of which no sweep waits or runs. */
export async function withoutSweep(tx: Tx, accountIds: readonly string[]): Promise<string[]> {
  const rows = await tx.prisma.$queryRaw<{ id: string }[]>`
    select id from unnest(${[...accountIds]}::text[]) as account(id)
    where not exists (select from graphile_worker.jobs where key = 'sweep:' || id)`
  return rows.map(({ id }) => id)
}

/** True for one transaction at a time: until it ends, others that ask for the same work are told false. */
export async function takeTurn(tx: Tx, work: string): Promise<boolean> {
  const [lock] = await tx.prisma.$queryRaw<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended('sallyport sweep: ' || ${work}, 0)) as taken`
  return lock?.taken === true
}

/**
 * Takes away what no worker will ever touch again, and what would keep a target from being worked on:
 * - Jobs that used up their attempts: their work is found again by what is due, not by them.
 * - The lock of a queue in which no job runs. It stays when a worker comes back after its jobs were given to
 *   another, and completes one that the other is running: graphile-worker 0.17 deletes a completed job whoever
 *   holds it, and then the other finds no job by which to unlock the queue.
 */
export async function cleanUpJobs(tx: Tx): Promise<void> {
  await tx.prisma.$executeRaw`
    select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where attempts >= max_attempts and locked_at is null))`
  await tx.prisma.$executeRaw`
    update graphile_worker._private_job_queues as queue set locked_at = null, locked_by = null
    where locked_at is not null
      and not exists (select from graphile_worker._private_jobs where job_queue_id = queue.id and locked_at is not null)`
}
