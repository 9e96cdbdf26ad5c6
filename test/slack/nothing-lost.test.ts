import { beforeAll, expect, test } from 'vitest'
import { lookAfterSlack, spreadSlackNotes } from '../../src/slack/index.ts'
import { testApi } from '../support/api.ts'
import { fakeSlack } from '../support/fake-slack.ts'
import { workspace } from './workspace.ts'

const slack = fakeSlack(() => api.url)
const api = testApi({ slack: () => slack.settings, rules: workspace() })
let owner: Awaited<ReturnType<typeof api.database.client>>
beforeAll(async () => {
  owner = await api.database.client()
})

const jobs = async (): Promise<string[]> =>
  (
    await owner.query<{ task: string }>(
      `select task_identifier as task from graphile_worker.jobs where task_identifier like 'slack%' order by 1`,
    )
  ).rows.map(({ task }) => task)
const loseJobs = () => owner.query(`delete from graphile_worker._private_jobs`)
const sweep = async () => {
  for (const { run } of lookAfterSlack) await api.parts.db.inTransaction(run)
}

test('what happened is noted in its transaction, and found again if every job is lost', async () => {
  await api.as('developer').ask()
  expect(await jobs()).toEqual(['slackSpread'])
  await loseJobs()
  await sweep()
  expect(await jobs()).toEqual([])
  await owner.query(`update slack_note set created_at = now() - interval '1 minute'`)
  await sweep()
  expect(await jobs()).toEqual(['slackSpread'])
  await loseJobs()

  await spreadSlackNotes(api.parts.db)()
  expect(await jobs()).toEqual(['slackShow'])
  await loseJobs()
  await owner.query(`update slack_request set next_at = now() - interval '1 minute'`)
  await sweep()
  expect(await jobs()).toEqual(['slackShow'])
})

test('many events of a request are looked at once', async () => {
  await loseJobs()
  const { id } = await api.as('developer').ask()
  await api.as('developer').withdraw(id)
  await spreadSlackNotes(api.parts.db)()
  expect((await jobs()).filter((task) => task === 'slackShow')).toHaveLength(1)
})

test('without a workspace in the rules nothing is noted', async () => {
  await api.useRules()
  await loseJobs()
  await owner.query('delete from slack_note')
  await api.as('developer').ask()
  expect(await jobs()).toEqual([])
  expect((await owner.query('select from slack_note')).rowCount).toBe(0)
})
