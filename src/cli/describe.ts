import type { Grant, Request } from '../client/index.ts'
import type { Terminal } from './terminal.ts'
import { columns, exactly, facts, inline, lasting, shortened, status, when } from './words.ts'

type Seen = Pick<Terminal, 'now' | 'isColored'>
type Named = Pick<Grant, 'database' | 'dbUser' | 'resource'>
type Called = Pick<Grant, 'dbUser' | 'resource'> & { readonly database: { readonly identifier: string } | null }

/** Which database user of which database. */
export const accessOf = ({ database, dbUser, resource }: Called): string =>
  database === null ? `${dbUser} on every database (${resource})` : `${dbUser} on ${database.identifier}`

const inFull = (named: Named): string => {
  const { database } = named
  return database === null
    ? accessOf(named)
    : `${accessOf(named)} (${database.engine}, ${database.region}, account ${database.account}, ${database.resourceId})`
}

/** Everything that somebody who decides, or waits, wants to know of a request. */
export function requestInWords(request: Request, terminal: Seen): string {
  const now = terminal.now()
  const { principal, approvals, ticket } = request
  return [
    `Request ${request.id} is ${status(request.status, terminal.isColored)}.`,
    facts([
      ['by', request.requester],
      ['for', request.beneficiary === request.requester ? null : request.beneficiary],
      ['access', request.entitlements.map((each) => `${inFull(each)}, by rule ${each.rule}${covers(each.covers)}`).join('\n')],
      ['through', `${principal.kind} ${principal.arn}${request.path === 'direct' ? '' : ', by an access role'}`],
      ['shared', principal.sharedWith === null ? null : inline(principal.sharedWith.summary)],
      ['extends', request.extends],
      ['duration', `${askedFor(request)}${request.startsAt === null ? '' : `, from ${exactly(request.startsAt, now)}`}`],
      ['reason', inline(request.reason)],
      ['ticket', ticket === null ? null : [ticket.system, ticket.key, ticket.url ?? ''].join(' ').trim()],
      ['asked', exactly(request.createdAt, now)],
      ['decide by', request.status === 'pending' ? exactly(request.expiresAt, now) : null],
      ['needs', request.status === 'pending' ? needsOf(approvals.stages, now) : null],
      ['can approve', request.status === 'pending' ? approvals.approvers.join(', ') || 'nobody' : null],
      ['rules', approvals.refused === null ? null : `would refuse it now: ${inline(approvals.refused)}`],
      ['decisions', request.decisions.map((decision) => decisionInWords(decision, now)).join('\n') || null],
      ['comments', request.comments.map(({ by, text, createdAt }) => `${by}, ${when(createdAt, now)}: ${inline(text)}`).join('\n') || null],
      ['warning', request.warnings.map(({ detail }) => inline(detail)).join('\n') || null],
      ['grants', request.grants.map((grant) => grantInBrief(grant, terminal)).join('\n') || null],
    ]),
  ].join('\n')
}

const askedFor = ({ duration, manner }: Request): string =>
  duration === null
    ? 'without an end, until nobody keeps it'
    : `${lasting(duration)}${manner === 'emergency' ? ', as emergency access' : ''}`

const covers = (text: string | null): string => (text === null ? '' : `: ${inline(text)}`)

type Stage = Request['approvals']['stages'][number]

/** The approvals that are needed, and whom else they may come from later. */
export function needsOf(stages: readonly Stage[], now: Date): string {
  if (stages.length === 0) return 'no approval'
  const inOrder = stages.some(({ turn }) => turn > 1)
  return stages
    .map((stage) => {
      const filled = stage.filledBy.length === 0 ? '' : ` (${stage.filledBy.join(', ')} approved)`
      return `${stage.count} of ${namesIn(stage.from)}${filled}${askedLater(stage, now)}`
    })
    .join(inOrder ? '; then ' : '; ')
}

const namesIn = ({ groups, people }: Stage['from']): string => [...groups, ...people].join(', ')

function askedLater({ escalation, state }: Stage, now: Date): string {
  if (escalation === null || escalation.asked || state === 'complete') return ''
  const from = escalation.at === null ? `after ${lasting(escalation.after)}` : `from ${exactly(escalation.at, now)}`
  return `, ${from} also of ${namesIn(escalation.to)}`
}

function decisionInWords({ approver, verdict, comment, duration, createdAt }: Request['decisions'][number], now: Date): string {
  const said = comment === null ? '' : `: ${inline(comment)}`
  const less = duration === null ? '' : ` for ${lasting(duration)}`
  return `${approver} ${verdict === 'approve' ? 'approved' : 'denied'}${less}, ${when(createdAt, now)}${said}`
}

export function grantInBrief(grant: Grant, { now, isColored }: Seen): string {
  const trouble = grant.attention === null ? '' : `, ${inline(grant.attention.message)}`
  return `${grant.id} ${status(grant.status, isColored)}, ${accessOf(grant)}${spanOf(grant, now())}${trouble}`
}

const spanOf = (grant: Grant, now: Date): string => {
  if (grant.status === 'scheduled') return `, from ${when(grant.startsAt, now)}`
  return grant.status === 'active' || grant.status === 'applying' ? `, until ${untilOf(grant, now)}` : ''
}

/** Standing access ends when nobody keeps it: what is known is the day by which somebody has to. */
const untilOf = ({ endsAt, standing }: Grant, now: Date): string => `${standing ? 'reviewed, next by ' : ''}${when(endsAt, now)}`

/** Everything about a grant. */
export function grantInWords(grant: Grant, terminal: Seen): string {
  const now = terminal.now()
  return [
    `Grant ${grant.id} is ${status(grant.status, terminal.isColored)}${grant.endReason === null ? '' : `, ${grant.endReason.replace('_', ' ')}`}.`,
    facts([
      ['access', inFull(grant)],
      ['through', `${grant.principal}${grant.accessRole === null ? '' : `, which assumes ${grant.accessRole}`}`],
      ['for', grant.beneficiary],
      ['by', grant.requester === grant.beneficiary ? null : grant.requester],
      ['starts', exactly(grant.startsAt, now)],
      ['ends', `${grant.standing && grant.endReason === null ? 'unless it is kept by ' : ''}${exactly(grant.endsAt, now)}`],
      ['ended', grant.endedAt === null ? null : exactly(grant.endedAt, now)],
      ['attention', grant.attention === null ? null : `${inline(grant.attention.message)} (since ${when(grant.attention.since, now)})`],
      ['request', grant.request],
    ]),
  ].join('\n')
}

/** What somebody has, what ends first on top. */
export function grantsInTable(grants: readonly Grant[], { now, isColored }: Seen): string {
  const at = now()
  const rows = grants.map((grant) => [
    grant.database?.identifier ?? 'every database',
    grant.dbUser,
    `${status(grant.status, isColored)}${grant.attention === null ? '' : ' (!)'}`,
    grant.status === 'scheduled' ? `from ${when(grant.startsAt, at)}` : untilOf(grant, at),
    grant.id,
  ])
  return columns(['DATABASE', 'AS', 'STATUS', 'UNTIL', 'GRANT'], rows)
}

/** Requests that wait. */
export function requestsInTable(requests: readonly Request[], { now }: Seen): string {
  const at = now()
  const rows = requests.map((request) => [
    request.id,
    request.requester,
    request.entitlements.map(accessOf).join('\n'),
    askedFor(request),
    when(request.expiresAt, at),
    shortened(inline(request.reason)),
  ])
  return columns(['REQUEST', 'BY', 'ACCESS', 'FOR', 'DECIDE BY', 'REASON'], rows)
}
