import type { Logger } from 'pino'
import { record } from '../audit/index.ts'
import { type AccountDetails, AwsError, DETAILS_PAGE } from '../aws/index.ts'
import type { Tx } from '../db/index.ts'
import { ensureTarget, pinGuards, sweptTargets } from '../grants/index.ts'
import { enqueueReconciles, type SweepWork, scheduleSweep, takeCalls, withoutSweep } from '../jobs/index.ts'
import { worker } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import { beginSweep, forgottenSweeps, keepSnapshot, noteFailedSweep, type SweepBeginning, snapshotRows } from '../snapshot/index.ts'
import { troubleBy } from './attention.ts'
import { backoff } from './backoff.ts'
import type { Orphan } from './orphan.ts'
import { findIn, holders, principalsIn } from './sweep-findings.ts'
import type { ReconcileParts } from './take-target.ts'

type SweepParts = Pick<ReconcileParts, 'database' | 'aws' | 'deploymentId'>

/** Seconds between two sweeps of an account; up to a tenth less, so that accounts spread. */
const SWEEP_EVERY = 900

/** Of the account's budget; what a larger account needs besides is not waited for. */
const MOST_CALLS = 50

/**
 * Reads a whole account, keeps what it has seen, and has every target reconciled of which IAM holds something else than
 * is granted: changed by others, lost, or a policy of ours that no grant explains. It writes nothing to AWS itself.
 * Sets the time of the next sweep. A failure of AWS's is kept as the account's attention, and the snapshot stays.
 */
export const sweepAccount =
  (parts: SweepParts, log: Logger) =>
  async (accountId: string): Promise<void> => {
    const begun = await parts.database.inTransaction((tx) => begin(tx, accountId))
    if (begun === null) return
    try {
      await keep(parts, begun, await parts.aws.session(begun.account).getAccountDetails())
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      await fail(parts, begun, error, log.child({ account: accountId }))
    }
  }

/** Null: the account is no longer declared, or its budget of calls is spent, and the sweep is put off. */
async function begin(tx: Tx, accountId: string): Promise<SweepBeginning | null> {
  const begun = await beginSweep(tx, accountId)
  if (begun === null) return null
  const wait = await takeCalls(tx, accountId, Math.min(MOST_CALLS, 1 + Math.ceil(begun.known / DETAILS_PAGE)), 'check')
  if (wait === 0) return begun
  await scheduleSweep(tx, accountId, after(begun.now, Math.ceil(wait)))
  return null
}

async function keep({ database, deploymentId }: SweepParts, { account, now }: SweepBeginning, details: AccountDetails): Promise<void> {
  const rows = snapshotRows(details)
  await database.inTransaction(async (tx) => {
    const nextAt = after(await tx.now(), SWEEP_EVERY * (1 - Math.random() / 10))
    const kept = await keepSnapshot(tx, account.id, rows, { asOf: now, nextAt })
    if (kept === null) return
    await pinGuards(tx, account.id, principalsIn({ account, deploymentId, details }))
    const targets = await sweptTargets(tx, account.id, holders({ account, deploymentId, details }))
    const { astray, orphans } = findIn({ account, deploymentId, details, targets })
    await enqueueReconciles(tx, astray, 'check')
    await takeAway(
      tx,
      account.id,
      orphans.filter(({ by, policyArn }) => by !== null || (policyArn !== null && kept.changedPolicies.has(policyArn))),
    )
    await scheduleSweep(tx, account.id, nextAt)
  })
}

/** Has orphans removed by the reconcile of their targets, which are made where there are none; those that are nobody's are reported. */
async function takeAway(tx: Tx, account: string, orphans: readonly Orphan[]): Promise<void> {
  const made = new Map<string, Id<'tgt'>>()
  for (const { by, ...orphan } of orphans) {
    if (by !== null && !made.has(by.uniqueId)) made.set(by.uniqueId, 'id' in by ? by.id : await ensureTarget(tx, by))
    const targetId = by === null ? undefined : made.get(by.uniqueId)
    const payload = { account, ...orphan, removes: targetId !== undefined }
    await record(tx, [{ type: 'target.orphan_found', actor: worker, payload, ...(targetId === undefined ? {} : { targetId }) }])
  }
  await enqueueReconciles(tx, [...made.values()], 'revoke')
}

async function fail({ database }: SweepParts, { account, attention, now }: SweepBeginning, error: AwsError, log: Logger): Promise<void> {
  const code = troubleBy(error, null)
  const isNew = attention?.code !== code
  const level = !isNew ? 'debug' : code === 'aws_denied' ? 'error' : 'warn'
  log[level]({ err: error, attention: code }, 'the account could not be read; what was known of it stays, and it is tried again')
  const attempts = (attention?.attempts ?? 0) + 1
  await database.inTransaction(async (tx) => {
    const nextAt = after(await tx.now(), backoff(attempts, Math.random()))
    const message =
      code === 'aws_denied'
        ? 'AWS does not let Sallyport read the account. The operators must allow iam:GetAccountAuthorizationDetails to the role that it assumes there.'
        : 'The account could not be read to its end. It is tried again by itself.'
    await noteFailedSweep(tx, account.id, { code, message, since: attention?.since ?? now, attempts }, nextAt)
    await scheduleSweep(tx, account.id, nextAt)
  })
}

const after = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1_000)

/** Has every account swept whose sweep was lost, or that never was. */
export const enqueueForgottenSweeps: SweepWork = {
  name: 'forgotten account sweeps',
  run: async (tx) => {
    const due = (await forgottenSweeps(tx)).map(({ id }) => id)
    const now = await tx.now()
    for (const id of await withoutSweep(tx, due)) await scheduleSweep(tx, id, now)
  },
}
