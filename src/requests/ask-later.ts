import type { Tx } from '../db/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import { type Id, newId } from '../kernel/ids.ts'
import type { Shares } from './judge-later.ts'
import { approversIn } from './judging.ts'
import { entitlementOf, type Latecomer } from './latecomer.ts'
import { catalogActor } from './later-match.ts'
import type { Request } from './request.ts'
import { insertRequest } from './request-store.ts'

export interface ToAsk {
  readonly late: Latecomer
  readonly verdict: Shares<'asked'>
}

/**
 * Opens requests for latecomers on account of the request that they match: one for each rule, so that the approvals and
 * limits of one are not those of all. It is the same person's, asked with the same credential, so that nobody may decide
 * it who could not decide the first; for what is left of the first's time, and open no longer than that. Answers which
 * request each latecomer is in. Throws `not_ready` if other rules have come into force since they were judged.
 */
export async function askLater(
  tx: Tx,
  origin: Request,
  asking: readonly ToAsk[],
  ruleSetHash: string,
  now: Date,
): Promise<ReadonlyMap<Latecomer, Id<'req'>>> {
  const asked = new Map<Latecomer, Id<'req'>>()
  for (const rule of new Set(asking.map(({ verdict }) => verdict.rule))) {
    const together = asking.filter(({ verdict }) => verdict.rule === rule)
    const request = requestFor(origin, together, ruleSetHash, now)
    if (!(await insertRequest(tx, request, null, null))) throw new SallyportError('not_ready', 'The rules have just changed.')
    for (const { late } of together) asked.set(late, request.id)
  }
  return asked
}

function requestFor(origin: Request, together: readonly ToAsk[], ruleSetHash: string, now: Date): Request {
  const [first] = together
  if (first === undefined) throw new Error('a request is for something')
  const { judgement } = first.verdict // of one rule, and so of all
  const { startsAt, endsAt } = first.verdict.span
  const secondsLeft = Math.ceil((endsAt.getTime() - startsAt.getTime()) / 1_000)
  return {
    ...origin,
    id: newId('req'),
    status: 'pending',
    askedBy: { ...origin.askedBy, via: catalogActor.via },
    seen: null,
    durationSeconds: Math.min(secondsLeft, judgement.durationLongest),
    startsAt: startsAt > now ? startsAt : null,
    judgement: {
      matched: together.map((_, position) => ({ position, rule: first.verdict.rule })),
      stages: judgement.stages,
      durationLongest: judgement.durationLongest,
    },
    ruleSetHash,
    ...approversIn(judgement.stages),
    createdAt: now,
    expiresAt: new Date(Math.min(now.getTime() + judgement.waits * 1_000, endsAt.getTime())),
    decidedAt: null,
    originId: origin.id,
    escalations: [],
    entitlements: together.map(({ late }, position) => entitlementOf(late, position)),
    decisions: [],
    comments: [],
    grants: [],
    later: [],
  }
}
