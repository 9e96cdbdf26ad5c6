import type { RuleChange } from '../support/rules.ts'
import { withDeny, withoutPerson, withPerson, withRule } from '../support/rules.ts'

// What Sallyport must come to, told as simply as it can be: it shares no code with src, and knows nothing of tables or jobs.

/** Who there is, and in which one group. */
const groupOf: Readonly<Record<string, string>> = {
  developer: 'developers',
  'developer-2': 'developers',
  dba: 'dba',
  'dba-2': 'dba',
  security: 'security',
}
export const people = Object.keys(groupOf)
/** Those who may leave: a stage that nobody can fill would be an error in the file. */
export const leavers = ['developer', 'developer-2']

const MINUTE = 60
const HOUR = 60 * MINUTE

/** What may be asked for. All of it is for the role app-reader. */
export const things = {
  orders: { database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' },
  'more of orders': { database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'mary_roe' },
  salaries: { database: 'cluster-BILLINGBILLING01234567890', dbUser: 'payroll_reader' },
  staging: { database: 'cluster-STAGINGSTAGING01234567890', dbUser: 'reader' },
} as const
export type Thing = keyof typeof things
export const thingNames = Object.keys(things) as Thing[] // the keys of the constant above

const resourceOf = (thing: Thing): string =>
  `arn:aws:rds-db:us-east-2:123456789012:dbuser:${things[thing].database}/${things[thing].dbUser}`

/** What the rules say to a thing: whom each place of each stage wants, and for how long; or null, which refuses. */
interface Says {
  readonly places: readonly string[]
  readonly longest: number
}

interface Rules {
  readonly changes: readonly RuleChange[]
  readonly say: Readonly<Record<Thing, Says | null>>
}

// No time is a multiple of the clock's steps, so that nothing ends within the moment in which it is looked at.
const WAITS = 4 * HOUR + 5 * MINUTE
const NOTICE = 16 * MINUTE
const limit = (longest: string) => ({ waits: 'PT4H5M', notifyBefore: 'PT16M', duration: { default: 'PT25M', longest } })
const usual: readonly RuleChange[] = [
  withPerson('developer-3', 'developers'), // who does nothing, so that there is always one
  withRule('production-with-a-dba', limit('PT8H')),
  withRule('salaries-need-two', limit('PT1H')),
  withRule('staging-at-once', limit('PT4H')),
]
const one = { places: ['dba'], longest: 8 * HOUR }
const salaries = { places: ['dba', 'security'], longest: HOUR }

/** The rule sets that come into force in a story. */
export const ruleSets: Readonly<Record<string, Rules>> = {
  usual: {
    changes: usual,
    say: { orders: one, 'more of orders': one, salaries, staging: { places: [], longest: 4 * HOUR } },
  },
  stricter: {
    changes: [
      ...usual,
      withRule('production-with-a-dba', {
        ...limit('PT2H'),
        approvals: [{ from: { groups: ['dba'] }, count: 2 }, { from: { groups: ['security'] } }],
      }),
      withRule('staging-at-once', { approvals: [{ from: { groups: ['dba'] } }] }),
    ],
    say: {
      orders: { places: ['dba', 'dba', 'security'], longest: 2 * HOUR },
      'more of orders': { places: ['dba', 'dba', 'security'], longest: 2 * HOUR },
      salaries,
      staging: { places: ['dba'], longest: 4 * HOUR },
    },
  },
  closed: {
    changes: [...usual, withDeny('nobody-now', { dbUsers: ['db_user'] })],
    say: { orders: null, 'more of orders': one, salaries, staging: { places: [], longest: 4 * HOUR } },
  },
}

export interface Asked {
  readonly requester: string
  readonly beneficiary: string
  readonly thing: Thing
  readonly seconds: number
}

export type Status = 'pending' | 'approved' | 'denied' | 'withdrawn' | 'expired'

export interface ModelRequest extends Asked {
  readonly id: string
  readonly askedAt: number
  /** Whom the rules wanted when it was asked. */
  readonly wanted: readonly string[]
  readonly approvals: string[]
  readonly denials: string[]
  status: Status
  grant: {
    readonly since: number
    readonly until: number
    noticed: boolean
    ended: 'expired' | 'returned' | 'revoked' | 'left' | null
  } | null
}

/** What a call must come to: it is done, or refused with this HTTP status. */
export type Answer = 'done' | 401 | 403 | 409 | 422

/** The world as it must be. Its time is in seconds, and stands still unless it is put forward. */
export class Model {
  now = 0
  inForce: keyof typeof ruleSets = 'usual'
  readonly requests: ModelRequest[] = []
  readonly absent = new Set<string>()

  /** What has to be done to the demo's file to have the rules and the people of now. */
  get changes(): readonly RuleChange[] {
    return [...(ruleSets[this.inForce]?.changes ?? []), ...[...this.absent].map(withoutPerson)]
  }

  /** Somebody is in the directory no more: what waits for them is withdrawn, what they have ends. */
  leave(person: string): void {
    this.absent.add(person)
    for (const request of this.requests) {
      if (this.statusOf(request) === 'pending' && isOwn(request, person)) request.status = 'withdrawn'
      if (request.grant !== null && this.endOf(request) === null && request.beneficiary === person) request.grant.ended = 'left'
    }
  }

  says(thing: Thing): Says | null {
    return ruleSets[this.inForce]?.say[thing] ?? null
  }

  ask(asked: Asked): Omit<ModelRequest, 'id'> | 401 | 403 | 422 {
    if (this.absent.has(asked.requester)) return 401
    if (this.absent.has(asked.beneficiary)) return 422
    const says = this.says(asked.thing)
    const mayAsk = [asked.requester, asked.beneficiary].every((person) => groupOf[person] !== 'security')
    if (says === null || !mayAsk) return 403
    if (asked.seconds > says.longest) return 422
    const request = {
      ...asked,
      askedAt: this.now,
      wanted: says.places,
      approvals: [],
      denials: [],
      status: 'pending' as const,
      grant: null,
    }
    return says.places.length === 0 ? { ...request, status: 'approved', grant: this.granted(asked, says) } : request
  }

  approve(request: ModelRequest, person: string): Answer {
    if (this.absent.has(person)) return 401
    const says = this.says(request.thing)
    if (!this.concerns(request, person)) return 403
    if (this.statusOf(request) !== 'pending') return 409
    if (isOwn(request, person)) return 403
    if (request.approvals.includes(person)) return 409
    if (says === null || !says.places.includes(groupOf[person] ?? '')) return 403
    request.approvals.push(person)
    if (fills(says.places, request.approvals)) {
      request.status = 'approved'
      request.grant = this.granted(request, says)
    }
    return 'done'
  }

  deny(request: ModelRequest, person: string): Answer {
    if (this.absent.has(person)) return 401
    if (!this.concerns(request, person)) return 403
    if (this.statusOf(request) !== 'pending') return 409
    if (isOwn(request, person)) return 403
    if (request.approvals.includes(person)) return 409
    const wanted = [...(this.says(request.thing)?.places ?? []), ...request.wanted]
    if (!wanted.includes(groupOf[person] ?? '')) return 403
    request.status = 'denied'
    request.denials.push(person)
    return 'done'
  }

  withdraw(request: ModelRequest, person: string): Answer {
    if (this.absent.has(person)) return 401
    if (request.requester !== person) return 403
    if (this.statusOf(request) !== 'pending') return 409
    request.status = 'withdrawn'
    return 'done'
  }

  giveBack(request: ModelRequest, person: string): Answer {
    if (this.absent.has(person)) return 401
    return this.end(request, 'returned', [request.requester, request.beneficiary].includes(person))
  }

  /** By an admin. */
  revoke(request: ModelRequest): Answer {
    return this.end(request, 'revoked', true)
  }

  statusOf({ status, askedAt }: ModelRequest): Status {
    return status === 'pending' && askedAt + WAITS <= this.now ? 'expired' : status
  }

  /** What became of a grant: why it ended, or null while it is in force. */
  endOf({ grant }: ModelRequest): 'expired' | 'returned' | 'revoked' | 'left' | null | undefined {
    if (grant === null) return undefined
    return grant.ended ?? (grant.until <= this.now ? 'expired' : null)
  }

  /** What a worker does once a minute: it tells of the grants that end soon, but for short ones. */
  notice(): void {
    for (const request of this.requests) {
      const { grant } = request
      if (grant === null || this.endOf(request) !== null || grant.until - grant.since < 2 * NOTICE) continue
      if (grant.until - NOTICE <= this.now) grant.noticed = true
    }
  }

  /** What IAM must let the role connect to. */
  allowed(): string[] {
    const inForce = this.requests.filter((request) => this.endOf(request) === null)
    return [...new Set(inForce.map(({ thing }) => resourceOf(thing)))].sort()
  }

  private end(request: ModelRequest, reason: 'returned' | 'revoked', may: boolean): Answer {
    if (!may) return 403
    if (request.grant === null || this.endOf(request) !== null) return 409
    request.grant.ended = reason
    return 'done'
  }

  private granted({ seconds }: Asked, { longest }: Says): ModelRequest['grant'] {
    return { since: this.now, until: this.now + Math.min(seconds, longest), noticed: false, ended: null }
  }

  /** Whether somebody has to do with a request: as their own, by having decided it, or as one whom the rules ask, or asked. */
  private concerns(request: ModelRequest, person: string): boolean {
    const left = [request.requester, request.beneficiary].some((own) => this.absent.has(own)) // then the rules ask nobody
    const asked = [...(left ? [] : (this.says(request.thing)?.places ?? [])), ...request.wanted]
    return isOwn(request, person) || [...request.approvals, ...request.denials].includes(person) || asked.includes(groupOf[person] ?? '')
  }
}

const isOwn = ({ requester, beneficiary }: Asked, person: string): boolean => requester === person || beneficiary === person

/** Whether people, one to a place, can fill all places: by trying. */
function fills([place, ...others]: readonly string[], among: readonly string[]): boolean {
  if (place === undefined) return true
  return among.some(
    (person) =>
      groupOf[person] === place &&
      fills(
        others,
        among.filter((other) => other !== person),
      ),
  )
}
