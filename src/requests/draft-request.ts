import { isDeepStrictEqual } from 'node:util'
import type { SallyportFile } from '../config/index.ts'
import type { Person } from '../kernel/actor.ts'
import { formatDuration, parseDuration } from '../kernel/duration.ts'
import { inField, SallyportError } from '../kernel/errors.ts'
import type { Manner, Path } from '../kernel/rule.ts'
import type { Judgement } from '../rules/index.ts'
import { type AskedEntitlement, entitlementsOf } from './asked-entitlements.ts'
import { undeclaredUsers } from './declared-users.ts'
import { type Judged, judgeRequest, personOf, reasonsOf } from './judging.ts'
import { type AskedPrincipal, parseFor } from './parts.ts'
import type { Extending, RequestEntitlement, Ticket } from './request.ts'
import type { Facts } from './request-facts.ts'
import { refuseUnmanaged } from './within-reach.ts'

/** A request as it came, its schema checked and nothing else. */
export interface Asked {
  readonly principal: string
  readonly entitlements: readonly AskedEntitlement[]
  readonly beneficiary: string | null
  readonly path: Path
  readonly manner: Manner
  /** The grant that it is to extend. */
  readonly extending: Extending | null
  readonly duration: string | null
  readonly startsAt: string | null
  readonly reason: string
  readonly ticket: Ticket | null
}

/** A request that can be judged: everything it names is known. Its principal is not yet looked up in AWS. */
export interface Draft {
  readonly principal: AskedPrincipal
  readonly beneficiary: Person
  readonly entitlements: readonly RequestEntitlement[]
  readonly durationSeconds: number | null
  readonly startsAt: Date | null
  readonly judgement: Judgement
  /** What was judged, as it was put to the rules. */
  readonly judged: Judged
}

/** The longest that a start may lie ahead: a year, so that a slip of the keyboard is seen. */
const FURTHEST_START_MS = 366 * 86_400_000

/**
 * Finds out what is asked for and what the rules say to it. Pure. Throws a code of 4xx for whatever cannot be
 * asked for at all; a refusal by the rules is in the judgement. Where only the account of the principal is in the way, the
 * detail says whether an access role would be a way round.
 */
export function draftRequest(file: SallyportFile, asked: Asked, requester: Person, facts: Facts): Draft {
  try {
    return draftOnPath(file, asked, requester, facts)
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error
    const way = asked.path === 'direct' ? wayRound(error, () => allowedThroughRole(file, asked, requester, facts)) : null
    throw way === null ? error : new SallyportError(error.code, `${error.message} ${way}`, { fields: error.fields })
  }
}

function wayRound({ code }: SallyportError, allowed: () => boolean): string | null {
  if (code !== 'cross_account' && code !== 'unknown_account') return null
  if (allowed()) return 'The rules allow it with `path: "access-role"`.'
  // An account that nobody manages may be a slip: the other path is worth a word only where it leads somewhere.
  return code === 'cross_account' ? 'The rules do not allow it with `path: "access-role"` either.' : null
}

function draftOnPath(file: SallyportFile, asked: Asked, requester: Person, facts: Facts): Draft {
  const principal = principalOf(asked, file)
  const durationSeconds = durationOf(asked)
  const startsAt = startOf(asked, facts.now)
  const beneficiary = personOf(file, asked.beneficiary ?? requester.id)
  if (beneficiary === undefined) {
    throw new SallyportError(
      'unknown_beneficiary',
      `There is no ${asked.beneficiary} in the directory.`,
      at('/beneficiary', 'is not known'),
    )
  }
  const entitlements = entitlementsOf(asked.entitlements, facts.databases, { principal, path: asked.path }, file.accounts)
  const unknown = undeclaredUsers(file, entitlements).filter(({ others }) => others === 'refuse')
  const [first] = unknown
  if (first !== undefined) {
    const fields = unknown.map(({ position, detail }) => ({ pointer: `/entitlements/${position}/dbUser`, detail }))
    throw new SallyportError('unknown_db_user', first.detail, { fields })
  }
  const judged = {
    requesterId: requester.id,
    beneficiaryId: beneficiary.id,
    principal: { arn: asked.principal, kind: principal.kind, accountId: principal.account, uniqueId: '' },
    path: asked.path,
    manner: asked.manner,
    extending: asked.extending,
    reason: asked.reason,
    ticket: asked.ticket,
    ticketFacts: facts.ticket,
    entitlements,
  }
  return { principal, beneficiary, entitlements, durationSeconds, startsAt, judged, judgement: judgeRequest(file, judged) }
}

function allowedThroughRole(file: SallyportFile, asked: Asked, requester: Person, facts: Facts): boolean {
  try {
    return draftRequest(file, { ...asked, path: 'access-role' }, requester, facts).judgement.allowed
  } catch (error) {
    if (error instanceof SallyportError) return false
    throw error
  }
}

/** The duration that counts: what was asked for, or the rules' default. Throws `invalid_duration` above the limit. */
export function allowedDuration(draft: Draft, judgement: Extract<Judgement, { allowed: true }>): number {
  const seconds = draft.durationSeconds ?? judgement.durationDefault
  if (seconds <= judgement.durationLongest) return seconds
  const longest = formatDuration(judgement.durationLongest)
  throw new SallyportError(
    'invalid_duration',
    `${formatDuration(seconds)} is longer than the rules allow: ${longest}.`,
    at('/duration', `must be at most ${longest}`),
  )
}

/** Throws `invalid_start` if the wished start lies further ahead than the rules let an approval go unused. */
export function refuseLateStart({ startsAt }: Draft, judgement: Extract<Judgement, { allowed: true }>, now: Date): void {
  if (startsAt === null || startsAt.getTime() - now.getTime() <= judgement.startsWithin * 1_000) return
  const most = formatDuration(judgement.startsWithin)
  throw new SallyportError(
    'invalid_start',
    `${startsAt.toISOString()} is further ahead than the rules allow: ${most}.`,
    at('/startsAt', `must be within ${most}`),
  )
}

/** What of a body a rule wants otherwise, by why it refuses. */
const fieldOf: Readonly<Partial<Record<string, string>>> = {
  reason: '/reason',
  ticket: '/ticket',
  emergency: '/emergency',
  standing: '/duration',
}

/** Throws `refused_by_rules` with every reason. */
export function refuseByRules(judgement: Extract<Judgement, { allowed: false }>): never {
  const fields = judgement.refusals.map(({ because, position, detail }) => ({
    pointer: fieldOf[because] ?? `/entitlements/${position}`,
    detail,
  }))
  const unique = fields.filter((field, index) => fields.findIndex((other) => isDeepStrictEqual(other, field)) === index)
  throw new SallyportError('refused_by_rules', reasonsOf(judgement), { fields: unique })
}

function principalOf(asked: Asked, file: SallyportFile): AskedPrincipal {
  const principal = inField('/principal', () => parseFor(asked.path)(asked.principal))
  refuseUnmanaged({ principal, path: asked.path }, file.accounts)
  return principal
}

function durationOf(asked: Asked): number | null {
  if (asked.duration === null) return null
  const seconds = parseDuration(asked.duration)
  if (seconds !== null) return seconds
  const how =
    'must be an ISO 8601 duration above zero in weeks, days, hours, minutes or seconds, such as PT1H (months and years have no fixed length)'
  throw new SallyportError('invalid_duration', `${JSON.stringify(asked.duration)} ${how}.`, at('/duration', how))
}

function startOf(asked: Asked, now: Date): Date | null {
  if (asked.startsAt === null) return null
  if (asked.manner === 'emergency') {
    throw new SallyportError('invalid_start', 'Emergency access starts at once.', at('/startsAt', 'must be left out'))
  }
  const startsAt = new Date(asked.startsAt)
  const ahead = startsAt.getTime() - now.getTime()
  if (ahead > 0 && ahead <= FURTHEST_START_MS) return startsAt
  const how = ahead > 0 ? 'must be within a year' : `must be in the future; it is ${now.toISOString()} now`
  throw new SallyportError('invalid_start', `${asked.startsAt} ${how}.`, at('/startsAt', how))
}

const at = (pointer: string, detail: string) => ({ fields: [{ pointer, detail }] })
