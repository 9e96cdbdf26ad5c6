import type { KnownBlock, RichTextBlock } from '@slack/types'
import { anyOf } from '../kernel/rule.ts'
import { factsOf, MOST_TOLD, nameOf, namesOf, policyWords, type Shown, subjectOf } from './request-words.ts'
import { at, bold, escaped, lines, plain, quote, type Word } from './rich-text.ts'
import type { Content } from './slack-api.ts'

/** What approvers see of a request: all that a decision needs while it waits for one, and what became of it afterwards. Pure. */
export function approverMessage(shown: Shown): Content {
  const { request, printed, file } = shown
  const title = `${titles[request.status]}: ${subjectOf(shown)}`
  const waits = request.status === 'pending'
  return {
    text: escaped(`${title}, ${waits ? 'asked for by' : 'for'} ${nameOf(file, request.requesterId)}`),
    blocks: [
      { type: 'header', text: plain(title, 150) },
      factsOf(shown),
      quote(request.reason),
      ...(waits ? [policyWords(shown), ...warnings(shown), approvals(shown)] : []),
      ...decisions(shown),
      ...(request.status === 'approved' ? [grants(shown)] : []),
      { type: 'context', elements: [plain(`Request ${request.id}, asked through ${printed.via}`, 2_000)] },
      ...(waits ? [buttons(request.id, printed.approvals.refused === null)] : []),
    ],
  }
}

const titles = {
  pending: 'Access asked for',
  approved: 'Access approved',
  denied: 'Access denied',
  withdrawn: 'Request withdrawn',
  expired: 'Request expired',
} as const

/** What an approver should know, and who else could use the principal. */
function warnings({ printed }: Shown): RichTextBlock[] {
  const { sharedWith } = printed.principal
  const rows: Word[][] = [
    ...(sharedWith === null ? [] : [[bold('Who can use the principal: '), sharedWith.summary]]),
    ...[...new Set(printed.warnings.map(({ detail }) => detail))].slice(0, MOST_TOLD).map((detail) => [bold('Warning: '), detail]),
  ]
  return rows.length === 0 ? [] : [lines(...rows)]
}

function approvals({ request, printed, file }: Shown): RichTextBlock {
  const { stages: standing, counted, approvers, refused } = printed.approvals
  const stages = standing.map(({ from, count }) => `${count} of ${anyOf(from)}`)
  const none = standing.some(isWaiting) ? 'nobody yet' : 'nobody any more'
  if (refused !== null) return lines([bold('The rules of now refuse it: '), refused])
  return lines(
    [bold('Needs: '), `${stages.join(', and ')}${stages.length > 1 ? ', by different people' : ''}`],
    ...(counted.length === 0 ? [] : [[bold('Approved so far by: '), namesOf(file, counted)]]),
    [bold('Can approve: '), approvers.length === 0 ? none : namesOf(file, approvers)],
    ...standing.flatMap(escalationWords),
    [bold('To be decided by: '), at(request.expiresAt)],
  )
}

type Stage = Shown['printed']['approvals']['stages'][number]

/** Whether others will be asked, should nobody approve before. */
const isWaiting = ({ escalation, state }: Stage): boolean => escalation !== null && !escalation.asked && state !== 'complete'

function escalationWords(stage: Stage): Word[][] {
  const { escalation, state } = stage
  if (escalation?.at == null || state !== 'open') return []
  return [[bold(isWaiting(stage) ? 'Asked too from ' : 'Asked too since '), at(new Date(escalation.at)), `: ${anyOf(escalation.to)}`]]
}

function decisions({ request, file }: Shown): KnownBlock[] {
  return request.decisions
    .slice(-MOST_TOLD)
    .flatMap(({ verdict, personId, decidedBy, createdAt, comment, durationSeconds }) => [
      lines([
        bold(verdict === 'approve' ? 'Approved by ' : 'Denied by '),
        `${nameOf(file, personId)} through ${decidedBy.via}, `,
        at(createdAt),
        ...(durationSeconds === null ? [] : [', for less time than was asked for']),
      ]),
      ...(comment === null ? [] : [quote(comment)]),
    ])
}

/** What has come of it in AWS, in one line. */
function grants({ request }: Shown): RichTextBlock {
  const live = request.grants.filter(({ status }) => status !== 'ended')
  if (live.length === 0) return lines([bold('The access has ended.')])
  const troubled = live.find(({ attention }) => attention !== null)?.attention
  if (troubled != null) return lines([bold('Needs attention: '), troubled.message])
  const last = new Date(Math.max(...live.map(({ endsAt }) => endsAt.getTime())))
  const inForce = live.every(({ status }) => status === 'active')
  return lines([bold(inForce ? 'In force until ' : 'Granted until '), at(last)])
}

const buttons = (requestId: string, approvable: boolean): KnownBlock => ({
  type: 'actions',
  elements: [
    ...(approvable
      ? [{ type: 'button' as const, action_id: 'approve', value: requestId, style: 'primary' as const, text: plain('Approve', 75) }]
      : []),
    { type: 'button', action_id: 'deny', value: requestId, style: 'danger', text: plain('Deny…', 75) },
  ],
})
