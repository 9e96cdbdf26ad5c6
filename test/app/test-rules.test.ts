import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExplainRulesOptions, explainRulesCommand, hypothesisOf, inWords } from '../../src/app/explain-rules.ts'
import { think } from '../../src/app/hypothesis.ts'
import { testRulesCommand } from '../../src/app/test-rules.ts'
import { ConfigError } from '../../src/config/index.ts'
import { demoRules, withRule } from '../support/rules.ts'

const RULES = 'src/dev/demo/sallyport.yaml'
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-rules-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs cases against the rules of the demo world. */
async function run(...cases: readonly string[]) {
  const path = join(folder, 'cases.yaml')
  await writeFile(path, `cases:\n${cases.map((each) => `  - ${each}\n`).join('')}`)
  return testRulesCommand(path, RULES)
}
const ask = 'person: developer, principal: "arn:aws:iam::123456789012:role/app-reader", dbUser: db_user'
const onOrders = `ask: { ${ask}, database: cluster-ABCDEFGHIJKL01234 }`

describe('rules test', () => {
  test('holds the rules of the demo world to what they are meant to say', async () => {
    const { text, exitCode } = await testRulesCommand('src/dev/demo/rules.cases.yaml', RULES)
    expect([text.split('\n').at(-1), exitCode]).toEqual(['6 passed, 0 failed', 0])
  })

  test.each([
    ['whether it is allowed', 'allowed: false', 'it is allowed, and should be refused'],
    ['which rule settles it', 'allowed: true, rule: staging-at-once', 'production-with-a-dba settles it, and staging-at-once should'],
    ['who could approve', 'allowed: true, approvers: [dba]', 'dba, dba-2 could approve, and it should be dba'],
    [
      'who could approve after a wait',
      'allowed: true, approversLater: [security]',
      'nobody could approve after a wait, and it should be security',
    ],
    ['how long it can last', 'allowed: true, longest: PT4H', 'it can last PT8H, and should PT4H'],
  ])('tells what is not as expected: %s', async (_what, expected, fault) => {
    const { text, exitCode } = await run(`{ name: production, ${onOrders}, expect: { ${expected} } }`)
    expect(text.split('\n').slice(0, 2)).toEqual(['FAIL  production', `      ${fault}`])
    expect(text).toContain('production-with-a-dba  allow  allows it, and decides')
    expect([text.split('\n').at(-1), exitCode]).toEqual(['0 passed, 1 failed', 1])
  })

  test.each([
    [
      'longer than the rules allow',
      `{ ${ask}, database: cluster-ABCDEFGHIJKL01234, duration: PT9H }`,
      'it is refused: PT9H is more than PT8H, and should be allowed',
    ],
    ['an unknown person', `{ ${ask.replace('developer', 'nobody')}, database: billing }`, 'it cannot be asked for at all (unknown_person)'],
    ['an unknown database', `{ ${ask}, database: nothing }`, 'it cannot be asked for at all (unknown_database)'],
    [
      'another account',
      `{ ${ask.replace('123456789012', '210987654321')}, database: billing }`,
      'it cannot be asked for at all (unknown_account)',
    ],
    [
      'no database user',
      `{ ${ask.replace('dbUser: db_user', 'dbUser: "a*b"')}, database: billing }`,
      'it cannot be asked for at all (invalid_db_user)',
    ],
  ])('fails a case that asks for what cannot be had: %s', async (_what, asked, fault) => {
    const { text, exitCode } = await run(`{ name: case, ask: ${asked}, expect: { allowed: true } }`)
    expect([text.split('\n')[1]?.trim(), exitCode]).toEqual([fault, 1])
  })

  test('refuses a file that it cannot read, by file, line and key', async () => {
    const path = join(folder, 'cases.yaml')
    const problems = await run(`{ name: case, ${onOrders}, expect: { alowed: true } }`).catch((error: unknown) =>
      error instanceof ConfigError ? error.problems : [],
    )
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^${path}:2:\\d+ cases\\[0\\].expect.allowed: is missing$`)),
      expect.stringMatching(new RegExp(`^${path}:2:\\d+ cases\\[0\\].expect.alowed: unknown key; did you mean allowed\\?$`)),
    ])
    await expect(testRulesCommand(join(folder, 'none.yaml'), RULES)).rejects.toThrow('none.yaml: there is no such file')
  })
})

describe('rules explain', () => {
  const options: ExplainRulesOptions = {
    person: 'developer',
    principal: 'arn:aws:iam::123456789012:role/app-reader',
    path: 'direct',
    database: 'cluster-ABCDEFGHIJKL01234',
    dbUser: 'db_user',
    reason: '',
    json: true,
  }
  const explain = (changes: Partial<ExplainRulesOptions> = {}) => {
    const asked = { ...options, ...changes }
    return explainRulesCommand(RULES, hypothesisOf(asked), asked)
  }

  test('says who could approve later too, and after which wait', () => {
    const escalate = { after: 'PT1H', to: { groups: ['security'] } }
    const { file } = demoRules(withRule('production-with-a-dba', { approvals: [{ from: { groups: ['dba'] }, escalate }] }))
    const thought = think(file, hypothesisOf(options))
    expect(thought).toMatchObject({ approvers: ['dba', 'dba-2'], later: ['security'] })
    const text = inWords(thought)
    for (const line of ['1 of group dba (after a wait of PT1H also of group security)', 'who could  dba, dba-2', 'later too  security'])
      expect(text).toContain(line)
  })

  test('answers the whole reasoning, as data and in words', async () => {
    const { text, exitCode } = await explain()
    const thought = JSON.parse(text)
    expect(thought).toMatchObject({
      allowed: true,
      refusals: [],
      approvers: ['dba', 'dba-2'],
      duration: { default: 'PT1H', longest: 'PT8H' },
      notifyBefore: 'PT15M',
    })
    expect(thought.rules.map(({ rule, result }: { rule: string; result: string }) => [rule, result])).toEqual([
      ['nobody-as-owner', 'does_not_match'],
      ['staging-at-once', 'does_not_match'],
      ['salaries-need-two', 'does_not_match'],
      ['production-with-a-dba', 'decides'],
      ['one-user-everywhere', 'does_not_match'],
    ])
    expect(exitCode).toBe(0)
    const { text: words } = await explain({ json: false, person: 'dba' })
    expect(words).toContain('who could  dba-2\n')
    expect(words).toContain('notice     PT15M before the end\n')
  })

  test('of what is refused says by which rule, and exits with 1', async () => {
    const { text, exitCode } = await explain({ dbUser: 'postgres', json: false })
    expect(text).toMatch(/nobody-as-owner +deny +denies it.*Refused. Rule nobody-as-owner denies postgres on orders.$/s)
    expect(exitCode).toBe(1)
  })

  test('is there as a command', { timeout: 60_000 }, async () => {
    const cli = promisify(execFile)('node', ['--import', 'tsx', 'src/main.ts', 'rules', 'explain', RULES, '--person', 'developer'])
    await expect(cli).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("required option '--principal <arn>' not specified"),
    })
  })
})
