import type { KnownBlock, View } from '@slack/types'
import {
  LogLevel,
  type Logger as SlackLogger,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api'
import type { SlackSettings } from '../config/index.ts'

/** What a message shows: blocks, and the text for notifications, in which `&`, `<` and `>` are escaped. */
export interface Content {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

/** Where a message stands. */
export interface Posted {
  readonly channel: string
  readonly ts: string
}

/** A member, as `users.info` tells. */
export interface Member {
  /** The id of the workspace that they belong to. */
  readonly team: string | null
  /** Null: there is none, or nobody has confirmed it. */
  readonly email: string | null
  /** A person with an account of the workspace itself: no guest, no app, nobody of another organisation, nobody who has left. */
  readonly isFull: boolean
}

/**
 * Why Slack did not do what it was asked for. `busy`: too much was asked of it, `retryAfter` seconds; `away`: nothing, or a failure of its
 * own, came back; `refused`: it answered with this code.
 */
export class SlackTrouble extends Error {
  readonly kind: 'busy' | 'away' | 'refused'
  readonly code: string
  readonly retryAfter: number | null

  constructor(kind: SlackTrouble['kind'], code: string, retryAfter: number | null, cause: unknown) {
    super(`Slack: ${code}`, { cause })
    this.kind = kind
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** The calls that are made; each throws a SlackTrouble. Nothing is tried twice here: whoever calls has a job that comes back. */
export interface SlackApi {
  /** Posts to a channel, or directly to a member by their id. */
  post(to: string, content: Content): Promise<Posted>
  update(at: Posted, content: Content): Promise<void>
  /** While Slack waits for an answer: a trigger is good for 3 seconds, and for one view. */
  openView(triggerId: string, view: View): Promise<void>
  member(user: string): Promise<Member>
}

/** Milliseconds. */
const PATIENCE = 5_000
const PATIENCE_WHILE_SLACK_WAITS = 2_000

/** Codes of Slack's own failures, which pass (docs.slack.dev/reference/methods/chat.postMessage, "Errors"). */
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'])

export function slackApi({ botToken, apiUrl }: SlackSettings): SlackApi {
  const client = (timeout: number) =>
    new WebClient(botToken, {
      ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      logger: silent,
    })
  const patient = client(PATIENCE)
  const quick = client(PATIENCE_WHILE_SLACK_WAITS)
  const quiet = { unfurl_links: false, unfurl_media: false } as const

  return {
    post: async (to, { text, blocks }) => {
      const { channel, ts } = await asked(patient.chat.postMessage({ channel: to, text, blocks: [...blocks], ...quiet }))
      if (channel === undefined || ts === undefined) throw new SlackTrouble('away', 'no_message_in_answer', null, null)
      return { channel, ts }
    },
    update: async ({ channel, ts }, { text, blocks }) => {
      await asked(patient.chat.update({ channel, ts, text, blocks: [...blocks] }))
    },
    openView: async (triggerId, view) => {
      await asked(quick.views.open({ trigger_id: triggerId, view }))
    },
    member: async (user) => {
      const { user: found } = await asked(patient.users.info({ user }))
      const outside = [found?.deleted, found?.is_bot, found?.is_restricted, found?.is_ultra_restricted, found?.is_stranger]
      return {
        team: found?.team_id ?? null,
        email: found?.is_email_confirmed === true ? (found.profile?.email ?? null) : null,
        isFull: found !== undefined && outside.every((each) => each !== true),
      }
    },
  }
}

async function asked<Answer>(pending: Promise<Answer>): Promise<Answer> {
  try {
    return await pending
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) throw new SlackTrouble('busy', 'ratelimited', error.retryAfter, error)
    if (error instanceof WebAPIPlatformError) {
      const code = error.data.error
      throw new SlackTrouble(passing.has(code) ? 'away' : 'refused', code, null, error)
    }
    throw new SlackTrouble('away', error instanceof WebAPIHTTPError ? `http_${error.statusCode}` : 'not_reached', null, error)
  }
}

/** What goes wrong is thrown, and logged by whoever catches it. */
const silent: SlackLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}
