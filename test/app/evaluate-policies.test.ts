import { execFile } from 'node:child_process'
import { PassThrough, Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { evaluateCommand } from '../../src/app/evaluate-policies.ts'

const resource = 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/jane_doe'
const policy = (Effect: string, rest: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action: 'rds-db:connect', Resource: '*', ...rest }],
})
const when = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'payments' } } }

async function run(...chunks: (string | Uint8Array)[]): Promise<{ exitCode: number; answers: unknown[] }> {
  const output = new PassThrough()
  const written = output.setEncoding('utf8').toArray()
  const exitCode = await evaluateCommand(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), output)
  output.end()
  const lines = (await written).join('').split('\n')
  expect(lines.pop()).toBe('')
  return { exitCode, answers: lines.map((line): unknown => JSON.parse(line)) }
}

const line = (asked: object): string => `${JSON.stringify({ policies: [], boundary: null, resource, context: {}, ...asked })}\n`

describe('policy evaluate', () => {
  test('answers a line for each case, in order', async () => {
    const cases = [
      { policies: [policy('Allow')] },
      { policies: [policy('Allow'), policy('Deny')] },
      {},
      { policies: [policy('Allow', when)] },
      { policies: [JSON.stringify(policy('Allow', when))], context: { 'aws:principaltag/team': ['payments'] } },
      { policies: [policy('Allow')], boundary: policy('Allow', when), context: { 'aws:PrincipalTag/team': 'sales' } },
      {
        policies: [policy('Allow', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } })],
        context: { 'aws:MultiFactorAuthPresent': true },
      },
    ]
    const { exitCode, answers } = await run(cases.map(line).join(''))
    expect(answers.map((answer) => Object.values(answer ?? {}))).toEqual([
      ['allowed'],
      ['denied'],
      ['implicitly-denied'],
      ['conditional'],
      ['allowed'],
      ['implicitly-denied'],
      ['allowed'],
    ])
    expect(exitCode).toBe(0)
  })

  test('needs neither boundary nor context', async () => {
    expect(await run(JSON.stringify({ policies: [policy('Allow')], resource }))).toEqual({ exitCode: 0, answers: [{ result: 'allowed' }] })
  })

  test('reads lines however they are cut, with either end of line, and the last without one', async () => {
    const bytes = Buffer.from(line({ policies: [policy('Allow', { Sid: 'jané\u2028' })] }).replace('\n', '\r\n') + line({}).trimEnd())
    const { exitCode, answers } = await run(...[...bytes].map((byte) => Uint8Array.of(byte)))
    expect(answers).toEqual([{ result: 'allowed' }, { result: 'implicitly-denied' }])
    expect(exitCode).toBe(0)
  })

  test('answers nothing to nothing', async () => {
    expect(await run()).toEqual({ exitCode: 0, answers: [] })
  })

  test.each<[string, string | Uint8Array, string, string]>([
    ['that is empty', '\n', 'malformed_json', 'cannot be read as JSON'],
    ['that is not JSON', '{"policies": \n', 'malformed_json', 'cannot be read as JSON'],
    ['that is not UTF-8', Uint8Array.of(0x22, 0xff, 0x22, 0x0a), 'malformed_json', 'it is not UTF-8'],
    ['with a name twice', `{"policies": [], "policies": [], "resource": "${resource}"}\n`, 'malformed_json', 'The name at /policies'],
    ['that is a list', '[]\n', 'invalid_request', 'must be an object'],
    ['with an unknown name', line({ action: 'rds-db:connect' }), 'invalid_request', 'has no use for action'],
    ['without policies', line({ policies: undefined }), 'invalid_request', '/policies must be a list'],
    ['without a resource', line({ resource: undefined }), 'invalid_request', '/resource must be the ARN'],
    ['with a context that is no text', line({ context: { 'aws:x': {} } }), 'invalid_request', '/context/aws:x must be a text or a list'],
    ['with a context key twice', line({ context: { 'aws:x': 'a', 'AWS:X': 'b' } }), 'invalid_request', '"AWS:X" twice'],
    [
      'with a policy that is none',
      line({ policies: [policy('Allow'), policy('Allows')] }),
      'invalid_policy',
      '/policies/1/Statement/0/Effect must be',
    ],
    ['with a boundary that is none', line({ boundary: '{' }), 'invalid_policy', '/boundary is not JSON'],
    ['with a resource that is none', line({ resource: 'cluster-X/jane_doe' }), 'invalid_arn', 'an ARN begins with'],
    [
      'with a resource for managing',
      line({ resource: 'arn:aws:rds:us-east-2:123456789012:cluster:orders' }),
      'invalid_arn',
      'must be \\"rds-db\\"',
    ],
    [
      'with a resource without a user',
      line({ resource: 'arn:aws:rds-db:r:1:dbuser:cluster-X' }),
      'invalid_arn',
      'dbuser:resource-id/db-user',
    ],
    [
      'with a resource that is a pattern',
      line({ resource: 'arn:aws:rds-db:r:1:dbuser:cluster-X/*' }),
      'invalid_arn',
      'there is a wildcard in it',
    ],
    ['longer than any case', `${' '.repeat(5_000_000)}\n`, 'invalid_request', 'is longer than'],
  ])('answers a line %s with an error in its place', async (_, bad, code, detail) => {
    const { exitCode, answers } = await run(line({}), bad, line({ policies: [policy('Allow')] }))
    expect(answers).toEqual([
      { result: 'implicitly-denied' },
      { error: { code, detail: expect.stringContaining(detail.replaceAll('\\', '')) } },
      { result: 'allowed' },
    ])
    expect(exitCode).toBe(1)
  })

  test('reads no further ahead than the output takes', async () => {
    let read = 0
    function* cases() {
      for (; read < 20_000; read += 1) yield Buffer.from(line({}))
    }
    const stuck = new Writable({ write: () => {}, highWaterMark: 1 })
    const done = evaluateCommand(Readable.from(cases()), stuck).catch(() => 'stopped')
    await new Promise((resolve) => setImmediate(resolve))
    expect(read).toBeLessThan(1_000)
    stuck.destroy()
    expect(await done).toBe('stopped')
  })

  test('ends without a word when nobody reads its answers any more', { timeout: 60_000 }, async () => {
    const piped = `yes '${line({}).trim()}' | head -100000 | (node --import tsx src/main.ts policy evaluate; echo "exit $?" >&2) | head -1`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', piped])
    expect([stdout, stderr.replace(/^.*Warning.*\n|^.*trace-.*\n/gm, '')]).toEqual(['{"result":"implicitly-denied"}\n', 'exit 0\n'])
  })

  test('works from the command line, as its help shows', { timeout: 60_000 }, async () => {
    const cli = (...args: string[]) => promisify(execFile)('node', ['--import', 'tsx', 'src/main.ts', 'policy', 'evaluate', ...args])
    const { stdout: help } = await cli('--help')
    const [, example = '', answer = ''] = /\$ echo '(.*)' \| sallyport policy evaluate\n +(.*)\n/.exec(help) ?? []
    const running = cli()
    running.child.stdin?.end(example)
    expect((await running).stdout).toBe(`${answer}\n`)
  })
})
