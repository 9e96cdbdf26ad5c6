import type { InputBlock, ModalView, PlainTextOption } from '@slack/types'
import type { SallyportFile } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { type AllowRule, includes } from '../kernel/rule.ts'
import { cut, lines, plain } from './rich-text.ts'

/** The fields of the form; each is a block of that id with one element of the same. */
export type Field = 'database' | 'dbUser' | 'principal' | 'arn' | 'path' | 'duration' | 'reason' | 'ticket'

/** What Slack takes of an option's value, and of a list (docs.slack.dev/reference/block-kit/composition-objects/option-object). */
const LONGEST_OPTION = 150
export const MOST_OPTIONS = 100

const durations = ['PT15M', 'PT30M', 'PT1H', 'PT2H', 'PT4H', 'PT8H', 'PT12H', 'P1D', 'P3D', 'P7D', 'P30D']

/** The form of `/db-access`, made for the person: what the rules that are about them can be filled in with is offered. Pure. */
export function askView(file: SallyportFile, person: Person): ModalView {
  const rules = rulesFor(file, person)
  const principals = principalsFor(rules, person)
  return {
    type: 'modal',
    callback_id: 'ask',
    title: plain('Database access', 24),
    submit: plain('Ask', 24),
    close: plain('Cancel', 24),
    blocks: [
      input('database', 'Database', {
        type: 'external_select',
        action_id: 'database',
        min_query_length: 0,
        placeholder: plain('A part of its name', 150),
      }),
      input('dbUser', 'Database user', { type: 'plain_text_input', action_id: 'dbUser', max_length: 255 }),
      ...(principals.length === 0
        ? []
        : [input('principal', 'Principal', { type: 'static_select', action_id: 'principal', options: principals.map(optionOf) }, true)]),
      input(
        'arn',
        principals.length === 0 ? 'Principal' : 'Or another principal',
        {
          type: 'plain_text_input',
          action_id: 'arn',
          max_length: 2_048,
          placeholder: plain('The ARN of an IAM role, user, group or permission set', 150),
        },
        principals.length > 0,
      ),
      ...(rules.some(({ paths }) => paths.includes('access-role')) ? [pathInput] : []),
      ...durationAndWhy('How long'),
    ],
  }
}

const durationAndWhy = (howLong: string): InputBlock[] => [
  input(
    'duration',
    howLong,
    { type: 'static_select', action_id: 'duration', options: durations.map(durationOption) },
    true,
    'The default of the rule unless chosen.',
  ),
  input('reason', 'Reason', { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 2_000 }),
  input(
    'ticket',
    'Ticket',
    { type: 'plain_text_input', action_id: 'ticket', max_length: 160 },
    true,
    'System and key, such as jira OPS-17.',
  ),
]

/** Asks for more time for a grant. */
export const extendView = (grantId: string): ModalView => ({
  type: 'modal',
  callback_id: 'extend',
  private_metadata: grantId,
  title: plain('More time', 24),
  submit: plain('Ask', 24),
  close: plain('Cancel', 24),
  blocks: durationAndWhy('By how much'),
})

/** The rules by which somebody may ask. Pure. */
export const rulesFor = (file: SallyportFile, person: Person): AllowRule[] =>
  file.rules.flatMap((rule) => (rule.effect === 'allow' && includes(rule.who, person) ? [rule] : []))

/** The principals that rules name letter by letter, the person filled in. */
function principalsFor(rules: readonly AllowRule[], person: Person): string[] {
  const named = rules.flatMap(({ principals }) =>
    principals.map((pattern) => pattern.replaceAll('${person.username}', person.username).replaceAll('${person.id}', person.id)),
  )
  return [...new Set(named)].filter((arn) => !/[*?]/.test(arn) && arn.length <= LONGEST_OPTION).slice(0, MOST_OPTIONS)
}

/** Of an ARN the end tells more than the beginning. */
const optionOf = (arn: string): PlainTextOption => ({ text: plain(arn.length <= 75 ? arn : `…${arn.slice(-74)}`, 75), value: arn })

const durationOption = (duration: string): PlainTextOption => {
  const [, count = '', unit = ''] = /^PT?(\d+)([DHM])$/.exec(duration) ?? []
  const units: Record<string, string> = { D: 'day', H: 'hour', M: 'minute' }
  return { text: plain(`${count} ${units[unit] ?? ''}${count === '1' ? '' : 's'}`, 75), value: duration }
}

const pathInput = input(
  'path',
  'How',
  {
    type: 'static_select',
    action_id: 'path',
    options: [
      { text: plain('A policy on the principal itself', 75), value: 'direct' },
      { text: plain('A role that the principal assumes first', 75), value: 'access-role' },
    ],
  },
  true,
)

function input(field: Field | 'comment', label: string, element: InputBlock['element'], optional = false, hint?: string): InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(label, 2_000),
    element,
    optional,
    ...(hint === undefined ? {} : { hint: plain(hint, 2_000) }),
  }
}

/** Asks an approver why. */
export const denyView = (requestId: string): ModalView => ({
  type: 'modal',
  callback_id: 'deny',
  private_metadata: requestId,
  title: plain('Deny access', 24),
  submit: plain('Deny', 24),
  close: plain('Cancel', 24),
  blocks: [
    input(
      'comment',
      'Reason',
      { type: 'plain_text_input', action_id: 'comment', multiline: true, max_length: 2_000 },
      false,
      'Who asked is told; it is kept in the audit log.',
    ),
  ],
})

/** In place of a form that was sent. */
export const sentView = (said: string): ModalView => ({
  type: 'modal',
  title: plain('Database access', 24),
  close: plain('Close', 24),
  blocks: [lines([cut(said, 600)])],
})
