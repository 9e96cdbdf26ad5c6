import { z } from 'zod'
import { matching, strict } from './schema-parts.ts'

/** The Slack workspace from which people ask and decide. */
export interface SlackConfig {
  /** Its id, such as T0123ABCD. */
  readonly team: string
  /** Where requests are told whose rule names no channel; null: to each approver directly. */
  readonly channel: string | null
  /** Whether a member of the workspace is the person whose user name is their confirmed e-mail address. */
  readonly linkByEmail: boolean
}

/** An id, since a name can be given to another channel. */
export const slackChannel = matching(/^[CG][A-Z0-9]{2,20}$/, 'the id of a channel, such as C0123ABCD')

export const slackSchema = strict({
  team: matching(/^T[A-Z0-9]{2,20}$/, 'the id of a workspace, such as T0123ABCD'),
  channel: slackChannel.optional().describe('Where requests are told whose rule names no channel; without it, to each approver directly.'),
  linkByEmail: z
    .boolean()
    .default(false)
    .describe('Whether Slack is believed about people: a full member is the person whose `username` is their confirmed e-mail address.'),
}).transform(({ channel, ...rest }): SlackConfig => ({ ...rest, channel: channel ?? null }))

/** The issuer of the logins that are members of a workspace; the id of the member is the subject. */
export const slackIssuer = (team: string): string => `slack:${team}`
