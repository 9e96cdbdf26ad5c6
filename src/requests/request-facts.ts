import { type DatabaseJson, databasesByRefs, type RefMatches } from '../catalog/index.ts'
import type { Reader, Statement } from '../db/index.ts'

/** What judging a new request needs to know. */
export interface Facts {
  readonly now: Date
  readonly activeRuleSet: string | null
  /** For each reference, in their order, the databases that it names. */
  readonly databases: readonly { readonly ref: string; readonly matches: readonly DatabaseJson[] }[]
  /** The answer given before under the same Idempotency-Key. */
  readonly kept: { readonly bodyHash: string; readonly status: number; readonly text: string } | null
}

const statement: Statement = {
  name: 'request-facts',
  text: `
    select now() as now, (select hash from active_rule_set) as "activeRuleSet",
      (select jsonb_agg(m order by m.position) from (${databasesByRefs('$1::text[]')}) m) as databases,
      (select jsonb_build_object('bodyHash', k.body_hash, 'status', k.status, 'text', k.answer #>> '{}')
        from idempotent_answer k where k.scope = $2) as kept`,
}

/** All of it in one round trip. `references` are resource ids, Sallyport's ids or ARNs; `scope` that of an Idempotency-Key. */
export async function readFacts(reader: Reader, references: readonly string[], scope: string | null): Promise<Facts> {
  const [facts] = await reader.query<Facts & { readonly databases: readonly RefMatches[] }>(statement, [[...references], scope])
  if (facts === undefined) throw new Error('the facts of a request are one row')
  return facts
}
