import type { Button, KnownBlock } from '@slack/types'
import { canEnd, type connectInstructions } from '../grants/index.ts'
import { durationWords, factsOf, MOST_TOLD, nameOf, type Shown, subjectOf } from './request-words.ts'
import { at, bold, code, commands, escaped, lines, plain, quote } from './rich-text.ts'
import type { Content } from './slack-api.ts'

type Grant = Shown['request']['grants'][number]

/** What those who asked, and who will use it, are told with a message of its own. */
export type Stage = 'denied' | 'expired' | 'approved' | 'active' | 'ends_soon' | 'failing' | 'ended'

/** Where a request stands for those who asked; null: there is nothing new to tell. Pure. */
export function stageOf({ request }: Shown): Stage | null {
  if (request.status === 'denied' || request.status === 'expired') return request.status
  if (request.status !== 'approved') return null
  if (request.extending !== null) return 'approved' // what it extends has a message of its own
  const live = request.grants.filter(({ status }) => status !== 'ended')
  if (live.length === 0) return 'ended'
  if (live.some(({ attention }) => attention !== null)) return 'failing'
  const usable = live.filter(({ status }) => canEnd(status))
  if (usable.length === 0) return null
  if (!usable.every(({ status }) => status === 'active')) return 'approved'
  return usable.some(({ noticedAt }) => noticedAt !== null) ? 'ends_soon' : 'active'
}

/** `howTo` are the instructions for each grant that names one database and user. Pure. */
export function askerMessage(shown: Shown, stage: Stage, howTo: ReadonlyMap<string, ReturnType<typeof connectInstructions>>): Content {
  const { request } = shown
  const title = `${titles[stage]}: ${subjectOf(shown)}`
  const told = request.grants.slice(0, MOST_TOLD)
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: plain(title, 150) },
      ...(stage === 'denied' || stage === 'expired'
        ? refusal(shown)
        : told.flatMap((grant) => grantBlocks(shown, grant, stage, howTo.get(grant.id)))),
      { type: 'context', elements: [plain(`Request ${request.id}${more(request.grants.length - told.length)}`, 2_000)] },
    ],
  }
}

const titles = {
  denied: 'Access denied',
  expired: 'Nobody decided in time',
  approved: 'Access approved',
  active: 'You can connect',
  ends_soon: 'Access ends soon',
  failing: 'Access needs attention',
  ended: 'Access has ended',
} as const

const more = (count: number): string => (count > 0 ? `, and ${count} more grants; \`/db-access list\` shows all` : '')

function refusal(shown: Shown): KnownBlock[] {
  const denial = shown.request.decisions.find(({ verdict }) => verdict === 'deny')
  return [
    factsOf(shown),
    ...(denial === undefined ? [] : [lines([bold('By '), nameOf(shown.file, denial.personId)])]),
    ...(denial?.comment == null ? [] : [quote(denial.comment)]),
  ]
}

function grantBlocks(shown: Shown, grant: Grant, stage: Stage, howTo: ReturnType<typeof connectInstructions> | undefined): KnownBlock[] {
  const usable = canEnd(grant.status)
  return [
    grantLine(grant),
    ...(stage !== 'active' || howTo === undefined
      ? []
      : [commands(howTo.steps.map(({ title, command }) => `# ${title}\n${command}`).join('\n'))]),
    ...(usable
      ? [buttons(returnButton(grant), ...(stage === 'ends_soon' && isExtendable(shown, grant) ? [extendButton(grant)] : []))]
      : []),
  ]
}

/** Whether a rule that gave it gives extensions now; whether it is given one more is judged when that is asked for. */
const isExtendable = ({ request, file }: Shown, { database, joined }: Grant): boolean =>
  request.manner === 'ordinary' &&
  database !== null &&
  file.rules.some(
    (rule) =>
      rule.effect === 'allow' &&
      rule.extensions !== null &&
      (joined === null ? request.judgement.matched.some((match) => match.rule === rule.name) : joined.rule === rule.name),
  )

/** A grant in a line or two: what, until when, and what is wrong with it. */
export function grantLine({ dbUser, database, resourceArn, status, startsAt, endsAt, endReason, attention }: Grant): KnownBlock {
  const what = [code(dbUser), ' of ', bold(database?.identifier ?? resourceArn)]
  const when =
    status === 'ended' || status === 'revoking'
      ? [status === 'ended' ? `, ended: ${reasons[endReason ?? 'expired']}` : ', is being taken away']
      : status === 'scheduled'
        ? [', from ', at(startsAt), ` for ${durationWords((endsAt.getTime() - startsAt.getTime()) / 1_000)}`]
        : [status === 'applying' ? ', being written, until ' : ', until ', at(endsAt)]
  return lines([...what, ...when], ...(attention === null ? [] : [[bold('Attention: '), attention.message]]))
}

const reasons = {
  expired: 'its time ran out',
  revoked: 'it was revoked',
  returned: 'it was returned',
  ticket_closed: 'its ticket was closed',
  unreviewed: 'nobody kept it in time',
  reviewed: 'its review ended it',
  left: 'whom it was for has left',
  rules_changed: 'the rules of its start refused it',
} as const

/** Buttons beside each other. */
export const buttons = (...elements: readonly Button[]): KnownBlock => ({ type: 'actions', elements: [...elements] })

export const returnButton = ({ id }: Pick<Grant, 'id'>): Button => ({
  type: 'button',
  action_id: 'return',
  value: id,
  text: plain('Return', 75),
})

const extendButton = ({ id }: Grant): Button => ({ type: 'button', action_id: 'extend', value: id, text: plain('More time…', 75) })
