import { record } from '../audit/index.ts'
import { type Caller, RefusedCaller } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { SlackParts } from './slack.ts'

/**
 * What somebody in Slack is told of a refusal. One of authority is recorded, as it is of other callers. Throws what is no refusal.
 */
export async function refuseMember(
  { db }: Pick<SlackParts, 'db'>,
  error: unknown,
  action: string,
  caller: Caller | null,
): Promise<SallyportError> {
  if (!(error instanceof SallyportError) || error.status >= 500) throw error
  const actor = error instanceof RefusedCaller ? error.by : caller === null ? null : actorRecord(caller.actor)
  if (error.status === 403 && actor !== null) {
    const payload = { action: `slack ${action}`, code: error.code, detail: error.message }
    await db.inTransaction((tx) => record(tx, [{ type: 'authority.refused', actor, payload }]))
  }
  return error
}
