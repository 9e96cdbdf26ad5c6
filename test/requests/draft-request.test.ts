import { describe, expect, it, test } from 'vitest'
import { type Asked, allowedDuration, draftRequest, refuseByRules } from '../../src/requests/draft-request.ts'
import { personOf } from '../../src/requests/judging.ts'
import type { Facts } from '../../src/requests/request-facts.ts'
import { after, askedAt, database, dbaApproves, fileOf, role } from './world.ts'

const asked: Asked = {
  principal: role,
  entitlements: [{ database: database.resourceId, dbUser: 'db_user' }],
  beneficiary: null,
  path: 'direct',
  manner: 'ordinary',
  extending: null,
  duration: null,
  startsAt: null,
  reason: 'Investigate slow invoices',
  ticket: null,
}

const facts = (...databases: readonly object[]): Facts => ({
  now: askedAt,
  inForce: 'now',
  databases: (databases.length === 0 ? [{}] : databases).map((changes) => ({ matches: [{ ...database, ...changes }], count: 1 })),
  kept: null,
  state: null,
  seen: null,
  ticket: null,
})

const draft = (changes: Partial<Asked> = {}, known = facts(), file = fileOf()) => {
  const developer = personOf(file, 'developer')
  if (developer === undefined) throw new Error('the developer is listed')
  return draftRequest(file, { ...asked, ...changes }, developer, known)
}

/** The duration that a draft comes to, or its refusal. */
function durationOf(duration: string | null, limits: { default: string; longest: string }): number {
  const drafted = draft({ duration }, facts(), fileOf([{ ...dbaApproves, duration: limits }]))
  if (!drafted.judgement.allowed) return refuseByRules(drafted.judgement)
  return allowedDuration(drafted, drafted.judgement)
}

describe('a draft', () => {
  it('is for the requester, unless somebody else is named', () => {
    expect(draft().beneficiary.id).toBe('developer')
    expect(draft({ beneficiary: 'developer-2' }).beneficiary.id).toBe('developer-2')
  })

  it('is judged with all that it names', () => {
    expect(draft()).toMatchObject({
      principal: { account: '123456789012', kind: 'role', name: 'app-reader' },
      entitlements: [{ position: 0, dbUser: 'db_user', database: { resourceId: database.resourceId } }],
      durationSeconds: null,
      startsAt: null,
      judgement: { allowed: true, matched: [{ position: 0, rule: 'a-dba' }] },
    })
  })

  it('lasts as long as the rules say where nothing is asked, and never longer than they allow', () => {
    const limits = { default: 'PT30M', longest: 'PT1H' }
    expect(durationOf(null, limits)).toBe(1_800)
    expect(durationOf('PT1H', limits)).toBe(3_600)
    expect(() => durationOf('PT1H1S', limits)).toThrow('PT1H1S is longer than the rules allow: PT1H.')
  })

  it.each([
    ['2026-01-31T09:00:01Z', after(1)],
    ['2026-01-31T10:30:00+01:00', after(1_800)],
    ['2027-01-31T09:00:00Z', after(365 * 86_400)],
  ])('may start at %s', (startsAt, at) => {
    expect(draft({ startsAt }).startsAt).toEqual(at)
  })

  it('is not made where a denied user is asked for among others: one refusal refuses the whole', () => {
    const deny = { name: 'no-owners', effect: 'deny', dbUsers: ['owner'] }
    const entitlements = ['db_user', 'owner', 'admin'].map((dbUser) => ({ database: 'cluster-ABCDEFGHIJKL01234', dbUser }))
    const { judgement } = draft({ entitlements }, facts({}, {}, {}), fileOf([deny, { ...dbaApproves, dbUsers: ['db_*'] }]))
    if (judgement.allowed) throw new Error('it is refused')
    expect(() => refuseByRules(judgement)).toThrow(
      expect.objectContaining({
        code: 'refused_by_rules',
        fields: [
          { pointer: '/entitlements/1', detail: 'Rule no-owners denies owner on orders.' },
          {
            pointer: '/entitlements/2',
            detail: expect.stringMatching(/^No rule allows admin on orders. The nearest is a-dba: its `dbUsers`/),
          },
        ],
      }),
    )
  })
})

describe('a database in another account', () => {
  const elsewhere = facts({ accountId: '999999999999' })
  const throughRole = (paths: readonly string[]) => fileOf([{ ...dbaApproves, paths }])

  it('can be asked for through an access role, where a rule has that path', () => {
    expect(draft({ path: 'access-role' }, elsewhere, throughRole(['access-role'])).judgement).toMatchObject({ allowed: true })
    expect(draft({ path: 'access-role' }, elsewhere, throughRole(['direct'])).judgement).toMatchObject({ allowed: false })
  })

  it.each([
    [['access-role'], role, 'The rules allow it with `path: "access-role"`.'],
    [['direct'], role, 'The rules do not allow it with `path: "access-role"` either.'],
    [['access-role'], role.replace('role/', 'group/'), 'The rules do not allow it with `path: "access-role"` either.'],
  ])('is refused on the path direct, with what the rules say to the other: %j for %s', (paths, principal, way) => {
    expect(() => draft({ principal }, elsewhere, throughRole(paths))).toThrow(
      expect.objectContaining({ code: 'cross_account', message: expect.stringContaining(way) }),
    )
  })

  it('is named by tag with its account', () => {
    const entitlements = [{ database: { account: '999999999999', region: 'us-east-2', tags: null }, dbUser: 'db_user' }]
    expect(() => draft({ path: 'access-role', entitlements }, elsewhere)).toThrow(expect.objectContaining({ code: 'unknown_account' }))
  })

  it('needs no managed account of the principal', () => {
    const principal = role.replace('123456789012', '999999999999')
    expect(draft({ path: 'access-role', principal }).principal.account).toBe('999999999999')
  })
})

describe('a principal in an account that is not managed', () => {
  const principal = role.replace('123456789012', '999999999999')
  const unmanaged = 'Account 999999999999 of the principal is not managed here.'

  it.each([
    [
      'with the way round that the rules allow',
      ['access-role'],
      principal,
      `${unmanaged} The rules allow it with \`path: "access-role"\`.`,
    ],
    ['and nothing more, where the rules allow no other way', ['direct'], principal, unmanaged],
    ['and nothing more, where no role could trust it', ['access-role'], principal.replace('role/', 'group/'), unmanaged],
  ])('is refused on the path direct, %s', (_what, paths, asked, message) => {
    expect(() =>
      draft({ principal: asked }, facts(), fileOf([{ ...dbaApproves, principals: ['arn:aws:iam::999999999999:*'], paths }])),
    ).toThrow(expect.objectContaining({ code: 'unknown_account', message }))
  })
})

test.each<[string, Partial<Asked>, Facts, string, string]>([
  [
    'a group that is to assume a role',
    { path: 'access-role', principal: role.replace('role/', 'group/') },
    facts(),
    'unsupported_principal',
    '/principal',
  ],
  [
    'a principal of another partition that is to assume a role',
    { path: 'access-role', principal: role.replace('aws', 'aws-cn') },
    facts(),
    'unsupported_path',
    '/entitlements/0/database',
  ],
  ['a principal that is none', { principal: 'app-reader' }, facts(), 'invalid_arn', '/principal'],
  [
    'a principal in an unknown account',
    { principal: role.replace('123456789012', '999999999999') },
    facts(),
    'unknown_account',
    '/principal',
  ],
  ['a beneficiary who is nobody', { beneficiary: 'nobody' }, facts(), 'unknown_beneficiary', '/beneficiary'],
  ['a start that is past', { startsAt: '2026-01-31T08:59:59Z' }, facts(), 'invalid_start', '/startsAt'],
  ['a start that is now', { startsAt: '2026-01-31T09:00:00Z' }, facts(), 'invalid_start', '/startsAt'],
  ['a start in years', { startsAt: '2028-01-31T09:00:00Z' }, facts(), 'invalid_start', '/startsAt'],
  ['no time at all', { duration: 'PT0S' }, facts(), 'invalid_duration', '/duration'],
  ['a database in another account', {}, facts({ accountId: '999999999999' }), 'cross_account', '/entitlements/0/database'],
  ['a database in another partition', {}, facts({ partition: 'aws-cn' }), 'unsupported_path', '/entitlements/0/database'],
  ['a database without IAM authentication', {}, facts({ iamAuth: false }), 'iam_authentication_off', '/entitlements/0/database'],
  ['a database that is gone', {}, facts({ goneAt: '2026-01-01T00:00:00Z' }), 'unknown_database', '/entitlements/0/database'],
  [
    'a user name longer than the engine takes',
    { entitlements: [{ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'x'.repeat(33) }] },
    facts({ engine: 'aurora-mysql' }),
    'invalid_db_user',
    '/entitlements/0/dbUser',
  ],
  [
    'the same user of the same database twice',
    { entitlements: [asked.entitlements[0], asked.entitlements[0]].flatMap((one) => one ?? []) },
    facts({}, {}),
    'invalid_request',
    '/entitlements/1',
  ],
])('%s cannot be asked for', (_, changes, known, code, pointer) => {
  expect(() => draft(changes, known)).toThrow(expect.objectContaining({ code, fields: [expect.objectContaining({ pointer })] }))
})
