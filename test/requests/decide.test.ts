import { describe, expect, it, test } from 'vitest'
import { decide, outcomeOf } from '../../src/requests/decide.ts'
import { after, approvalBy, approving, by, database, dbaApproves, denying, entitlementOf, fileOf, requestOf, without } from './world.ts'

const HOUR = 3_600
const now = after(60)
const two = { ...dbaApproves, approvals: [{ from: { groups: ['dba'] }, count: 2 }] }
const stages = { ...dbaApproves, approvals: [{ from: { groups: ['dba'] } }, { from: { groups: ['security'] } }] }
const cluster = (dbUser: string, name = database.resourceId) => ({ database: name, dbUser })

describe('a decision in a ticket', () => {
  const listening = { ...dbaApproves, decisionsFrom: ['jira'] }
  const tickets = [{ name: 'jira', kind: 'jira' }]
  const inTicket = { via: 'ticket:jira' }
  const decided = approvalBy('dba', { decidedBy: { kind: 'person', person: 'dba', credential: 'identity:idn_1', via: 'ticket:jira' } })

  it('counts under a rule that takes decisions from there, and under no other', () => {
    expect(decide(fileOf([listening], undefined, tickets), requestOf(), by('dba', inTicket), approving, now).outcome.status).toBe(
      'approved',
    )
    for (const verdict of [approving, denying])
      expect(() => decide(fileOf(), requestOf(), by('dba', inTicket), verdict, now)).toThrow(/take no decisions/)
  })

  it('falls away when the rules of now no longer take it, and others must decide', () => {
    const request = requestOf({ decisions: [decided] })
    const both = { ...listening, approvals: two.approvals }
    expect(decide(fileOf([both], undefined, tickets), request, by('dba-2'), approving, now).outcome.status).toBe('approved')
    expect(decide(fileOf([two]), request, by('dba-2'), approving, now).outcome.status).toBe('pending')
  })

  it('is never that of who asked or will use it', () => {
    const file = fileOf([listening], undefined, tickets)
    expect(() => decide(file, requestOf({ requesterId: 'dba' }), by('dba', inTicket), approving, now)).toThrow(/requester/)
    expect(() => decide(file, requestOf({ beneficiaryId: 'dba' }), by('dba', inTicket), approving, now)).toThrow(/beneficiary/)
  })
})

describe('an approval', () => {
  it('that is enough approves what was asked for, from now on', () => {
    expect(decide(fileOf(), requestOf(), by('dba'), approving, now)).toMatchObject({
      durationSeconds: null,
      positions: [0, 1, 2],
      outcome: {
        status: 'approved',
        approvedBy: ['dba'],
        terms: { positions: [0, 1, 2], durationSeconds: 8 * HOUR, startsAt: now, endsAt: after(60 + 8 * HOUR) },
      },
    })
  })

  it('starts at the wished time if that is still to come, and lasts as long from then', () => {
    const request = requestOf({ startsAt: after(2 * HOUR), durationSeconds: HOUR })
    expect(decide(fileOf(), request, by('dba'), approving, now).outcome).toMatchObject({
      terms: { startsAt: after(2 * HOUR), endsAt: after(3 * HOUR) },
    })
    expect(decide(fileOf(), request, by('dba'), approving, after(4 * HOUR)).outcome).toMatchObject({
      terms: { startsAt: after(4 * HOUR), endsAt: after(5 * HOUR) },
    })
  })

  it('leaves a request pending while the rules ask for more', () => {
    expect(decide(fileOf([two]), requestOf(), by('dba'), approving, now).outcome).toEqual({ status: 'pending' })
    expect(decide(fileOf([two]), requestOf({ decisions: [approvalBy('dba')] }), by('dba-2'), approving, now).outcome).toMatchObject({
      status: 'approved',
      approvedBy: ['dba', 'dba-2'],
    })
  })

  it('of the same group does not stand for that of another', () => {
    const request = requestOf({ decisions: [approvalBy('dba')] })
    expect(decide(fileOf([stages]), request, by('dba-2'), approving, now).outcome).toEqual({ status: 'pending' })
    expect(decide(fileOf([stages]), request, by('security'), approving, now).outcome).toMatchObject({ status: 'approved' })
  })

  it('may name an entitlement as the request did, by resource id, ARN or Sallyport’s id', () => {
    const entitlements = [cluster('mary_roe', database.arn), cluster('db_user', database.id), cluster('db_user')]
    expect(decide(fileOf(), requestOf(), by('dba'), { ...approving, entitlements }, now)).toMatchObject({
      positions: [0, 2],
      outcome: { terms: { positions: [0, 2] } },
    })
  })
})

describe('what is granted is the smallest', () => {
  const request = requestOf({ decisions: [approvalBy('dba', { durationSeconds: 2 * HOUR, positions: [0, 1] })] })
  const less = { ...approving, durationSeconds: HOUR, entitlements: [cluster('jane_doe'), cluster('mary_roe')] }

  test('of what each approver allowed', () => {
    expect(decide(fileOf([two]), request, by('dba-2'), less, now)).toMatchObject({
      durationSeconds: HOUR,
      positions: [1, 2],
      outcome: { terms: { positions: [1], durationSeconds: HOUR } },
    })
  })

  test('and of what the rules allow now', () => {
    const shorter = { ...dbaApproves, duration: { default: 'PT5M', longest: 'PT30M' } }
    expect(decide(fileOf([shorter]), requestOf(), by('dba'), approving, now).outcome).toMatchObject({
      terms: { durationSeconds: HOUR / 2 },
    })
  })

  test('and an approval that would leave nothing is refused', () => {
    const other = { ...approving, entitlements: [cluster('mary_roe')] }
    expect(() => decide(fileOf([two]), request, by('dba-2'), other, now)).toThrow(expect.objectContaining({ code: 'approval_widens' }))
  })

  test('also of approvals that no longer count: nobody gets more than each agreed to', () => {
    const file = fileOf([dbaApproves], without('dba'))
    expect(decide(file, request, by('dba-2'), approving, now).outcome).toMatchObject({
      approvedBy: ['dba-2'],
      terms: { positions: [0, 1], durationSeconds: 2 * HOUR },
    })
  })
})

describe('the rules of now decide', () => {
  const waiting = requestOf({ decisions: [approvalBy('dba')] })
  const onlyDba2 = { ...dbaApproves, approvals: [{ from: { people: ['dba-2'] } }] }
  const deny = { name: 'not-jane', effect: 'deny', dbUsers: ['jane_*'] }

  test('an approval by somebody who left does not count', () => {
    expect(decide(fileOf([stages], without('dba')), waiting, by('security'), approving, now).outcome).toEqual({ status: 'pending' })
  })

  test('nor one by somebody whom they ask no more', () => {
    const neither = { ...dbaApproves, approvals: [{ from: { people: ['dba-2'] } }, { from: { groups: ['security'] } }] }
    expect(decide(fileOf([neither]), waiting, by('security'), approving, now).outcome).toEqual({ status: 'pending' })
  })

  test('fewer approvals may be enough by now', () => {
    expect(decide(fileOf([onlyDba2]), waiting, by('dba-2'), approving, now).outcome).toMatchObject({ approvedBy: ['dba-2'] })
  })

  test('what they deny by now cannot be approved, and the rest can', () => {
    const denied = () => decide(fileOf([deny, dbaApproves]), requestOf(), by('dba'), approving, now)
    expect(denied).toThrow(expect.objectContaining({ code: 'refused_by_rules', message: 'Rule not-jane denies jane_doe on orders.' }))
    const rest = { ...approving, entitlements: [cluster('db_user'), cluster('mary_roe')] }
    expect(decide(fileOf([deny, dbaApproves]), requestOf(), by('dba'), rest, now).outcome).toMatchObject({ terms: { positions: [0, 2] } })
  })

  test('nothing is granted to a beneficiary who left', () => {
    const denied = () => decide(fileOf([dbaApproves], without('developer')), requestOf(), by('dba'), approving, now)
    expect(denied).toThrow(expect.objectContaining({ code: 'refused_by_rules', message: 'developer is no longer in the directory.' }))
  })

  test('nothing is granted on a database that is no longer declared, and the rest can be', () => {
    const gone = { ...database, identifier: 'invoices', arn: 'arn:aws:rds:us-east-2:123456789012:cluster:invoices', goneAt: now }
    const request = requestOf({
      entitlements: [entitlementOf(0, 'db_user', gone), entitlementOf(1, 'db_user')],
    })
    const detail = `${gone.arn} is no longer declared, nor found in AWS.`
    expect(() => decide(fileOf(), request, by('dba'), approving, now)).toThrow(
      expect.objectContaining({ code: 'refused_by_rules', message: detail }),
    )
    const rest = { ...approving, entitlements: [cluster('db_user', database.arn)] }
    expect(decide(fileOf(), request, by('dba'), rest, now).outcome).toMatchObject({ terms: { positions: [1] } })
  })

  test('and once they ask for no approval, none is taken: asking anew is enough', () => {
    const file = fileOf([{ ...dbaApproves, approvals: 'auto' }])
    expect(outcomeOf(file, requestOf(), [], now)).toMatchObject({ status: 'approved', approvedBy: [] })
    expect(() => decide(file, requestOf(), by('dba'), approving, now)).toThrow(expect.objectContaining({ code: 'not_an_approver' }))
  })
})

describe('a denial', () => {
  it('ends the request, whatever was approved before', () => {
    const request = requestOf({ decisions: [approvalBy('security')] })
    expect(decide(fileOf([stages]), request, by('dba'), denying, now)).toEqual({
      durationSeconds: null,
      positions: [],
      outcome: { status: 'denied' },
    })
  })

  it('is for whom the rules ask now and for whom they asked then', () => {
    const bySecurity = fileOf([{ ...dbaApproves, approvals: [{ from: { groups: ['security'] } }] }])
    for (const person of ['security', 'dba'])
      expect(decide(bySecurity, requestOf(), by(person), denying, now).outcome.status).toBe('denied')
    expect(() => decide(bySecurity, requestOf(), by('developer-2'), denying, now)).toThrow('The rules want group security, group dba')
  })

  it('is possible where the rules of now would refuse the request', () => {
    expect(decide(fileOf([{ name: 'no', effect: 'deny' }]), requestOf(), by('dba'), denying, now).outcome.status).toBe('denied')
  })
})

describe('nobody', () => {
  const portal = { id: 'key:key_portal', ownerId: null }

  it.each([
    ['decides what they asked for', requestOf({ requesterId: 'dba' }), by('dba'), 'self_approval'],
    ['decides what they will use', requestOf({ beneficiaryId: 'dba' }), by('dba'), 'self_approval'],
    ['decides what their API key asked for', requestOf({ keyOwnerId: 'dba' }), by('dba'), 'self_approval'],
    ['decides by a key of the requester’s', requestOf(), by('dba', { id: 'key:key_mine', ownerId: 'developer' }), 'self_approval'],
    [
      'decides by a key of the beneficiary’s',
      requestOf({ beneficiaryId: 'developer-2' }),
      by('dba', { ownerId: 'developer-2' }),
      'self_approval',
    ],
    [
      'decides with the credential that asked',
      requestOf({ askedBy: { kind: 'person', person: 'developer', credential: portal.id, via: 'portal' } }),
      by('dba', portal),
      'same_credential',
    ],
    ['decides twice', requestOf({ decisions: [approvalBy('dba')] }), by('dba'), 'already_decided_by_you'],
    ['decides whom the rules do not ask', requestOf(), by('security'), 'not_an_approver'],
    ['decides who has left', requestOf(), by('somebody-else'), 'not_an_approver'],
    ['decides what is approved', requestOf({ status: 'approved' }), by('dba'), 'request_decided'],
    ['decides what is denied', requestOf({ status: 'denied' }), by('dba'), 'request_decided'],
    ['decides what was withdrawn', requestOf({ status: 'withdrawn' }), by('dba'), 'request_decided'],
    ['decides what has waited too long', requestOf({ expiresAt: now }), by('dba'), 'request_decided'],
  ])('%s', (_, request, decider, code) => {
    for (const verdict of [approving, denying]) {
      expect(() => decide(fileOf(), request, decider, verdict, now)).toThrow(expect.objectContaining({ code }))
    }
  })

  it.each([
    ['a longer time', { ...approving, durationSeconds: 8 * HOUR + 1 }, '/duration'],
    ['another user', { ...approving, entitlements: [cluster('db_user'), cluster('admin')] }, '/entitlements/1'],
    ['another database', { ...approving, entitlements: [cluster('db_user', 'cluster-OTHER')] }, '/entitlements/0'],
  ])('approves %s than was asked for', (_, verdict, pointer) => {
    expect(() => decide(fileOf(), requestOf(), by('dba'), verdict, now)).toThrow(
      expect.objectContaining({ code: 'approval_widens', fields: [expect.objectContaining({ pointer })] }),
    )
  })
})
