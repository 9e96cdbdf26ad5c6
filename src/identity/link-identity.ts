import { record } from '../audit/index.ts'
import type { Database } from '../db/index.ts'
import { insertByClaim, type LinkedIdentity } from './identity-store.ts'
import { findInForce, keepInForce } from './rule-set-store.ts'
import type { RuleSets } from './rule-sets.ts'
import type { VerifiedToken } from './verify-token.ts'

/**
 * Makes the login of a token that of the person whose user name its claim holds, where the rule set in force believes its
 * issuer about that. It stays theirs, whatever later tokens claim. Null if it becomes nobody's.
 */
export const linkByClaim =
  (db: Database, ruleSets: RuleSets) =>
  async (token: VerifiedToken): Promise<LinkedIdentity | null> => {
    if (usernameIn(token, token.by.authoritative?.person ?? null) === null) return null
    return db.inTransaction(async (tx) => {
      await keepInForce(tx)
      const inForce = await findInForce(tx)
      const { issuers } = inForce === null ? { issuers: [] } : (await ruleSets.content(inForce)).file
      const claim = issuers.find(({ issuer }) => issuer === token.issuer)?.authoritative?.person ?? null
      const username = usernameIn(token, claim)
      const linked = username === null ? null : await insertByClaim(tx, token, username)
      if (linked === null) return null
      const { id, issuer, subject, personId } = linked
      const actor = { kind: 'person', person: personId, credential: `identity:${id}`, via: token.client } as const
      await record(tx, [{ type: 'identity.linked', actor, payload: { identity: id, issuer, subject, person: personId, by: 'claim' } }])
      return linked
    })
  }

function usernameIn({ claims }: VerifiedToken, claim: string | null): string | null {
  if (claim === null) return null
  // An address that nobody has verified is what somebody typed.
  if (claim === 'email' && claims['email_verified'] !== true) return null
  const said = claims[claim]
  return typeof said === 'string' && said.length <= 64 ? said : null
}
