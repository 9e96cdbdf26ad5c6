import { z } from 'zod'

/** What the app in Slack gave: with what Sallyport calls, and how it knows who calls. */
export interface SlackSettings {
  readonly botToken: string
  readonly signingSecret: string
  /** In place of https://slack.com/api/. */
  readonly apiUrl: string | null
}

/** Values are never repeated in a message. */
export const slackVariables = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-[\x21-\x7e]+$/, 'is not the token of a bot, which begins with xoxb-')
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'is not a signing secret, which has at least 16 characters')
    .optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }).optional(),
}

type Read = { readonly [Name in keyof typeof slackVariables]?: z.output<(typeof slackVariables)[Name]> }

/** Both or neither, as a refinement of the whole environment. */
export function refuseHalfSlack(read: Read, context: z.core.$RefinementCtx): void {
  const [set, missing] =
    read.SLACK_BOT_TOKEN === undefined ? ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN'] : ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET']
  if ((read.SLACK_BOT_TOKEN === undefined) === (read.SLACK_SIGNING_SECRET === undefined)) return
  context.addIssue({ code: 'custom', path: [missing], message: `is not set, though ${set} is; set both, or neither` })
}

/** Null: this deployment has no Slack. */
export const slackSettings = ({ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL }: Read): SlackSettings | null =>
  SLACK_BOT_TOKEN === undefined || SLACK_SIGNING_SECRET === undefined
    ? null
    : { botToken: SLACK_BOT_TOKEN, signingSecret: SLACK_SIGNING_SECRET, apiUrl: SLACK_API_URL ?? null }
