import { createHash } from 'node:crypto'
import type { ConnectInstructions } from '../grants/index.ts'
import type { Person } from '../kernel/actor.ts'
import { includes } from '../kernel/rule.ts'
import { approverMessage } from './approver-message.ts'
import { askerMessage, stageOf } from './asker-message.ts'
import type { Shown } from './request-words.ts'
import type { Content } from './slack-api.ts'
import type { StoredMessage } from './slack-store.ts'

/** A message that is to be posted, or put in place of one that stands. */
export interface PlannedMessage extends Pick<StoredMessage, 'role' | 'recipient' | 'stage' | 'shown'> {
  readonly content: Content
  /** The one that it replaces; null: it is posted. */
  readonly replaces: StoredMessage | null
}

export interface WhatIsShown {
  readonly shown: Shown
  /** The members of the workspace whom people are linked to, by the ids of the people. */
  readonly members: ReadonlyMap<string, string>
  readonly messages: readonly StoredMessage[]
  readonly howTo: ReadonlyMap<string, ConnectInstructions>
}

/**
 * What has to be done in Slack so that it shows a request as it is now. Approvers are asked once, while there is something to decide, and see in the
 * same message what becomes of it; those who asked get a message for each stage that they reach. Pure.
 */
export function planMessages({ shown, members, messages, howTo }: WhatIsShown): PlannedMessage[] {
  const toApprovers = approverMessage(shown)
  const stage = stageOf(shown)
  const toAskers = stage === null ? null : askerMessage(shown, stage, howTo)
  return [
    ...approversTold(shown, members, messages).map((recipient) => plan(messages, 'approver', recipient, 'asked', toApprovers)),
    ...(stage === null || toAskers === null
      ? []
      : askersOf(shown, members).map((recipient) => plan(messages, 'asker', recipient, stage, toAskers))),
  ].flatMap((planned) => planned ?? [])
}

function plan(
  messages: readonly StoredMessage[],
  role: StoredMessage['role'],
  recipient: string,
  stage: string,
  content: Content,
): PlannedMessage | null {
  const standing = messages.find((message) => message.role === role && message.recipient === recipient) ?? null
  const shown = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  if (standing?.shown === shown && standing.stage === stage) return null
  return { role, recipient, stage, shown, content, replaces: standing?.stage === stage ? standing : null }
}

/**
 * Who has been asked; and while it waits, the channels of its rules, or else each who can approve. Whom it came to ask because nobody in a channel
 * answered is asked directly.
 */
function approversTold(
  { request, printed, file }: Shown,
  members: ReadonlyMap<string, string>,
  messages: readonly StoredMessage[],
): string[] {
  const asked = messages.flatMap(({ role, recipient }) => (role === 'approver' ? [recipient] : []))
  if (request.status !== 'pending') return asked
  const rules = new Set(printed.entitlements.map(({ rule }) => rule))
  const channels = file.rules.flatMap((rule) =>
    rule.effect === 'allow' && rules.has(rule.name) ? (rule.channel ?? file.slack?.channel ?? []) : [],
  )
  const membersIn = (people: readonly Person[]) => people.flatMap(({ id }) => members.get(id) ?? [])
  const able = file.people.filter(({ id }) => printed.approvals.approvers.includes(id))
  const escalatedTo = printed.approvals.stages.flatMap(({ state, escalation }) =>
    state === 'open' && escalation?.asked === true ? able.filter((person) => includes(escalation.to, person)) : [],
  )
  return [...new Set([...asked, ...(channels.length > 0 ? [...channels, ...membersIn(escalatedTo)] : membersIn(able))])]
}

const askersOf = ({ request }: Shown, members: ReadonlyMap<string, string>): string[] => [
  ...new Set([request.requesterId, request.beneficiaryId].flatMap((person) => members.get(person) ?? [])),
]
