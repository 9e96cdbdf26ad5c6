import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { KnownBlock, View } from '@slack/types'
import { afterAll, beforeAll } from 'vitest'
import { slackSignature } from '../../src/slack/signature.ts'

/** A message as a reader of a channel would see it now. */
export interface FakeMessage {
  readonly channel: string
  readonly ts: string
  text: string
  blocks: readonly KnownBlock[]
  /** How often it was changed after it was posted. */
  updates: number
}

export interface FakeMember {
  readonly email: string | null
  readonly [part: string]: unknown
}

/** What the next calls of a method get in place of their answer: a code of Slack's, `429` or no answer at all. */
export type Fault = string | 429 | 'hang-up'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const TOKEN = 'xoxb-1-fake'

/**
 * Slack's Web API on loopback, as @slack/web-api calls it, and the other half of Slack: somebody who types, clicks and sends forms, signed as
 * Slack signs. A trigger is good for one view; a message goes to a channel, or to the direct channel of a member. Blocks are held to Slack's limits.
 */
export function fakeSlack(appUrl: () => string) {
  const messages: FakeMessage[] = []
  const views: { readonly id: string; readonly trigger: string; readonly view: View }[] = []
  const calls: string[] = []
  const members = new Map<string, FakeMember>()
  const faults = new Map<string, Fault[]>()
  const state = { url: '', down: false, count: 0 }
  const next = (): number => {
    state.count += 1
    return state.count
  }
  const nextTs = (): string => `1700000000.${String(next()).padStart(6, '0')}`

  const methods: Readonly<Record<string, (given: Record<string, string>) => object>> = {
    'chat.postMessage': ({ channel = '', text = '', blocks }) => {
      const content = { text, blocks: checked(blocks) }
      const message = { channel: channel.replace(/^U/, 'D'), ts: nextTs(), ...content, updates: 0 }
      messages.push(message)
      return { channel: message.channel, ts: message.ts }
    },
    'chat.update': ({ channel, ts, text = '', blocks }) => {
      const message = messages.find((each) => each.channel === channel && each.ts === ts)
      if (message === undefined) return { ok: false, error: 'message_not_found' }
      Object.assign(message, { text, blocks: checked(blocks), updates: message.updates + 1 })
      return { channel, ts }
    },
    'views.open': ({ trigger_id: trigger = '', view = '' }) => {
      if (views.some((each) => each.trigger === trigger)) return { ok: false, error: 'exchanged_trigger_id' }
      if (trigger.startsWith('old')) return { ok: false, error: 'expired_trigger_id' }
      const opened = { id: `V${String(views.length).padStart(8, '0')}`, trigger, view: JSON.parse(view) as View } // as the app sent it
      checked(JSON.stringify(opened.view.blocks))
      views.push(opened)
      return { view: { id: opened.id } }
    },
    'users.info': ({ user = '' }) => {
      const member = members.get(user)
      if (member === undefined) return { ok: false, error: 'user_not_found' }
      const { email, ...rest } = member
      return { user: { id: user, team_id: 'T0TEAM', is_email_confirmed: true, profile: email === null ? {} : { email }, ...rest } }
    },
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // an IncomingMessage gives buffers
    const method = request.url?.slice('/api/'.length) ?? ''
    calls.push(method)
    const fault = state.down ? 'hang-up' : faults.get(method)?.shift()
    if (fault === 'hang-up') return void request.socket.destroy()
    const json = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (fault === 429) return void json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '1' })
    if (fault !== undefined) return void json(200, { ok: false, error: fault })
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void json(200, { ok: false, error: 'invalid_auth' })
    const called = methods[method]
    const given = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
    json(200, { ok: called !== undefined, ...(called?.(given) ?? { error: 'unknown_method' }) })
  }
  const server = createServer((request, response) => void answer(request, response).catch(() => request.socket.destroy()))

  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    state.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const send = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const response = await fetch(`${appUrl()}/integrations/slack/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': slackSignature(SECRET, timestamp, Buffer.from(body)),
        ...headers,
      },
      body,
    })
    return { status: response.status, text: await response.text() }
  }
  const interact = (payload: object, path = 'interactions') =>
    send(path, new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
  const by = (user: string) => ({ team: { id: 'T0TEAM', domain: 'example' }, user: { id: user, username: 'somebody' }, api_app_id: 'A1' })

  return {
    messages,
    views,
    calls,
    members,
    get settings() {
      return { botToken: TOKEN, signingSecret: SECRET, apiUrl: state.url }
    },
    /** What stands in a channel, or was told to a member directly. */
    in: (channel: string) => messages.filter((message) => message.channel === channel.replace(/^U/, 'D')),
    fail: (method: string, ...next: readonly Fault[]) => faults.set(method, [...next]),
    setDown: (isDown: boolean) => {
      state.down = isDown
    },
    send,
    interact,
    type: (user: string, text = '', trigger = `trigger-${next()}`) =>
      send(
        'commands',
        new URLSearchParams({
          command: '/db-access',
          text,
          team_id: 'T0TEAM',
          user_id: user,
          trigger_id: trigger,
          response_url: 'https://hooks.slack.com/x',
        }).toString(),
      ),
    search: (user: string, value: string) =>
      interact({ type: 'block_suggestion', ...by(user), action_id: 'database', block_id: 'database', value }, 'options'),
    click: (user: string, action: string, value: string, trigger = `trigger-${next()}`) =>
      interact({
        type: 'block_actions',
        ...by(user),
        trigger_id: trigger,
        actions: [{ type: 'button', action_id: action, block_id: 'x', value }],
      }),
    /** Sends the form that was opened last, or the one named. */
    submit: (user: string, values: Readonly<Record<string, object>>, opened = views.at(-1)) =>
      interact({
        type: 'view_submission',
        ...by(user),
        view: {
          id: opened?.id,
          type: 'modal',
          callback_id: opened?.view.callback_id,
          private_metadata: opened?.view.private_metadata ?? '',
          state: { values: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { [field]: value }])) },
        },
      }),
  }
}

/** Everything that a reader of a message or view sees, as one text. */
export const seen = (blocks: readonly object[]): string => textsIn(blocks).join('')

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => (key === 'text' && typeof each === 'string' ? [each] : textsIn(each)))
}

/** Slack's limits (docs.slack.dev/reference/block-kit): a message that goes beyond one is refused whole. */
function checked(json: string | undefined): readonly KnownBlock[] {
  const blocks = JSON.parse(json ?? '[]') as KnownBlock[] // as the app sent them
  if (blocks.length > 50) throw new Error('invalid_blocks: too many')
  for (const block of blocks) {
    if (block.type === 'header' && block.text.text.length > 150) throw new Error('invalid_blocks: header')
    if (JSON.stringify(textsIn(block)).length > 12_000) throw new Error('invalid_blocks: text')
    if (block.type === 'input' && 'options' in block.element && (block.element.options?.length ?? 0) > 100)
      throw new Error('invalid_blocks: options')
  }
  return blocks
}
