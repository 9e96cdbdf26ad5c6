import { slackIssuer } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { Caller } from './caller.ts'
import { findIdentity } from './identity-store.ts'
import { ownCaller } from './own-credential.ts'
import { RefusedCaller } from './refused-caller.ts'
import type { RuleSets } from './rule-sets.ts'

/** A member of a Slack workspace, as Slack signs it. */
export interface SlackMember {
  readonly team: string
  readonly user: string
}

/** Who they are for the audit as long as they are nobody of the directory. */
export const slackStranger = ({ team, user }: SlackMember) =>
  ({ kind: 'person', person: null, credential: credentialOf({ team, user }), via: 'slack' }) as const

const credentialOf = ({ team, user }: SlackMember): string => `slack:${team}:${user}`

/**
 * Who acts in Slack: the person whom the member was linked to, as themselves. What is written asks `callerNow` in its transaction
 * whether the link still stands. Throws `identity_not_linked`, `not_ready`.
 */
export const slackCaller =
  (db: Database, ruleSets: RuleSets) =>
  async (member: SlackMember): Promise<Caller> => {
    const identity = await findIdentity(db, { issuer: slackIssuer(member.team), subject: member.user })
    const { file } = await ruleSets.current()
    const person = file.people.find(({ id }) => id === identity?.personId)
    if (person === undefined) {
      const detail = `The member ${member.user} of the Slack workspace ${member.team} belongs to nobody of the directory.`
      throw new RefusedCaller(slackStranger(member), 'identity_not_linked', detail)
    }
    const scopes = new Set(['read', 'ask', 'decide', 'revoke'] as const)
    return ownCaller(file, person, { id: credentialOf(member), via: 'slack', scopes, expiresAt: null })
  }
