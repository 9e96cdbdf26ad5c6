import { type ConnectInstructions, connectInstructions, connectTo } from '../grants/index.ts'
import { scheduleSlackShow } from '../jobs/index.ts'
import type { Id } from '../kernel/ids.ts'
import { activeRules, getRequest, ownPeople, printRequest } from '../requests/index.ts'
import { type PlannedMessage, planMessages } from './plan-messages.ts'
import type { Shown } from './request-words.ts'
import type { SlackParts } from './slack.ts'
import { SlackTrouble } from './slack-api.ts'
import { postponeRequest, saveMessage, settleRequest } from './slack-store.ts'
import { findStoredRequest, membersOf } from './slack-view.ts'

/** Seconds to wait after each failed attempt: ten in half a day. What changes meanwhile begins anew. */
const WAITS = [2, 10, 60, 5 * 60, 15 * 60, 3_600, 2 * 3_600, 3 * 3_600, 6 * 3_600]

/**
 * Makes Slack show a request as it is at this moment, whatever it showed before; where that fails, leaves a job for the next attempt.
 * One run at a time, so that no message is overtaken by an older state of it. A message whose answer was lost is posted once more.
 */
export const showRequest =
  (parts: SlackParts) =>
  async (requestId: Id<'req'>): Promise<void> => {
    const { db, log } = parts
    const stored = await findStoredRequest(db, requestId)
    const { request, inForce } = await getRequest(db, requestId)
    const { file } = await activeRules(parts, inForce)
    if (stored === null || file.slack === null) return
    const shown: Shown = { request, printed: printRequest(request, file, parts.deploymentId), file }
    const concerned = [...ownPeople(request), ...shown.printed.approvals.approvers]
    const members = await membersOf(db, file.slack.team, concerned)
    const planned = planMessages({ shown, members, messages: stored.messages, howTo: await instructions(parts, shown) })
    const trouble = await sendAll(parts, requestId, planned)
    await db.inTransaction(async (tx) => {
      if (trouble === null) return settleRequest(tx, requestId, stored.changes)
      const attempts = trouble.kind === 'busy' ? stored.attempts : stored.attempts + 1
      const wait = trouble.retryAfter ?? WAITS[attempts - 1] ?? null
      const at = await postponeRequest(tx, requestId, attempts, wait)
      if (at !== null) await scheduleSlackShow(tx, requestId, at)
      else log.error({ request: requestId, trouble: trouble.code }, 'Slack does not show this request as it is; it is not tried any more')
    })
  }

/** Sends what is planned; answers what kept a message from being sent, if anything. What Slack refuses holds up no other message. */
async function sendAll(parts: SlackParts, requestId: Id<'req'>, planned: readonly PlannedMessage[]): Promise<SlackTrouble | null> {
  let refused: SlackTrouble | null = null
  for (const message of planned) {
    try {
      await send(parts, requestId, message)
    } catch (error) {
      if (!(error instanceof SlackTrouble)) throw error
      if (error.kind !== 'refused') return error
      parts.log.error({ request: requestId, to: message.recipient, trouble: error.code }, 'Slack refuses a message about this request')
      refused = error
    }
  }
  return refused
}

/** Somebody deleted the message, or it has become too old: there is nothing to update. */
const gone = new Set(['message_not_found', 'edit_window_closed', 'cant_update_message'])

async function send({ api, db }: SlackParts, requestId: Id<'req'>, message: PlannedMessage): Promise<void> {
  const { replaces, content, role, recipient, stage, shown } = message
  let posted = replaces
  if (replaces === null) posted = { ...message, ...(await api.post(recipient, content)) }
  else
    await api.update(replaces, content).catch((error: unknown) => {
      if (!(error instanceof SlackTrouble && gone.has(error.code))) throw error
    })
  if (posted === null) return
  const { channel, ts } = posted
  await db.inTransaction((tx) => saveMessage(tx, requestId, { role, recipient, stage, shown, channel, ts }))
}

/** How to connect with each grant in force that names one database and one user. */
async function instructions({ db }: SlackParts, { request }: Shown): Promise<ReadonlyMap<string, ConnectInstructions>> {
  const known = new Map<string, ConnectInstructions>()
  for (const grant of request.grants.filter(({ status, database, dbUser }) => status === 'active' && database !== null && dbUser !== '*')) {
    known.set(grant.id, connectInstructions(await connectTo(db, grant, {})))
  }
  return known
}
