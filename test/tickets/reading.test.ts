import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPayload } from '../../src/tickets/index.ts'
import { changed, github, jira, payload, servicenow, sourceOf } from './sources.ts'

const at = (name: string, source: object, changes = {}) => readPayload(sourceOf(source), changed(name, changes))

describe('a payload of Jira', () => {
  it('that an issue was created is a ticket, and asks for access', () => {
    expect(at('jira-issue-created', jira)).toEqual({
      key: 'OPS-17',
      status: 'Open',
      type: 'Database access',
      requester: 'jira-developer',
      assignee: null,
      at: '2026-11-24T16:00:00.000Z',
      asks: {
        database: 'orders',
        dbUser: 'db_user',
        principal: 'arn:aws:iam::123456789012:role/app-reader',
        duration: 'PT2H',
        reason: null,
      },
      says: null,
    })
  })

  it('that its status was changed to Approved says that whoever changed it approves', () => {
    expect(at('jira-issue-approved', jira)).toMatchObject({ says: { verdict: 'approve', person: 'jira-dba' } })
  })

  it('says nothing by the status alone: somebody who changes another field approves nothing', () => {
    const items = [{ field: 'summary', fromString: 'a', toString: 'b' }]
    expect(at('jira-issue-approved', jira, { '/changelog/items': items })).toMatchObject({ status: 'Approved', says: null })
  })

  it('of a comment does not speak of the reporter, and so changes nothing in who that is', () => {
    const read = at('jira-comment-created', jira)
    expect(read).toMatchObject({ key: 'OPS-17', assignee: null, asks: null, says: null })
    expect(read?.requester).toBeUndefined()
  })

  it('of a comment can say that its author denies', () => {
    expect(at('jira-comment-created', jira, { '/comment/body': ' /deny ' })).toMatchObject({
      says: { verdict: 'deny', person: 'jira-dba' },
    })
  })

  it('of a comment of our own says nothing and asks for nothing', () => {
    const own = `/deny (Sallyport, evt_${'0'.repeat(26)})`
    const denies = { when: { '/webhookEvent': 'comment_created' } }
    expect(at('jira-comment-created', { ...jira, denies, creates: denies }, { '/comment/body': own })).toMatchObject({
      asks: null,
      says: null,
    })
  })

  it('that it was deleted closes it', () => {
    expect(at('jira-issue-created', jira, { '/webhookEvent': 'jira:issue_deleted' })).toMatchObject({ status: 'deleted' })
  })
})

describe('a payload of GitHub', () => {
  it('that an issue was opened asks for what stands under the headings of its form', () => {
    expect(at('github-issue-opened', github)).toMatchObject({
      key: 'octo-org/access#12',
      status: 'open',
      requester: '21031067',
      assignee: null,
      at: '2026-11-24T12:00:00.000Z',
      url: 'https://github.com/octo-org/access/issues/12',
      asks: { database: 'orders', dbUser: 'db_user', duration: 'PT2H', reason: 'See the issue' },
    })
  })

  it('that it was labelled says that whoever did that approves', () => {
    expect(at('github-issue-labeled', github)).toMatchObject({ asks: null, says: { verdict: 'approve', person: '583231' } })
    expect(at('github-issue-labeled', github, { '/label/name': 'bug' })).toMatchObject({ says: null })
  })

  it('that it was transferred closes it, and that a comment was deleted does not', () => {
    expect(at('github-issue-opened', github, { '/action': 'transferred' })).toMatchObject({ status: 'deleted' })
    expect(at('github-issue-opened', github, { '/action': 'deleted', '/comment': { body: '' } })).toMatchObject({ status: 'open' })
  })

  it('that only tests the webhook is about no ticket', () => {
    expect(at('github-ping', github)).toBeNull()
  })
})

describe('a payload of another system', () => {
  it('is read as it is mapped; a time without zone is UTC', () => {
    expect(at('servicenow-request', servicenow)).toMatchObject({
      key: 'RITM0010017',
      status: 'Work in Progress',
      requester: '6816f79cc0a8016401c5a33be04be441',
      assignee: null,
      at: '2026-11-24T12:00:00.000Z',
    })
  })

  it.each([
    ['key', { '/number': { value: 'RITM0010017' } }],
    ['key', { '/number': ['RITM0010017'] }],
    ['key', { '/number': 'a\nb' }],
    ['key', { '/number': 'x'.repeat(101) }],
    ['status', { '/state': {} }],
    ['requester', { '/opened_by': [] }],
    ['at', { '/at': 'yesterday' }],
    ['at', { '/at': '2026-13-45 99:00:00' }],
  ])('whose %s is none is refused: %j', (field, changes) => {
    expect(() => at('servicenow-request', servicenow, changes)).toThrow(
      expect.objectContaining({ code: 'invalid_ticket', message: expect.stringContaining(field) }),
    )
  })

  it.each(['/nowhere', '/number/0', '/number/length', '/constructor/name', '/__proto__/x', '/number/__proto__', '/toString'])(
    'is about no ticket where its key would be at %s',
    (key) => {
      expect(readPayload(sourceOf({ ...servicenow, fields: { ...servicenow.fields, key } }), payload('servicenow-request'))).toBeNull()
    },
  )

  it('whatever it is, is read or refused', () => {
    for (const source of [jira, github, servicenow].map(sourceOf))
      fc.assert(
        fc.property(fc.jsonValue(), (content) => {
          try {
            readPayload(source, content)
          } catch (error) {
            expect(error).toMatchObject({ code: 'invalid_ticket' })
          }
        }),
      )
  })
})
