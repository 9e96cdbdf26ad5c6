import type { FastifyInstance } from 'fastify'
import { record } from '../audit/index.ts'
import type { Database } from '../db/index.ts'
import { RefusedCaller } from '../identity/index.ts'
import { actorRecord } from '../kernel/actor.ts'
import { SallyportError } from '../kernel/errors.ts'

/**
 * Records in the audit log each refusal of authority: every 403 to a caller whose credential is good. The caller gets the
 * refusal whether or not it could be recorded; that it could not is an error in the log.
 */
export function recordRefusals(app: FastifyInstance, db: Database): void {
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof SallyportError) || error.status !== 403) return
    const actor = error instanceof RefusedCaller ? error.by : request.isKnown ? actorRecord(request.caller.actor) : null
    if (actor === null) return
    const action = `${request.method} ${request.url.split('?')[0]}`
    const refusal = {
      type: 'authority.refused' as const,
      actor,
      payload: { action, code: error.code, detail: error.message },
    }
    try {
      await db.inTransaction((tx) => record(tx, [refusal]))
    } catch (failure) {
      request.log.error({ err: failure, refusal }, 'a refusal could not be recorded')
    }
  })
}
