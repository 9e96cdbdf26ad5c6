import { type DatabaseLookup, databasesByLookups, type LookupResult } from '../catalog/index.ts'
import type { KeptRow, Reader, Statement } from '../db/index.ts'
import { type Credential, type CredentialState, credentialParameters, credentialState, inForce } from '../identity/index.ts'
import { type SeenPrincipal, seenPrincipal } from '../snapshot/index.ts'
import type { Ticket, TicketFacts } from './request.ts'
import { ticketFacts } from './ticket-facts-view.ts'

/** What judging a new request needs to know. */
export interface Facts {
  readonly now: Date
  /** The rules and people in force, for `activeRules`. */
  readonly inForce: string | null
  /** For each lookup, in their order, the databases that it names. */
  readonly databases: readonly LookupResult[]
  /** The answer given before under the same Idempotency-Key. */
  readonly kept: KeptRow | null
  /** Whether the credential used is still good; null where none is stored. */
  readonly state: CredentialState | null
  /** The principal as the last sweep of its account saw it; null if it did not. */
  readonly seen: SeenPrincipal | null
  /** The ticket as its source last told of it; null where none has. */
  readonly ticket: TicketFacts | null
}

const statement: Statement = {
  name: 'request-facts',
  text: `
    select now() as now, ${inForce} as "inForce",
      (select jsonb_agg(m) from (${databasesByLookups('$1::jsonb')}) m) as databases,
      (select jsonb_build_object('bodyHash', k.body_hash, 'status', k.status, 'text', k.answer #>> '{}')
        from idempotent_answer k where k.scope = $2) as kept,
      ${credentialState('$3', '$4')} as state,
      ${seenPrincipal('$5', '$6', null)} as seen,
      ${ticketFacts('$7', '$8')} as ticket`,
}

export interface WhatToRead {
  readonly lookups: readonly DatabaseLookup[]
  /** What an Idempotency-Key stands for, or null. */
  readonly scope: string | null
  readonly credential: Credential
  /** The principal as it was written; whether it is an ARN is for others to check. */
  readonly principal: string
  readonly ticket: Ticket | null
}

/** All of it in one round trip. */
export async function readFacts(reader: Reader, { lookups, scope, credential, principal, ticket }: WhatToRead): Promise<Facts> {
  const account = principal.split(':')[4] ?? ''
  const [facts] = await reader.query<Facts & Record<string, unknown>>(statement, [
    JSON.stringify(lookups),
    scope,
    ...credentialParameters(credential),
    account,
    principal,
    ticket?.system ?? null,
    ticket?.key ?? null,
  ])
  if (facts === undefined) throw new Error('the facts of a request are one row')
  return facts
}
