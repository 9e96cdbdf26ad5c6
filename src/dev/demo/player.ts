import { type AccessRequest, answers, type Grant } from './answers.ts'
import { apiClient, Refused } from './api-client.ts'
import { cluster } from './aws-page.ts'
import { expectEqual, type Stage, until } from './stage.ts'

export interface Wish {
  /** `role/<name>` or `user/<name>` in the demo's account. */
  readonly through: string
  readonly as: readonly string[]
  /** On every database of the demo's region; otherwise on the page's cluster. */
  readonly everywhere?: boolean
  /** ISO 8601. */
  readonly duration: string
  readonly reason: string
}

/** A person of the demo's directory. Each method is one call of the API, and checks what comes of it. */
export interface Player {
  asks(wish: Wish): Promise<AccessRequest>
  cannotAsk(wish: Wish): Promise<void>
  /** Approves, and waits until IAM holds the policy. */
  approves(request: AccessRequest): Promise<readonly Grant[]>
  cannotApprove(request: AccessRequest, code: string): Promise<void>
  denies(request: AccessRequest, comment: string): Promise<void>
  /** Ends grants of one's own, and waits until IAM holds them no more. */
  givesBack(grants: readonly Grant[], comment: string): Promise<void>
  /** Ends other people's grants, and waits until IAM holds them no more. */
  revokes(grants: readonly Grant[], comment: string): Promise<void>
  /** Waits for the end of a grant that comes by itself. */
  seesExpire(grant: Grant): Promise<void>
}

export function player(stage: Stage, apiUrl: string, who: string): Player {
  const api = apiClient(apiUrl, who)
  const grantNow = (id: string) => api.get(`/v1/grants/${id}`, answers.grant)
  const whenEnded = (id: string) =>
    until(
      () => grantNow(id),
      ({ status }) => status === 'ended',
      describeGrant,
    )
  const end = async (how: 'return' | 'revoke', grants: readonly Grant[], comment: string, endReason: string) => {
    for (const { id } of grants) await api.post(`/v1/grants/${id}/${how}`, { comment }, answers.grant)
    for (const { id } of grants) expectEqual('the end reason of the grant', (await whenEnded(id)).endReason, endReason)
    return { result: undefined }
  }

  const ask = ({ through, as, everywhere, duration, reason }: Wish) => {
    const database = everywhere === true ? { region: 'us-east-2' } : cluster
    const entitlements = as.map((dbUser) => ({ database, dbUser }))
    return api.post('/v1/requests', { principal: `arn:aws:iam::123456789012:${through}`, entitlements, duration, reason }, answers.request)
  }
  const asking = ({ through, as, everywhere, duration, reason }: Wish): string =>
    `to connect as ${as.join(' and ')}${everywhere === true ? ' everywhere' : ''} through ${through} for ${duration}: “${reason}”`

  return {
    asks: (wish) =>
      stage.step({ who, what: `asks ${asking(wish)}` }, async () => {
        const request = await ask(wish)
        expectEqual('the status of the request', request.status, 'pending')
        const rules = [...new Set(request.entitlements.map(({ rule }) => rule))]
        return { result: request, below: [`by rule ${rules.join(', ')}, ${request.approvals.approvers.join(' or ')} can approve`] }
      }),

    cannotAsk: (wish) =>
      stage.step({ who, what: `tries to ask ${asking(wish)}` }, async () => {
        const refusal = await ask(wish).catch((error: unknown) => error)
        if (!(refusal instanceof Refused)) throw new Error(`expected refused_by_rules, found ${JSON.stringify(refusal)}`)
        expectEqual('the code of the refusal', refusal.code, 'refused_by_rules')
        return { result: undefined, outcome: ' and is refused', below: refusal.message.split(/(?<=^[^:]*:) /) }
      }),

    approves: ({ id }) =>
      stage.step({ who, what: 'approves' }, async () => {
        const approved = await api.post(`/v1/requests/${id}/approve`, {}, answers.request)
        expectEqual('the status of the request', approved.status, 'approved')
        const { grants } = await until(
          () => api.get(`/v1/requests/${id}`, answers.request),
          (request) => request.grants.every(({ activeAt }) => activeAt !== null),
          (request) => request.grants.map(describeGrant).join('; '),
        )
        const took = Math.max(...grants.map(({ createdAt, activeAt }) => Number(activeAt) - Number(createdAt)))
        return { result: grants, outcome: `; ${took} ms later the worker has written the policy and read it back` }
      }),

    cannotApprove: ({ id }, code) =>
      stage.step({ who, what: 'tries to approve it' }, async () => {
        const refusal = await api.post(`/v1/requests/${id}/approve`, {}, answers.request).catch((error: unknown) => error)
        if (!(refusal instanceof Refused)) throw new Error(`expected ${code}, found ${JSON.stringify(refusal)}`)
        expectEqual('the code of the refusal', refusal.code, code)
        return { result: undefined, outcome: ' and is refused', below: [refusal.message] }
      }),

    denies: ({ id }, comment) =>
      stage.step({ who, what: `denies: “${comment}”` }, async () => {
        const denied = await api.post(`/v1/requests/${id}/deny`, { comment }, answers.request)
        expectEqual('status and grants of the request', [denied.status, denied.grants], ['denied', []])
        return { result: undefined }
      }),

    givesBack: (grants, comment) =>
      stage.step({ who, what: `gives it back early: “${comment}”` }, () => end('return', grants, comment, 'returned')),

    revokes: (grants, comment) =>
      stage.step({ who, what: `revokes ${grants.length} grants: “${comment}”` }, () => end('revoke', grants, comment, 'revoked')),

    seesExpire: ({ id }) =>
      stage.step({ who, what: 'loses it by itself when its time is over' }, async () => {
        const { endReason, endsAt, endedAt } = await whenEnded(id)
        expectEqual('the end reason of the grant', endReason, 'expired')
        const late = Number(endedAt) - Number(endsAt)
        if (late < 0) throw new Error(`it ended ${-late} ms too early`)
        return { result: undefined, outcome: `; gone from IAM ${late} ms after its end` }
      }),
  }
}

const describeGrant = ({ id, status, attention }: Grant): string =>
  `grant ${id} is ${status}${attention === null ? '' : `: ${attention.message}`}`
