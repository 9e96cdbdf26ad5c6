import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApi } from '../support/api.ts'
import { type RuleChange, withRule } from '../support/rules.ts'
import { run } from './support/run.ts'

const api = testApi()
const extensions = (given: object): RuleChange => withRule('production-with-a-dba', { extensions: { count: 3, total: 'PT8H', ...given } })
const as = (person: string, ...args: string[]) => run(args, { env: { SALLYPORT_URL: api.url, SALLYPORT_TOKEN: `dev-${person}` } })
const extend = (grant: string, ...more: string[]) => as('developer', 'extend', grant, '--reason', 'The export is not through', ...more)

let grant = 'none'
beforeAll(async () => {
  const { id } = await api.as('developer').ask()
  grant = (await api.as('dba').approve(id)).grants[0]?.id ?? grant
})
afterAll(() => api.useRules())

test('extend says what it extends and until when, before its approval and after', async () => {
  await api.useRules(extensions({}))
  const asked = await extend(grant, '--by', '30m')
  expect([asked.err, asked.code]).toEqual(['', 0])
  expect(asked.out).toMatch(/ is pending\.$/m)
  expect(asked.out).toMatch(new RegExp(`extends +${grant}\n`))
  expect(asked.out).toMatch(new RegExp(`The grant: ${grant} applying, db_user on orders, until .* \\(in 1 h\\)`))

  const id = /req_\w+/.exec(asked.out)?.[0] ?? 'none'
  await api.as('developer').withdraw(id)
  await api.useRules(extensions({ approvals: 'auto' }))
  const more = await extend('db_user@orders', '--by', '30m')
  expect(more.out).toMatch(new RegExp(`The grant: ${grant} applying, db_user on orders, until .* \\(in 1 h 30 min\\)`))
})

test('extend of access whose rule gives no extensions says so', async () => {
  await api.useRules()
  const { out, err, code } = await extend(grant)
  expect([out, code]).toEqual(['', 1])
  expect(err).toContain('gives no extensions')
})
