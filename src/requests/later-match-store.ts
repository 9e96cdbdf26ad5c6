import { record } from '../audit/index.ts'
import type { Statement, Tx } from '../db/index.ts'
import type { Id } from '../kernel/ids.ts'
import { entitlementOf, type Latecomer } from './latecomer.ts'
import { catalogActor, type LaterOutcome } from './later-match.ts'
import { type Request, resourceOf } from './request.ts'

export interface JudgedLatecomer {
  readonly late: Latecomer
  readonly outcome: LaterOutcome
  readonly rule: string | null
  readonly detail: string
  readonly askedId: Id<'req'> | null
}

const save: Statement = {
  name: 'later-match-save',
  text: `
    insert into later_match (request_id, database_id, db_user, outcome, rule, detail, asked_request_id, rule_set_hash, facts, matched_at, judged_at)
    select $1, j."databaseId", j."dbUser", j.outcome, j.rule, j.detail, j."askedId", $2, j.facts, now(), now()
    from jsonb_to_recordset($3::jsonb) as j
      ("databaseId" text, "dbUser" text, outcome "LaterOutcome", rule text, detail text, "askedId" text, facts text)
    on conflict (request_id, database_id, db_user) do update set outcome = excluded.outcome, rule = excluded.rule, detail = excluded.detail,
      asked_request_id = excluded.asked_request_id, rule_set_hash = excluded.rule_set_hash, facts = excluded.facts, judged_at = excluded.judged_at`,
}

/**
 * Stores what became of latecomers of a request, with an event for each of which that is news. The caller has locked the
 * request. A trigger refuses to change what has joined or was asked for.
 */
export async function saveLaterMatches(
  tx: Tx,
  request: Pick<Request, 'id' | 'later'>,
  judged: readonly JudgedLatecomer[],
  ruleSetHash: string,
): Promise<void> {
  if (judged.length === 0) return
  const rows = judged.map(({ late, ...rest }) => ({ databaseId: late.database.id, dbUser: late.dbUser, facts: late.facts, ...rest }))
  await tx.query(save, [request.id, ruleSetHash, JSON.stringify(rows)])
  await record(
    tx,
    judged.flatMap(({ late, outcome, rule, detail, askedId }) => {
      const before = request.later.find(({ database, dbUser }) => database.id === late.database.id && dbUser === late.dbUser)
      if (before?.outcome === outcome && before.detail === detail) return []
      return [
        {
          type: 'request.database_matched' as const,
          actor: catalogActor,
          requestId: request.id,
          payload: {
            before: before?.outcome ?? null,
            after: outcome,
            database: late.database.id,
            resource: resourceOf(entitlementOf(late, 0)),
            rule,
            detail,
            asked: askedId,
            ruleSet: ruleSetHash,
          },
        },
      ]
    }),
  )
}
