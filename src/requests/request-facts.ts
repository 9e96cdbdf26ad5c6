import { type DatabaseLookup, databasesByLookups, type LookupResult } from '../catalog/index.ts'
import type { KeptRow, Reader, Statement } from '../db/index.ts'
import { type KeyState, keyState } from '../identity/index.ts'
import type { Id } from '../kernel/ids.ts'

/** What judging a new request needs to know. */
export interface Facts {
  readonly now: Date
  readonly activeRuleSet: string | null
  /** For each lookup, in their order, the databases that it names. */
  readonly databases: readonly LookupResult[]
  /** The answer given before under the same Idempotency-Key. */
  readonly kept: KeptRow | null
  /** Whether the API key used is still good; null where none is used. */
  readonly keyState: KeyState | null
}

const statement: Statement = {
  name: 'request-facts',
  text: `
    select now() as now, (select hash from active_rule_set) as "activeRuleSet",
      (select jsonb_agg(m) from (${databasesByLookups('$1::jsonb')}) m) as databases,
      (select jsonb_build_object('bodyHash', k.body_hash, 'status', k.status, 'text', k.answer #>> '{}')
        from idempotent_answer k where k.scope = $2) as kept,
      ${keyState('$3')} as "keyState"`,
}

export interface WhatToRead {
  readonly lookups: readonly DatabaseLookup[]
  /** What an Idempotency-Key stands for, or null. */
  readonly scope: string | null
  readonly keyId: Id<'key'> | null
}

/** All of it in one round trip. */
export async function readFacts(reader: Reader, { lookups, scope, keyId }: WhatToRead): Promise<Facts> {
  const [facts] = await reader.query<Facts & Record<string, unknown>>(statement, [JSON.stringify(lookups), scope, keyId])
  if (facts === undefined) throw new Error('the facts of a request are one row')
  return facts
}
