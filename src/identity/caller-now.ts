import type { Statement, Tx } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Caller, callerIn } from './caller.ts'
import { assertCredential, type CredentialState, credentialParameters, credentialState } from './credential-state.ts'
import { inForce } from './rule-set-store.ts'
import type { RuleSets } from './rule-sets.ts'

const statement: Statement = {
  name: 'caller-now',
  text: `select now() as now, ${inForce} as "inForce", ${credentialState('$1', '$2')} as state`,
}

/**
 * The caller as they are in the transaction that acts: their credential is still good, they are still in the directory, in
 * the groups of now, and admin or auditor by the rules of now. What was known when the call came in is not believed.
 * Throws `unauthenticated`, `unknown_person`.
 */
export async function callerNow(tx: Tx, ruleSets: RuleSets, caller: Caller): Promise<Caller> {
  const [row] = await tx.query<{ now: Date; inForce: string | null; state: CredentialState | null }>(
    statement,
    credentialParameters(caller.credential),
  )
  if (row === undefined || row.inForce === null) throw new SallyportError('not_ready', 'No rule set is active yet.')
  assertCredential(caller.credential, row)
  return callerIn((await ruleSets.content(row.inForce)).file, caller)
}
