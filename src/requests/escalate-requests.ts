import type { SallyportFile } from '../config/index.ts'
import type { Tx } from '../db/index.ts'
import { findInForce } from '../identity/index.ts'
import { dueEscalations } from './due-escalations.ts'
import { type Looked, lockUnseen, saveEscalations } from './escalation-store.ts'
import { activeRules, type RequestParts } from './parts.ts'
import { getRequests } from './request-view.ts'

/** How many requests are looked at in one sweep: those first that are due by what was known of them, the rest a minute later. */
const MOST = 1_000

/**
 * Has stages ask others too that have waited for so long, part of the worker's sweep: whether time has passed, somebody has decided, or the rules or
 * people have changed. Throws `not_ready` before there are rules, and Postgres's failures.
 */
export const escalateRequests =
  (parts: Pick<RequestParts, 'ruleSets'>) =>
  async (tx: Tx): Promise<void> => {
    const { file } = await activeRules(parts, await findInForce(tx))
    if (!escalates(file)) return
    const unseen = new Map((await lockUnseen(tx, MOST)).map((each) => [each.id, each]))
    const looked: Looked[] = []
    for (const { request, inForce, now } of await getRequests(tx, [...unseen.keys()])) {
      const { file, hash: ruleSetHash } = await activeRules(parts, inForce)
      const seen = unseen.get(request.id)?.seen ?? ''
      looked.push({ id: request.id, seen, now, ruleSetHash, ...dueEscalations(file, request, now) })
    }
    await saveEscalations(tx, looked)
  }

/** Whether any rule lets a stage escalate: where none does, no request needs looking at. */
const escalates = ({ rules }: SallyportFile): boolean =>
  rules.some(
    (rule) =>
      rule.effect === 'allow' && [...rule.approvals, ...(rule.extensions?.approvals ?? [])].some(({ escalate }) => escalate !== undefined),
  )
