import type { Request } from '../client/index.ts'
import type { Call } from './command.ts'
import { Refusal } from './failure.ts'
import { inline, when } from './words.ts'

/** Milliseconds between looks. */
const PACE = 2_000

/**
 * Follows a request until its grants are active, with a line of progress. Throws a Refusal when it ends in any other
 * way; what was asked for then is not to be had.
 */
export async function waitUntilActive({ sallyport, terminal }: Call, asked: Request): Promise<Request> {
  let said = ''
  for (let request = asked; ; ) {
    const { status, grants } = request
    if (status !== 'pending' && status !== 'approved') throw new Refusal(`Request ${request.id} is ${status}${why(request)}.`)
    if (status === 'approved' && grants.every((grant) => grant.status === 'active')) return request
    const over = grants.find((grant) => grant.status === 'revoking' || grant.status === 'ended')
    if (over !== undefined)
      throw new Refusal(`Grant ${over.id} is ${over.status}, and was ${over.activeAt === null ? 'never' : ''} active.`)
    const line = progress(request, terminal.now())
    if (line !== said) terminal.update(line)
    said = line
    await terminal.pause(PACE)
    request = await sallyport.get('/v1/requests/{id}', { params: { path: { id: request.id } } })
  }
}

function why({ decisions }: Request): string {
  const denial = decisions.find(({ verdict }) => verdict === 'deny')
  return denial === undefined ? '' : ` by ${denial.approver}${denial.comment === null ? '' : `: ${inline(denial.comment)}`}`
}

function progress({ status, approvals, grants, expiresAt }: Request, now: Date): string {
  if (status === 'pending') {
    const counted = approvals.counted.length === 0 ? '' : `approved by ${approvals.counted.join(', ')}; `
    return `${counted}waiting for ${approvals.approvers.join(', ') || 'an approver'}, until ${when(expiresAt, now)}`
  }
  const troubled = grants.find(({ attention }) => attention !== null)
  if (troubled !== undefined) return `approved; ${inline(troubled.attention?.message ?? '')}`
  const later = grants.find((grant) => grant.status === 'scheduled')
  return later === undefined ? 'approved; writing it to IAM' : `approved; starts ${when(later.startsAt, now)}`
}
