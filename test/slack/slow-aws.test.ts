import { afterAll, afterEach, expect, test } from 'vitest'
import type { Worker } from '../../src/app/build-worker.ts'
import { workerOf } from '../../src/app/work.ts'
import { type Gate, openGate } from '../faults/gate.ts'
import { eventually, testApi } from '../support/api.ts'
import { fakeSlack, seen } from '../support/fake-slack.ts'
import { withRule } from '../support/rules.ts'
import { asked, filledIn, workspace } from './workspace.ts'

const slack = fakeSlack(() => api.url)
let gate: Gate | undefined
const api = testApi({
  slack: () => slack.settings,
  rules: workspace(),
  awsUrl: async (url) => {
    gate = await openGate(url)
    return gate.url
  },
})
const { DEVELOPER } = asked
let worker: Worker | undefined
const work = () => {
  worker = workerOf(api.parts)
  worker.start()
}
afterEach(() => worker?.stop())
afterAll(() => gate?.close())

/** Sends the form while AWS does not answer about the principal; answers how to let it answer, once Slack has been answered. */
async function submitted(role: string, changes: object = {}, database = 'cluster-ABCDEFGHIJKL01234') {
  await slack.type(DEVELOPER)
  const arn = { value: `arn:aws:iam::123456789012:role/${role}` }
  const values = filledIn((await api.as('developer').database(database)).id, { arn, ...changes })
  const held = gate?.hold(role, 'GetRole', 'answer')
  expect(await slack.submit(DEVELOPER, values)).toMatchObject({ status: 200, text: expect.stringContaining('A message will say') })
  await held?.reached
  return () => held?.letThrough()
}

const requests = async () => (await api.as('developer').requests()).items
const told = (words: RegExp) =>
  eventually(() =>
    expect(
      slack
        .in(DEVELOPER)
        .map(({ blocks }) => seen(blocks))
        .join('\n'),
    ).toMatch(words),
  )

test('a form is answered before AWS is heard, and a job asks, which needs nothing of the process that took it', async () => {
  const letAwsAnswer = await submitted('app-reader')
  expect(await requests()).toEqual([])
  work()
  await told(/Asked: req_\w+\. It waits for /)
  const [request, ...others] = await requests()
  expect([request?.requester, request?.via, others]).toEqual(['developer', 'slack', []])
  letAwsAnswer()
  await told(new RegExp(`Asked: ${request?.id}`))
})

test('an answer of AWS that comes after Slack was answered does not ask a second time', async () => {
  const before = (await requests()).length
  const staging = [{ dbUser: { value: 'reader' } }, 'cluster-STAGINGSTAGING01234567890'] as const
  const letAwsAnswer = await submitted('app-reader', ...staging)
  letAwsAnswer()
  work()
  await told(/Approved at once: req_\w+/)
  const made = await requests()
  expect(made).toHaveLength(before + 1)
  expect(made[0]?.grants).toHaveLength(1)
})

test('a refusal that the form could not wait for is told in a message', async () => {
  const before = (await requests()).length
  const name = 'gone-since'
  await api.useRules(workspace(), withRule('production-with-a-dba', { principals: [`arn:aws:iam::*:role/${name}`] }))
  const letAwsAnswer = await submitted(name)
  work()
  await told(/Not asked\. .*gone-since/)
  letAwsAnswer()
  expect(await requests()).toHaveLength(before)
})
