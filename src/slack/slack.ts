import type { Logger } from 'pino'
import type { RequestParts } from '../requests/index.ts'
import type { SlackApi } from './slack-api.ts'

/** What the use cases of Slack stand on. */
export interface SlackParts extends RequestParts {
  readonly api: SlackApi
  readonly log: Logger
}

/** What a route of Slack's answers: a JSON body, or null for an empty one. */
export type SlackAnswer = object | null

/** An answer that only the one who asked can see. */
export const toMember = (text: string): SlackAnswer => ({ response_type: 'ephemeral', text })
