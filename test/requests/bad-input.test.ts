import { describe, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { firstExample } from '../support/client.ts'
import { withDatabaseElsewhere } from '../support/rules.ts'

const api = testApi({ rules: withDatabaseElsewhere })
const developer = api.as('developer')

/** Whatever is sent is refused as said, and changes nothing. */
async function refused(
  send: () => Promise<{ status: number; text: string }>,
  expected: { status: number; code: string; pointer?: string },
) {
  const before = await api.snapshot()
  const answer = await send()
  const problem = JSON.parse(answer.text)
  expect({ status: answer.status, code: problem.code }).toEqual({ status: expected.status, code: expected.code })
  expect(problem.detail).toMatch(/\w+ \w+ \w+/)
  if (expected.pointer !== undefined) expect(problem.errors).toContainEqual(expect.objectContaining({ pointer: expected.pointer }))
  expect(await api.snapshot()).toEqual(before)
}

const user = (dbUser: unknown, database: unknown = 'cluster-ABCDEFGHIJKL01234') => ({ entitlements: [{ database, dbUser }] })
const arn = (principal: unknown) => ({ principal })
const dbUserAt = '/entitlements/0/dbUser'
const databaseAt = '/entitlements/0/database'

describe('a body that cannot be read', () => {
  test.each([
    ['half of it', '{"principal": "arn', 'malformed_json', 400],
    ['nothing', '', 'malformed_json', 400],
    ['a list', '[]', 'invalid_request', 400],
    ['text', '"arn:aws:iam::123456789012:role/app-reader"', 'invalid_request', 400],
    ['null', 'null', 'malformed_json', 400],
    ['a name twice', JSON.stringify(firstExample).replace('{', '{"duration":"PT8H",'), 'malformed_json', 400],
  ])('%s', async (_, body, code, status) => {
    await refused(() => developer.post('/v1/requests', body), { status, code })
  })

  test('another kind of content', async () => {
    await refused(() => developer.post('/v1/requests', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }), {
      status: 415,
      code: 'unsupported_media_type',
    })
  })
})

describe('a field of the wrong shape', () => {
  test.each<[string, object, string]>([
    ['a field that is not known', { approvers: ['dba'] }, '/approvers'],
    [
      'a field that is not known in an entitlement',
      { entitlements: [{ ...firstExample.entitlements[0], admin: true }] },
      '/entitlements/0/admin',
    ],
    ['a principal that is no text', arn(7), '/principal'],
    ['a principal that is missing', arn(undefined), '/principal'],
    ['no entitlements', { entitlements: [] }, '/entitlements'],
    ['too many entitlements', { entitlements: Array.from({ length: 51 }, () => firstExample.entitlements[0]) }, '/entitlements'],
    ['an entitlement that is no object', { entitlements: ['db_user'] }, '/entitlements/0'],
    ['a user that is no text', user(1), dbUserAt],
    ['a user that is empty', user(''), dbUserAt],
    ['a database that is no text', user('db_user', null), databaseAt],
    ['a reason of blanks', { reason: ' \n ' }, '/reason'],
    ['a reason that is missing', { reason: undefined }, '/reason'],
    ['a reason that never ends', { reason: 'x'.repeat(2_001) }, '/reason'],
    ['a reason that Postgres cannot hold', { reason: 'x\u0000' }, '/reason'],
    ['a duration that is a number', { duration: 3_600 }, '/duration'],
    ['a path that is not known', { path: 'any' }, '/path'],
    ['a start that is no time', { startsAt: 'tomorrow' }, '/startsAt'],
    ['a start on a day that is none', { startsAt: '2030-02-30T00:00:00Z' }, '/startsAt'],
    ['a start without its zone', { startsAt: '2030-01-01T00:00:00' }, '/startsAt'],
    ['a ticket without a key', { ticket: { system: 'jira' } }, '/ticket/key'],
    ['a ticket with a link that runs', { ticket: { system: 'jira', key: 'OPS-17', url: 'javascript:alert(1)' } }, '/ticket/url'],
    ['a beneficiary that is a list', { beneficiary: ['developer'] }, '/beneficiary'],
    ['the same entitlement twice', { entitlements: [firstExample.entitlements[0], firstExample.entitlements[0]] }, '/entitlements/1'],
  ])('%s', async (_, changes, pointer) => {
    await refused(() => developer.post('/v1/requests', { ...firstExample, ...changes }), { status: 400, code: 'invalid_request', pointer })
  })
})

describe('what cannot be asked for', () => {
  test.each<[string, object, string, string]>([
    ['no ARN', arn('app-reader'), 'invalid_arn', '/principal'],
    ['an ARN of ten digits', arn('arn:aws:iam::1234567890:role/app-reader'), 'invalid_arn', '/principal'],
    ['an ARN with a region', arn('arn:aws:iam:us-east-2:123456789012:role/app-reader'), 'invalid_arn', '/principal'],
    ['an ARN with a wildcard', arn('arn:aws:iam::123456789012:role/app-*'), 'invalid_arn', '/principal'],
    ['an ARN of another partition', arn('arn:aws-moon:iam::123456789012:role/app-reader'), 'invalid_arn', '/principal'],
    ['a unique id', arn('AROAIIAQWXAMPLEEXAMPLE'), 'invalid_arn', '/principal'],
    ['the root user', arn('arn:aws:iam::123456789012:root'), 'unsupported_principal', '/principal'],
    ['a session', arn('arn:aws:sts::123456789012:assumed-role/app-reader/me'), 'unsupported_principal', '/principal'],
    [
      'a role of Identity Center',
      arn('arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dba_0123456789abcdef'),
      'unsupported_principal',
      '/principal',
    ],
    ['an account that is not managed', arn('arn:aws:iam::999999999999:role/app-reader'), 'unknown_account', '/principal'],
    ['a database that is not known', user('db_user', 'cluster-NOSUCHDATABASE012345'), 'unknown_database', databaseAt],
    ['a database by its identifier', user('db_user', 'orders'), 'unknown_database', databaseAt],
    ['a database without IAM authentication', user('db_user', 'db-ARCHIVEARCHIVE0123456789AB'), 'iam_authentication_off', databaseAt],
    ['a database in another account', user('db_user', 'cluster-ELSEWHERE0123456789'), 'cross_account', databaseAt],
    ['all users of a name', user('jane_*'), 'invalid_db_user', dbUserAt],
    ['users of a pattern', user('jane_?oe'), 'invalid_db_user', dbUserAt],
    ['a policy variable', user('${aws:username}'), 'invalid_db_user', dbUserAt],
    ['a double quote', user('db"user'), 'invalid_db_user', dbUserAt],
    ['a single quote', user("db'user"), 'invalid_db_user', dbUserAt],
    ['a slash', user('db/user'), 'invalid_db_user', dbUserAt],
    ['a line', user('db\nuser'), 'invalid_db_user', dbUserAt],
    ['blanks at the end', user('db_user '), 'invalid_db_user', dbUserAt],
    ['a character that no policy holds', user('db_úšer'), 'invalid_db_user', dbUserAt],
    ['64 bytes for PostgreSQL', user('x'.repeat(64)), 'invalid_db_user', dbUserAt],
    ['64 bytes that are 32 letters', user('ü'.repeat(32)), 'invalid_db_user', dbUserAt],
    ['33 characters for MySQL', user('x'.repeat(33), 'cluster-BILLINGBILLING01234567890'), 'invalid_db_user', dbUserAt],
    ['no time', { duration: 'PT0S' }, 'invalid_duration', '/duration'],
    ['a year', { duration: 'P1Y' }, 'invalid_duration', '/duration'],
    ['a year in days', { duration: 'P365D' }, 'invalid_duration', '/duration'],
    ['1h', { duration: '1h' }, 'invalid_duration', '/duration'],
    ['less than nothing', { duration: '-PT1H' }, 'invalid_duration', '/duration'],
    ['a time beyond counting', { duration: `PT${'9'.repeat(40)}S` }, 'invalid_duration', '/duration'],
    ['a start that is past', { startsAt: '2020-01-01T00:00:00Z' }, 'invalid_start', '/startsAt'],
    ['a start in the year 0', { startsAt: '0000-01-01T00:00:00Z' }, 'invalid_start', '/startsAt'],
    ['a start in the year 9999', { startsAt: '9999-12-31T23:59:59Z' }, 'invalid_start', '/startsAt'],
    ['a beneficiary who is nobody', { beneficiary: 'nobody' }, 'unknown_beneficiary', '/beneficiary'],
  ])('%s', async (_, changes, code, pointer) => {
    await refused(() => developer.post('/v1/requests', { ...firstExample, ...changes }), { status: 422, code, pointer })
    await refused(() => developer.post('/v1/requests/preview', { ...firstExample, ...changes }), { status: 422, code, pointer })
  })

  test('a principal that AWS does not know, or knows by another path', async () => {
    for (const name of ['app-nobody', 'team/app-reader']) {
      const principal = `arn:aws:iam::123456789012:role/${name}`
      const body = { ...firstExample, principal }
      const allowed = name === 'app-nobody'
      await refused(
        () => developer.post('/v1/requests', body),
        allowed ? { status: 422, code: 'unknown_principal' } : { status: 403, code: 'refused_by_rules' },
      )
    }
  })
})

describe('what is not there, or not yours', () => {
  const nothing = '01kazv5vb4pex5vsknk084sn02'

  test.each([
    ['GET', `/v1/requests/req_${nothing}`, 404, 'request_not_found'],
    ['POST', `/v1/requests/req_${nothing}/approve`, 404, 'request_not_found'],
    ['POST', `/v1/requests/req_${nothing}/deny`, 404, 'request_not_found'],
    ['POST', `/v1/requests/req_${nothing}/withdraw`, 404, 'request_not_found'],
    ['GET', `/v1/grants/grt_${nothing}`, 404, 'grant_not_found'],
    ['GET', `/v1/grants/grt_${nothing}/connect`, 404, 'grant_not_found'],
    ['POST', `/v1/grants/grt_${nothing}/revoke`, 404, 'grant_not_found'],
    ['POST', `/v1/grants/grt_${nothing}/return`, 404, 'grant_not_found'],
    ['GET', `/v1/audit/evt_${nothing}`, 403, 'not_permitted'],
    ['GET', '/v1/requests/7', 400, 'invalid_request'],
    ['GET', `/v1/requests/grt_${nothing}`, 400, 'invalid_request'],
    ['GET', `/v1/grants/req_${nothing}`, 400, 'invalid_request'],
    ['GET', '/v1/requests?limit=0', 400, 'invalid_request'],
    ['GET', '/v1/requests?limit=201', 400, 'invalid_request'],
    ['GET', '/v1/requests?status=open', 400, 'invalid_request'],
    ['GET', '/v1/requests?owner=me', 400, 'invalid_request'],
    ['GET', '/v1/requests?approver=dba', 400, 'invalid_request'],
    ['GET', '/v1/requests?status=pending&status=denied', 400, 'invalid_request'],
    ['GET', '/v1/requests?cursor=x', 400, 'invalid_cursor'],
    ['GET', `/v1/requests?cursor=${Buffer.from(`grt_${nothing}`).toString('base64url')}`, 400, 'invalid_cursor'],
    ['GET', '/v1/grants?cursor=x', 400, 'invalid_cursor'],
    ['GET', '/v1/grants?status=gone', 400, 'invalid_request'],
  ])('%s %s', async (method, path, status, code) => {
    const body = /(approve|deny|revoke|return)$/.test(path) ? {} : undefined
    await refused(() => (method === 'GET' ? developer.get(path) : developer.post(path, body)), { status, code })
  })

  test('another person’s request', async () => {
    const { id } = await developer.ask()
    const other = api.as('developer-2')
    await refused(() => other.get(`/v1/requests/${id}`), { status: 403, code: 'not_permitted' })
    await refused(() => other.post(`/v1/requests/${id}/withdraw`), { status: 403, code: 'not_permitted' })
    await refused(() => other.post(`/v1/requests/${id}/approve`, {}), { status: 403, code: 'not_an_approver' })
    await refused(() => other.post(`/v1/requests/${id}/deny`, {}), { status: 403, code: 'not_an_approver' })
    await refused(() => api.as('dba').post(`/v1/requests/${id}/withdraw`), { status: 403, code: 'not_permitted' })
    await refused(() => developer.post(`/v1/requests/${id}/approve`, {}), { status: 403, code: 'self_approval' })
  })

  test.each<[string, object, string, number, string]>([
    ['a longer time', { duration: 'PT2H' }, 'approval_widens', 422, '/duration'],
    ['a time that is none', { duration: '1h' }, 'invalid_duration', 422, '/duration'],
    ['another user', user('jane_doe'), 'approval_widens', 422, '/entitlements/0'],
    ['no entitlement', { entitlements: [] }, 'invalid_request', 400, '/entitlements'],
    ['a start', { startsAt: '2030-01-01T00:00:00Z' }, 'invalid_request', 400, '/startsAt'],
    ['a comment of blanks', { comment: '  ' }, 'invalid_request', 400, '/comment'],
  ])('an approval with %s', async (_, body, code, status, pointer) => {
    const { id } = await developer.ask()
    await refused(() => api.as('dba').post(`/v1/requests/${id}/approve`, body), { status, code, pointer })
  })

  test.each(['approve', 'deny', 'withdraw'] as const)('a decision on what is decided: after %s', async (first) => {
    const { id } = await developer.ask()
    await (first === 'withdraw' ? developer.withdraw(id) : api.as('dba')[first](id))
    const over = { status: 409, code: 'request_decided' }
    for (const then of ['approve', 'deny']) {
      for (const person of ['dba', 'dba-2']) await refused(() => api.as(person).post(`/v1/requests/${id}/${then}`, {}), over)
    }
    await refused(() => developer.post(`/v1/requests/${id}/withdraw`), over)
  })

  test('a decision on what has waited too long', async () => {
    const { id } = await developer.ask()
    await api.change('request', `created_at = created_at - interval '2 days', expires_at = now()`, id)
    const over = { status: 409, code: 'request_decided' }
    await refused(() => api.as('dba').post(`/v1/requests/${id}/approve`, {}), over)
    await refused(() => api.as('dba').post(`/v1/requests/${id}/deny`, {}), over)
    await refused(() => developer.post(`/v1/requests/${id}/withdraw`), over)
  })
})

test.each([
  ['no credential', {}],
  ['a person who is not listed', { authorization: 'Bearer dev-nobody' }],
  ['a key that is none', { authorization: `Bearer sp_01kazv5vb4pex5vsknk084sn02_${'A'.repeat(43)}` }],
])('%s', async (_, headers) => {
  const send = async () => {
    const response = await fetch(`${api.url}/v1/requests`, { headers })
    return { status: response.status, text: await response.text() }
  }
  await refused(send, { status: 401, code: 'unauthenticated' })
})
