import { beforeAll, describe, expect, it } from 'vitest'
import { requestSchema } from '../../src/requests/schemas.ts'
import { testApi } from '../support/api.ts'
import { Refused } from '../support/client.ts'
import { withPerson } from '../support/rules.ts'

const api = testApi({ rules: withPerson('loner') })
type Caller = ReturnType<typeof api.as>
const say = async (as: Caller, id: string, text: string, headers?: Readonly<Record<string, string>>) => {
  const answer = await as.post(`/v1/requests/${id}/comments`, { text }, headers)
  if (answer.status >= 400) throw new Refused(answer)
  expect(answer.status).toBe(201)
  return requestSchema.parse(JSON.parse(answer.text))
}
let id: string
beforeAll(async () => {
  id = (await api.as('developer').ask()).id
})

describe('a comment on a request', () => {
  it('is shown in order to whoever sees the request, before and after it is decided', async () => {
    await say(api.as('dba'), id, 'Is one hour enough?')
    await say(api.as('developer'), id, '  Yes, it is.  ')
    await api.as('dba').approve(id)
    await say(api.as('auditor'), id, 'Why not on staging?')
    for (const person of ['developer', 'dba-2', 'auditor', 'admin']) {
      const { comments } = await api.as(person).request(id)
      expect(comments.map(({ by, via, text }) => [by, via, text])).toEqual([
        ['dba', 'dev', 'Is one hour enough?'],
        ['developer', 'dev', 'Yes, it is.'],
        ['auditor', 'dev', 'Why not on staging?'],
      ])
    }
    expect((await api.as('dba').requests()).items[0]?.comments).toHaveLength(3)
  })

  it('is in the audit log by its id, and its text is not', async () => {
    const { comments } = await api.as('developer').request(id)
    const { items } = await api.as('auditor').events({ request: id, type: 'request.commented' })
    expect(items.map(({ actor, payload }) => [actor.person, payload]).reverse()).toEqual([
      ['dba', { comment: comments[0]?.id, status: 'pending' }],
      ['developer', { comment: comments[1]?.id, status: 'pending' }],
      ['auditor', { comment: comments[2]?.id, status: 'approved' }],
    ])
    expect(JSON.stringify(await api.as('auditor').events({ limit: '200' }))).not.toContain('Is one hour enough')
  })

  it('is made once under one Idempotency-Key', async () => {
    const { id } = await api.as('developer').ask()
    const twice = [
      await say(api.as('developer'), id, 'Once', { 'idempotency-key': 'once' }),
      await say(api.as('developer'), id, 'Once', { 'idempotency-key': 'once' }),
    ]
    expect(twice[1]).toEqual(twice[0])
    expect((await api.as('developer').request(id)).comments).toHaveLength(1)
  })

  it('can be made for a person by a key that asks for people, and by no key for nobody', async () => {
    const { token } = await api.key({ name: 'portal', scopes: ['read', 'ask'] })
    const { comments } = await say(api.withKey(token, 'dba'), id, 'From the portal')
    expect(comments.at(-1)).toMatchObject({ by: 'dba', via: 'portal' })
    await expect(say(api.withKey(token), id, 'Nobody')).rejects.toMatchObject({ status: 403, code: 'person_required' })
    const reader = await api.key({ name: 'reader', scopes: ['read'] })
    await expect(say(api.withKey(reader.token), id, 'Nobody')).rejects.toMatchObject({ status: 403, code: 'missing_scope' })
  })

  it('is refused to whom the request does not concern, and where there is none', async () => {
    const before = (await api.as('developer').request(id)).comments
    for (const person of ['loner', 'developer-2', 'security'])
      await expect(say(api.as(person), id, 'Let me in')).rejects.toMatchObject({ status: 403, code: 'not_permitted' })
    await expect(say(api.as('dba'), 'req_01kazv5vb4pex5vsknk084sn02', 'Hello')).rejects.toMatchObject({ code: 'request_not_found' })
    for (const text of ['', '   ', 'x'.repeat(2_001), 'a\u0000b'])
      await expect(say(api.as('dba'), id, text)).rejects.toMatchObject({ status: 400, code: 'invalid_request', pointers: ['/text'] })
    expect((await api.as('developer').request(id)).comments).toEqual(before)
  })

  it('is refused after a hundred', async () => {
    const { id } = await api.as('developer').ask()
    await api.parts.db.prisma.requestComment.createMany({
      data: Array.from({ length: 100 }, (_, index) => ({
        id: `cmt_${String(index).padStart(26, '0')}`,
        requestId: id,
        personId: 'developer',
        via: 'dev',
        text: `Comment ${index}`,
      })),
    })
    await expect(say(api.as('developer'), id, 'One more')).rejects.toMatchObject({ status: 409, code: 'too_many_comments' })
  })
})
