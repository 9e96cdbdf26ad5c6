import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ExplainOptions, explainCommand } from '../../src/app/explain-policy.ts'
import { ConfigError } from '../../src/config/index.ts'

const jane = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe'
const policyOn = (Resource: string, rest: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'rds-db:connect', Resource, ...rest }] })

const from = (text: string | Uint8Array, options: ExplainOptions = {}) => explainCommand('-', options, Readable.from([Buffer.from(text)]))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-explain-'))
  await writeFile(
    join(folder, 'sallyport.yaml'),
    `accounts:
  - { id: '123456789012', name: production, regions: [us-east-2] }
databases:
  - arn: arn:aws:rds:us-east-2:123456789012:cluster:orders
    resourceId: cluster-ABCDEFGHIJKL01234
    engine: aurora-postgresql
    host: orders.example
databaseUsers:
  - { databases: { identifiers: [orders] }, names: [jane_doe] }
`,
  )
  await writeFile(join(folder, 'policy.json'), policyOn(jane))
})
afterAll(() => rm(folder, { recursive: true }))

test('a good policy has no findings and exit code 0, and is told without a catalog', async () => {
  const { text, exitCode } = await explainCommand(join(folder, 'policy.json'), {}, Readable.from([]))
  expect(exitCode).toBe(0)
  expect(text).toBe(
    `${join(folder, 'policy.json')}: 0 errors, 0 warnings

What it lets connect:
  Whoever has this policy can connect as jane_doe on cluster-ABCDEFGHIJKL01234 in us-east-2 of account 123456789012, by /Statement/0.`,
  )
})

test('with a sallyport.yaml the names of its databases are known, and names in the place of ids corrected', async () => {
  const databases = join(folder, 'sallyport.yaml')
  expect((await from(policyOn(jane), { databases })).text).toContain('as jane_doe on orders (cluster-ABCDEFGHIJKL01234)')
  const { text, exitCode } = await from(policyOn(jane.replace('cluster-ABCDEFGHIJKL01234', 'orders')), { databases })
  expect(exitCode).toBe(1)
  expect(text).toContain(`error identifier_for_resource_id at /Statement/0/Resource\n`)
  expect(text).toContain(`\n  corrected: "${jane}"\n`)
})

test('with a sallyport.yaml its database users are known, and how another one is made', async () => {
  const databases = join(folder, 'sallyport.yaml')
  const { text, exitCode } = await from(policyOn(jane.replace('jane_doe', 'mary_roe')), { databases })
  expect(exitCode).toBe(0)
  expect(text).toContain('warning db_user_not_declared at /Statement/0/Resource\n')
  expect(text).toContain('CREATE USER mary_roe; GRANT rds_iam TO mary_roe;')
})

test('warnings alone leave the exit code 0; errors make it 1', async () => {
  expect(await from(policyOn('*'))).toMatchObject({ exitCode: 0, text: expect.stringContaining('Standard input: 0 errors, 1 warning\n') })
  expect(await from(policyOn(jane), { account: '210987654321' })).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('error account_not_of_policy'),
  })
  expect(await from('{,}')).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('error not_json at the whole policy\n  line 1, column 2'),
  })
})

test('--json answers what the API answers', async () => {
  const { text } = await from(policyOn(jane), { json: true })
  expect(JSON.parse(text)).toMatchObject({
    findings: [],
    statements: [{ effect: 'Allow' }],
    access: [{ result: 'allowed', today: null }],
    words: [{}],
  })
})

test('what cannot be read is said', async () => {
  await expect(explainCommand(join(folder, 'nothing'), {}, Readable.from([]))).rejects.toThrow('nothing: there is no such file.')
  await expect(explainCommand(folder, {}, Readable.from([]))).rejects.toThrow('it cannot be read (EISDIR)')
  await expect(from(Uint8Array.of(0x22, 0xff, 0x22))).rejects.toThrow('Standard input is not UTF-8.')
  await expect(from(policyOn(jane), { databases: join(folder, 'policy.json') })).rejects.toThrow(ConfigError)
  await expect(from(policyOn(jane), { account: '12' })).rejects.toThrow('--account: the account "12" has 2 digits')
})

test('works from the command line, as its help shows', { timeout: 60_000 }, async () => {
  const cli = (...args: string[]) => promisify(execFile)('node', ['--import', 'tsx', 'src/main.ts', 'policy', 'explain', ...args])
  const { stdout: help } = await cli('--help')
  const [, example = ''] = /\$ echo '(.*)' \| sallyport policy explain -\n/.exec(help) ?? []
  const running = cli('-')
  running.child.stdin?.end(example)
  await expect(running).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('error rds_action at /Statement/Action\n'),
    stderr: '',
  })
})
