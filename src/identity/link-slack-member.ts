import { record } from '../audit/index.ts'
import { slackIssuer } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import { insertByClaim, type LinkedIdentity } from './identity-store.ts'
import { findInForce, keepInForce } from './rule-set-store.ts'
import type { RuleSets } from './rule-sets.ts'
import { type SlackMember, slackStranger } from './slack-caller.ts'

/**
 * Makes a member of the Slack workspace the person whose user name is this confirmed e-mail address, where the rule set in force
 * believes Slack about that. They stay that person, whatever their address becomes. Null if they become nobody.
 */
export const linkSlackMember =
  (db: Database, ruleSets: RuleSets) =>
  (member: SlackMember, email: string): Promise<LinkedIdentity | null> =>
    db.inTransaction(async (tx) => {
      await keepInForce(tx)
      const inForce = await findInForce(tx)
      const slack = inForce === null ? null : (await ruleSets.content(inForce)).file.slack
      if (slack === null || !slack.linkByEmail || slack.team !== member.team) return null
      const linked = await insertByClaim(tx, { issuer: slackIssuer(member.team), subject: member.user }, email)
      if (linked === null) return null
      const { id, issuer, subject, personId } = linked
      const actor = { ...slackStranger(member), person: personId }
      await record(tx, [{ type: 'identity.linked', actor, payload: { identity: id, issuer, subject, person: personId, by: 'claim' } }])
      return linked
    })
