import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testTicketCommand } from '../../src/app/test-ticket.ts'
import { demoRules } from '../support/rules.ts'
import { changed, github, jira, servicenow, withSources } from '../tickets/sources.ts'

let folder = ''
let config = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-tickets-'))
  config = join(folder, 'sallyport.yaml')
  await writeFile(config, JSON.stringify(demoRules(withSources(jira, github, servicenow)).content))
})
afterAll(() => rm(folder, { recursive: true }))

const payload = (name: string) => fileURLToPath(new URL(`../tickets/payloads/${name}.json`, import.meta.url))
const run = (path: string, source?: string, input: unknown = {}) =>
  testTicketCommand(
    path,
    { config, json: true, ...(source === undefined ? {} : { source }) },
    Readable.from([Buffer.from(JSON.stringify(input))]),
  ).then(({ text, exitCode }) => ({ exitCode, ...JSON.parse(text) }))

describe('sallyport tickets test', () => {
  it('shows the request that a ticket makes, and for whom its principal is', async () => {
    expect(await run(payload('servicenow-request'), 'servicenow')).toMatchObject({
      exitCode: 0,
      problems: [],
      request: {
        principal: 'arn:aws:iam::123456789012:user/developer',
        entitlements: [{ database: 'orders', dbUser: 'db_user' }],
        duration: 'PT1H',
        reason: 'Invoices are slow',
        ticket: { system: 'servicenow', key: 'RITM0010017' },
      },
    })
  })

  it('says who decides', async () => {
    expect(await run(payload('github-issue-labeled'), 'github')).toMatchObject({
      exitCode: 0,
      does: [expect.stringContaining('octo-org/access#12'), expect.stringMatching(/^dba approves/)],
    })
  })

  it('says what is missing', async () => {
    const incomplete = changed('jira-issue-created', {
      '/issue/fields/customfield_10042': null,
      '/issue/fields/reporter/accountId': 'somebody',
    })
    expect(await run('-', 'jira', incomplete)).toMatchObject({
      exitCode: 1,
      request: null,
      problems: ['dbUser is missing', expect.stringContaining('nobody has the identity { issuer: ticket:jira, subject: "somebody" }')],
    })
    expect(await run('-', 'jira', { issue: { key: {} } })).toMatchObject({
      exitCode: 1,
      problems: [expect.stringContaining('/issue/key is a set')],
    })
  })

  it('prints a table for people', async () => {
    const { text } = await testTicketCommand(payload('github-issue-opened'), { config, json: false, source: 'github' }, process.stdin)
    expect(text).toContain('/issue/body, under "Database user"')
    expect(text).toContain('POST /v1/requests')
  })

  it('asks which source is meant', async () => {
    await expect(run(payload('github-ping'))).rejects.toThrow(/--source.*jira, github, servicenow/)
    expect(await run(payload('github-ping'), 'github')).toMatchObject({ exitCode: 0, does: ['It is about no ticket, and is ignored.'] })
  })
})
