import { beforeAll, describe, expect, it } from 'vitest'
import { settlementOf } from '../../src/tickets/write-comments.ts'
import { eventually, testApi } from '../support/api.ts'
import { testReceiver } from '../webhooks/receiver.ts'
import { changed, deliver, jira, portal, variables, withSources } from './sources.ts'

const site = testReceiver()
const api = testApi({ worker: true, tickets: variables })

beforeAll(async () => {
  const sources = [
    { ...jira, comments: { url: site.url('') } },
    { ...portal, comments: { url: site.url('/comments') } },
  ]
  await api.useRules(withSources(...sources))
})

const statusOf = async (key: string) => (await api.database.db.prisma.ticketComment.findFirst({ where: { key } }))?.status
const opened = (key: string) => deliver(api, 'jira', changed('jira-issue-created', { '/issue/key': key, '/timestamp': Date.now() }))
const path = (key: string) => `/rest/api/2/issue/${key}/comment`

describe('a comment', () => {
  it('is tried again as its receiver asks, and written once', async () => {
    const answers = [503, 429]
    site.answer(path('OPS-1'), (response) => response.writeHead(answers.shift() ?? 201, { 'retry-after': '1' }).end())
    await opened('OPS-1')
    await eventually(async () => expect(await statusOf('OPS-1')).toBe('written'))
    const [first, ...others] = site.at(path('OPS-1'))
    expect(others).toHaveLength(2)
    expect(others.every(({ body }) => body === first?.body)).toBe(true)
    expect(first?.headers.authorization).toBe('Bearer jira-token')
  })

  it('whose answer is lost is not written twice', async () => {
    site.answer(path('OPS-2'), (response) => response.socket?.destroy())
    await opened('OPS-2')
    await eventually(async () => expect(await statusOf('OPS-2')).toBe('unknown'))
    expect(site.at(path('OPS-2'))).toHaveLength(1)
  })

  it('on a ticket that is gone is given up', async () => {
    site.answer(path('OPS-3'), 404)
    await opened('OPS-3')
    await eventually(async () => expect(await statusOf('OPS-3')).toBe('given_up'))
  })

  it('of another source is JSON, with the id by which a repeat is known', async () => {
    await deliver(api, 'portal', { id: '7', status: 'open', by: 'p-developer' })
    const { id } = await api.as('developer').ask({ ticket: { system: 'portal', key: '7' } })
    await eventually(() => expect(site.at('/comments')).toHaveLength(1))
    expect(JSON.parse(site.at('/comments')[0]?.body ?? '')).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: 'request.created',
      source: 'portal',
      ticket: '7',
      request: id,
      text: expect.stringContaining('Requested'),
    })
  })

  it('is written on no ticket that its source has not told of', async () => {
    await api.as('developer').ask({ ticket: { system: 'jira', key: 'OPS-404' } })
    expect(await api.database.db.prisma.ticketComment.count({ where: { key: 'OPS-404' } })).toBe(0)
  })
})

it.each([
  [{ status: 201, trouble: null, detail: null }, 1, 'written'],
  [{ status: 500, trouble: 'refused', detail: '' }, 1, 'pending'],
  [{ status: 403, trouble: 'refused', detail: '' }, 9, 'pending'],
  [{ status: 403, trouble: 'refused', detail: '' }, 10, 'given_up'],
  [{ status: 422, trouble: 'refused', detail: '' }, 1, 'given_up'],
  [{ status: null, trouble: 'not_reached', detail: '' }, 1, 'pending'],
  [{ status: null, trouble: 'timed_out', detail: '', mayHaveArrived: true }, 1, 'unknown'],
] as const)('what comes of %j at attempt %i: %s', (outcome, attempts, status) => {
  expect(settlementOf(outcome, attempts, false, 0.5).status).toBe(status)
})

it('what may have arrived is sent again where a repeat is recognised', () => {
  expect(settlementOf({ status: null, trouble: 'timed_out', detail: '', mayHaveArrived: true }, 1, true, 0.5).status).toBe('pending')
})
