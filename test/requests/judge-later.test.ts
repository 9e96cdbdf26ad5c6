import { describe, expect, it, test } from 'vitest'
import type { SallyportFile } from '../../src/config/index.ts'
import type { GrantDetails } from '../../src/grants/index.ts'
import { judgeLater } from '../../src/requests/judge-later.ts'
import type { Latecomer } from '../../src/requests/latecomer.ts'
import { type Decision, type Request, resourceOf } from '../../src/requests/request.ts'
import { after, approvalBy, askedAt, database, dbaApproves, entitlementOf, fileOf, requestOf, without } from './world.ts'

const HOUR = 3_600
const selector = { account: null, region: 'us-east-2', tags: { team: 'shop' } }
const now = after(HOUR)
const dba = (count = 1) => ({ from: { groups: ['dba'] }, count })
const security = { from: { groups: ['security'] }, count: 1 }

/** Rules for databases by their tag `class`, before the one of the dba's that is for all. */
const rulesWith = (...rules: readonly object[]): SallyportFile => fileOf([...rules, dbaApproves])
const ofClass = (value: string, approvals: unknown, facts: object = {}) => ({
  ...dbaApproves,
  name: value,
  databases: { tags: { class: value } },
  approvals,
  ...facts,
})

const late = (
  facts: { tags?: Record<string, string>; engine?: string; dbUser?: string; selectors?: Latecomer['selectors'] } = {},
): Latecomer => ({
  database: {
    ...database,
    id: 'dbs_01kazv5vb4pex5vsknk084sn03',
    resourceId: 'cluster-LATE',
    identifier: 'late',
    engine: facts.engine ?? database.engine,
    tags: { team: 'shop', ...facts.tags },
  },
  dbUser: facts.dbUser ?? 'db_user',
  selectors: facts.selectors ?? [selector],
  facts: '',
})

/** Only what is looked at of a grant. */
const grantOn = (resourceArn: string, facts: Partial<GrantDetails> = {}): GrantDetails =>
  ({ resourceArn, status: 'active', startsAt: askedAt, endsAt: after(8 * HOUR), ...facts }) as GrantDetails

/** The developer's request for all of the shop's, two of them there when it was asked, approved by a dba under the rule `a-dba`. */
function approved(facts: Partial<Request> & { decisions?: Decision[]; grant?: Partial<GrantDetails> } = {}): Request {
  const { grant, ...rest } = facts
  const second = { ...database, id: 'dbs_01kazv5vb4pex5vsknk084sn04' as const, resourceId: 'cluster-SECOND', identifier: 'second' }
  const entitlements = [database, second].map((each, position) => ({ ...entitlementOf(position, 'db_user', each), selector }))
  return requestOf({
    status: 'approved',
    entitlements,
    judgement: { matched: [0, 1].map((position) => ({ position, rule: 'a-dba' })), stages: [dba()].map(stage), durationLongest: 8 * HOUR },
    decisions: [approvalBy('dba', { positions: [0, 1] })],
    grants: entitlements.map((entitlement) => grantOn(resourceOf(entitlement), grant)),
    ...rest,
  })
}
const stage = ({ from, count }: { from: { groups: string[] }; count: number }) => ({ from: { groups: from.groups, people: [] }, count })

const partly = approvalBy('dba', { positions: [0] })
const vault = { name: 'vault', effect: 'deny', databases: { tags: { class: 'vault' } } }

describe('a database that came to have the tags', () => {
  test.each<
    [name: string, file: SallyportFile, request: Request, latecomer: Latecomer, outcome: string, rule: string | null, detail: RegExp]
  >([
    ['under the same rule joins', rulesWith(), approved(), late(), 'joined', 'a-dba', /approvals given are enough/],
    [
      'that is denied is refused',
      rulesWith(vault),
      approved(),
      late({ tags: { class: 'vault' } }),
      'refused',
      'vault',
      /^Rule vault denies db_user on late/,
    ],
    ['that no rule allows is refused', fileOf([ofClass('x', 'auto')]), approved(), late(), 'refused', 'x', /^No rule allows/],
    [
      'under a rule that asks for as much is asked for',
      rulesWith(ofClass('stock', [dba()])),
      approved(),
      late({ tags: { class: 'stock' } }),
      'asked',
      'stock',
      /the approvals were given under a-dba/,
    ],
    [
      'under a rule that asks for more is asked for',
      rulesWith(ofClass('payroll', [dba(), security])),
      approved(),
      late({ tags: { class: 'payroll' } }),
      'asked',
      'payroll',
      /1 of dba and 1 of security; the approvals given are not enough/,
    ],
    [
      'under a rule that asks for nothing joins',
      rulesWith(ofClass('sandbox', 'auto')),
      approved(),
      late({ tags: { class: 'sandbox' } }),
      'joined',
      'sandbox',
      /enough/,
    ],
    [
      'under a rule that asks for less than the one approved under joins',
      fileOf([ofClass('sandbox', [dba()]), { ...dbaApproves, approvals: [dba(2)] }]),
      approved({ decisions: [approvalBy('dba', { positions: [0, 1] }), approvalBy('dba-2', { positions: [0, 1] })] }),
      late({ tags: { class: 'sandbox' } }),
      'joined',
      'sandbox',
      /enough/,
    ],
    [
      'is asked for if who approved has left',
      fileOf([dbaApproves], without('dba')),
      approved(),
      late(),
      'asked',
      'a-dba',
      /approvals given are not enough/,
    ],
    [
      'is asked for if an approver took only some',
      rulesWith(),
      approved({ decisions: [partly] }),
      late(),
      'asked',
      'a-dba',
      /^dba approved only some/,
    ],
    [
      'is refused if who asked has left',
      fileOf([dbaApproves], without('developer')),
      approved(),
      late(),
      'refused',
      null,
      /no longer in the directory/,
    ],
    [
      'is refused if its rule wants to be told what the request does not say',
      rulesWith(ofClass('stock', [dba()], { ticket: { message: 'Name the ticket.' } })),
      approved(),
      late({ tags: { class: 'stock' } }),
      'refused',
      'stock',
      /^Name the ticket\.$/,
    ],
    [
      'is refused if its engine has no such names',
      rulesWith(),
      approved(),
      late({ dbUser: 'x'.repeat(40), engine: 'mysql' }),
      'refused',
      'a-dba',
      /32/,
    ],
    [
      'waits while the request does',
      rulesWith(),
      approved({ status: 'pending', decisions: [], grants: [] }),
      late(),
      'waiting',
      'a-dba',
      /once the request is approved/,
    ],
  ])('%s', (_, file, request, latecomer, outcome, rule, detail) => {
    expect(judgeLater(file, request, latecomer, now)).toMatchObject({ outcome, rule, detail: expect.stringMatching(detail) })
  })

  it('shares what is left of the access, or that which has yet to start', () => {
    expect(judgeLater(rulesWith(), approved(), late(), now)).toMatchObject({ span: { startsAt: now, endsAt: after(8 * HOUR) } })
    const scheduled = approved({ grant: { status: 'scheduled', startsAt: after(2 * HOUR) } })
    expect(judgeLater(rulesWith(), scheduled, late(), now)).toMatchObject({ span: { startsAt: after(2 * HOUR), endsAt: after(8 * HOUR) } })
    expect(judgeLater(fileOf([{ ...dbaApproves, startsWithin: 'PT30M' }]), scheduled, late(), now)).toMatchObject({
      outcome: 'refused',
      detail: 'Rule a-dba applies to it, and does not let an approval go unused until the start.',
    })
  })

  it('has no part in what extended the access of others, which nobody approved for it', () => {
    const extended = approved({ grant: { endsAt: after(12 * HOUR) } })
    expect(judgeLater(rulesWith(), extended, late(), now)).toMatchObject({ span: { endsAt: after(8 * HOUR) } })
    expect(judgeLater(rulesWith(), extended, late(), after(9 * HOUR))).toBeNull()
    const shortened = approvalBy('dba', { positions: [0, 1], durationSeconds: 2 * HOUR })
    const request = approved({ grant: { endsAt: after(12 * HOUR) }, decisions: [shortened] })
    expect(judgeLater(rulesWith(), request, late(), now)).toMatchObject({ span: { endsAt: after(2 * HOUR) } })
  })

  it.each(['revoking', 'ended'] as const)('has nothing to join where all is %s', (status) => {
    expect(judgeLater(rulesWith(), approved({ grant: { status } }), late(), now)).toBeNull()
  })

  it('joins by one selector that was approved whole, whatever became of another', () => {
    const other = { account: null, region: 'us-east-2', tags: { environment: 'test' } }
    const request = approved()
    const both = {
      ...request,
      entitlements: request.entitlements.map((each) => (each.position === 1 ? { ...each, selector: other } : each)),
      decisions: [partly],
    }
    expect(judgeLater(rulesWith(), both, late({ selectors: [other, selector] }), now)).toMatchObject({ outcome: 'joined' })
  })
})

describe('a database in a region that was granted as a whole', () => {
  const everywhere = { account: null, region: 'us-east-2', tags: null }
  const request = (decisions: Decision[]) =>
    approved({
      entitlements: [{ ...entitlementOf(0, 'db_user'), database: null, selector: everywhere, today: 2 }],
      decisions,
    })
  const there = (value: string) => late({ tags: { class: value }, selectors: [everywhere, selector] })

  test.each<[name: string, file: SallyportFile, latecomer: Latecomer, outcome: string, rule: string]>([
    ['is covered if the approvals given are enough for it', rulesWith(ofClass('stock', [dba()])), there('stock'), 'covered', 'stock'],
    ['is too much if it wants others', rulesWith(ofClass('payroll', [dba(), security])), there('payroll'), 'too_wide', 'payroll'],
    ['is too much if it is denied', rulesWith(vault), there('vault'), 'too_wide', 'vault'],
  ])('%s', (_, file, latecomer, outcome, rule) => {
    expect(judgeLater(file, request([approvalBy('dba', { positions: [0] })]), latecomer, now)).toMatchObject({ outcome, rule })
  })
})
