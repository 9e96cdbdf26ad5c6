import { beforeAll, describe, expect, it } from 'vitest'
import { eventually, testApi } from '../support/api.ts'
import { changed, deliver, github, jira, payload, portal, secrets, servicenow, signed, variables, withSources } from './sources.ts'

const api = testApi({ tickets: variables })
const text = (name: string) => JSON.stringify(payload(name))

beforeAll(() => api.useRules(withSources(jira, github, servicenow, portal)))

/** Refusals are recorded once a second for each code. */
const recorded = (code: string) =>
  eventually(async () => {
    const { items } = await api.as('auditor').events({ type: 'authority.refused' })
    expect(items.map(({ payload: said }) => Reflect.get(Object(said), 'code'))).toContain(code)
  })

describe('a delivery', () => {
  it.each([
    [
      'forged',
      401,
      'invalid_signature',
      () => deliver(api, 'jira', text('jira-issue-created'), { 'x-hub-signature': `sha256=${'0'.repeat(64)}` }),
    ],
    ['signed with another secret', 401, 'invalid_signature', () => deliver(api, 'github', '{}', signed('github', '{}', 'other'))],
    [
      'signed as another source does',
      401,
      'invalid_signature',
      () => deliver(api, 'github', '{}', { ...signed('jira', '{}', secrets.github), 'x-hub-signature-256': '' }),
    ],
    [
      'stale',
      401,
      'stale_delivery',
      () => deliver(api, 'portal', '{}', signed('portal', '{}', secrets.portal, new Date(Date.now() - 600_000))),
    ],
    [
      'from ahead',
      401,
      'stale_delivery',
      () => deliver(api, 'servicenow', '{}', signed('servicenow', '{}', secrets.servicenow, new Date(Date.now() + 600_000))),
    ],
    ['of no source', 404, 'ticket_source_not_found', () => deliver(api, 'jira', '{}', {}, 'linear')],
    ['too large', 413, 'body_too_large', () => deliver(api, 'jira', JSON.stringify({ a: 'x'.repeat(300_000) }))],
    [
      'of another content type',
      415,
      'unsupported_media_type',
      () => deliver(api, 'jira', '{}', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['compressed', 415, 'unsupported_media_type', () => deliver(api, 'jira', '{}', { 'content-encoding': 'gzip' })],
    ['that is no JSON', 400, 'malformed_json', () => deliver(api, 'jira', '{"issue":')],
    ['that is empty', 400, 'malformed_json', () => deliver(api, 'jira', '')],
    ['with a name twice', 400, 'malformed_json', () => deliver(api, 'jira', '{"issue":{"key":"OPS-1","key":"OPS-2"}}')],
    ['with __proto__', 400, 'invalid_request', () => deliver(api, 'jira', '{"__proto__":{"issue":{"key":"OPS-1"}}}')],
    ['with U+0000', 400, 'invalid_request', () => deliver(api, 'jira', String.raw`{"issue":{"key":"OPS-1\u0000"}}`)],
    ['nested without end', 400, 'invalid_request', () => deliver(api, 'jira', `${'['.repeat(100)}${']'.repeat(100)}`)],
    ['whose key is no text', 422, 'invalid_ticket', () => deliver(api, 'jira', changed('jira-issue-created', { '/issue/key': { a: 1 } }))],
    [
      'whose key would lead elsewhere',
      422,
      'invalid_ticket',
      () => deliver(api, 'jira', changed('jira-issue-created', { '/issue/key': 'OPS-1/../../x' })),
    ],
    ['whose time is none', 422, 'invalid_ticket', () => deliver(api, 'jira', changed('jira-issue-created', { '/timestamp': 'soon' }))],
    [
      'whose repository would lead elsewhere',
      422,
      'invalid_ticket',
      () => deliver(api, 'github', changed('github-issue-opened', { '/repository/full_name': 'octo-org/..' })),
    ],
  ])('%s is refused, recorded, and changes nothing', async (_what, status, code, send) => {
    const before = await api.snapshot()
    expect(await send()).toMatchObject({ status, body: { code } })
    expect(await api.snapshot()).toEqual(before)
    await recorded(code)
  })

  it.each([
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[1]'],
    ['of another kind', text('github-ping')],
    ['of a ticket of which nothing is known, without its status', JSON.stringify({ issue: { key: 'OPS-999' } })],
  ])('that is %s is ignored', async (_what, body) => {
    const before = await api.snapshot()
    expect(await deliver(api, 'jira', body)).toMatchObject({ status: 200, body: { outcome: 'ignored' } })
    expect(await api.snapshot()).toEqual(before)
  })

  it.each(['jira', 'github', 'servicenow', 'portal'] as const)(
    'of %s that comes again is answered alike and changes nothing',
    async (source) => {
      const contents = {
        jira: changed('jira-issue-created', { '/issue/key': 'OPS-50' }),
        github: changed('github-issue-opened', { '/issue/number': 50 }),
        servicenow: changed('servicenow-request', { '/number': 'RITM50' }),
        portal: { id: '50', status: 'open', by: 'p-developer' },
      }
      const body = JSON.stringify(contents[source])
      const headers = signed(source, body)
      const first = await deliver(api, source, body, headers)
      expect(first).toMatchObject({ status: 200, body: { outcome: 'accepted' } })
      const before = await api.snapshot()
      const others = await Promise.all(Array.from({ length: 4 }, () => deliver(api, source, body, headers)))
      expect(others).toEqual([first, first, first, first])
      expect(await api.snapshot()).toEqual(before)
    },
  )

  it.each(['jira', 'github'] as const)('of %s under another id, which is not signed, is known by its body', async (source) => {
    const body = JSON.stringify(
      source === 'jira'
        ? changed('jira-issue-created', { '/issue/key': 'OPS-60' })
        : changed('github-issue-opened', { '/issue/number': 60 }),
    )
    await deliver(api, source, body)
    const before = await api.snapshot()
    await deliver(api, source, body)
    expect(await api.snapshot()).toEqual(before)
  })

  it('by the secret that is coming is taken beside the one that is going', async () => {
    const body = JSON.stringify(changed('jira-issue-created', { '/issue/key': 'OPS-70' }))
    expect(await deliver(api, 'jira', body, signed('jira', body, 'jira-next'))).toMatchObject({ status: 200 })
  })

  it('at the same moment as others about the same ticket leaves the newest', async () => {
    const states = ['Open', 'Approved', 'Done', 'Open', 'Done']
    await Promise.all(
      states.map((status, index) =>
        deliver(
          api,
          'jira',
          changed('jira-issue-created', {
            '/issue/key': 'OPS-80',
            '/issue/fields/status/name': status,
            '/timestamp': 1_700_000_000_000 + index,
          }),
        ),
      ),
    )
    const ticket = await api.database.db.prisma.ticket.findUnique({ where: { source_key: { source: 'jira', key: 'OPS-80' } } })
    expect(ticket).toMatchObject({ status: 'Done', at: new Date(1_700_000_000_004) })
  })
})
