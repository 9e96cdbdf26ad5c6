import { execFile } from 'node:child_process'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { compileCommand } from '../../src/app/compile-policies.ts'
import { SallyportError } from '../../src/kernel/errors.ts'

const developer = 'arn:aws:iam::123456789012:role/developer'
const place = 'arn:aws:rds-db:us-east-2:123456789012:dbuser'
const jane = `${place}:cluster-ABCDEFGHIJKL01234/jane_doe`
const good = { principal: developer, resource: jane }
const byId = { principal: developer, resource: 'cluster-ABCDEFGHIJKL01234', region: 'us-east-2', dbUser: 'jane_doe' }

const compileText = (text: string) => compileCommand('-', Readable.from([Buffer.from(text)]))
const compile = async (...entries: unknown[]) => JSON.parse(await compileText(JSON.stringify(entries)))
const documentOf = (...Resource: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource }] })

describe('policy compile', () => {
  test('answers each principal with the documents of AWS’s page', async () => {
    const user = 'arn:aws:iam::123456789012:user/Jane'
    const mary = `${place}:cluster-ABCDEFGHIJKL01234/mary_roe`
    const compiled = await compile({ ...good, resource: mary }, { principal: user, resource: jane }, good, good)
    const [both, one] = [documentOf(jane, mary), documentOf(jane)]
    expect(compiled).toEqual([
      { principal: developer, policies: [{ kind: 'inline', document: both, characters: both.length }] },
      { principal: user, policies: [{ kind: 'inline', document: one, characters: one.length }] },
    ])
  })

  test('takes a resource in any of its forms, and answers the same', async () => {
    const expected = await compile(good)
    for (const entry of [
      byId,
      { ...byId, account: '123456789012' },
      { ...good, dbUser: 'jane_doe', region: 'us-east-2' },
      { principal: developer, resource: `${place}:cluster-ABCDEFGHIJKL01234`, dbUser: 'jane_doe' },
    ]) {
      expect(await compile(entry)).toEqual(expected)
    }
  })

  test('takes the patterns of AWS’s page, and leaves out what they cover', async () => {
    const [{ policies }] = await compile(good, { ...good, resource: `${place}:*/jane_doe` }, { ...byId, resource: '*', dbUser: 'mary_roe' })
    expect(policies[0].document).toBe(documentOf(`${place}:*/jane_doe`, `${place}:*/mary_roe`))
  })

  test('takes the partition of a resource id from the principal', async () => {
    const [{ policies }] = await compile({ ...byId, principal: 'arn:aws-cn:iam::123456789012:role/developer', region: 'cn-north-1' })
    expect(policies[0].document).toContain('arn:aws-cn:rds-db:cn-north-1:123456789012:')
  })

  test('fills managed policies where the inline one is full', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ ...byId, dbUser: `reader_${index}` }))
    const [{ policies }] = await compile(...many)
    expect(policies.map(({ kind }: { kind: string }) => kind)).toEqual(['inline', 'managed'])
  })

  test('answers nothing to nothing', async () => {
    expect(await compile()).toEqual([])
  })

  test.each<[string, object, string, string]>([
    ['without a principal', { resource: jane }, 'invalid_request', '/1/principal must be the ARN'],
    ['with an unknown field', { ...good, database: 'orders' }, 'invalid_request', '/1 has no use for database'],
    ['of a permission set', { ...good, principal: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' }, 'unsupported_principal', '/1: '],
    [
      'with an ARN for managing',
      { ...good, resource: 'arn:aws:rds:us-east-2:123456789012:cluster:orders' },
      'invalid_arn',
      '/1: "arn:aws:rds:us-east-2:123456789012:cluster:orders": an "rds:" ARN is for managing',
    ],
    ['with a part of a name', { ...good, resource: `${place}:cluster-*/jane_doe` }, 'invalid_arn', 'holds a wildcard'],
    ['with an identifier', { ...byId, resource: 'orders' }, 'invalid_arn', '"orders" is not a resource id'],
    [
      'with an id alone',
      { principal: developer, resource: 'cluster-ABCDEFGHIJKL01234' },
      'invalid_request',
      '/1: resource is not an ARN, and to the resource id "cluster-ABCDEFGHIJKL01234" belongs region and dbUser.',
    ],
    ['that contradicts itself', { ...good, dbUser: 'mary_roe' }, 'invalid_request', '/1: dbUser is "mary_roe", and "jane_doe" in the ARN'],
    [
      'in another account',
      { ...good, principal: 'arn:aws:iam::210987654321:role/developer' },
      'cross_account',
      '/1: the database is in account 123456789012',
    ],
    [
      'in another partition',
      { ...good, principal: 'arn:aws-cn:iam::123456789012:role/developer' },
      'cross_account',
      '/1: the database is in the partition aws',
    ],
  ])('refuses an entry %s by its index, and answers nothing', async (_, bad, code, detail) => {
    const refused = await compile(good, bad).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(SallyportError)
    expect(refused).toMatchObject({ code, message: expect.stringContaining(detail) })
  })

  test.each([
    ['{"a": 1', 'malformed_json', 'Standard input, line 1, column 8: it ends where "," or "}" should come.'],
    ['[{"principal": "a", "principal": "b"}]', 'malformed_json', '/0/principal is given twice'],
    ['{}', 'invalid_request', 'The list must be a list'],
  ])('refuses %s', async (text, code, message) => {
    await expect(compileText(text)).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
  })

  test('refuses more than fits on the principal', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ({ ...byId, dbUser: `reader_${index}` }))
    await expect(compile(...many)).rejects.toMatchObject({ code: 'quota_exceeded', message: expect.stringContaining('role/developer') })
  })

  test('works from the command line, as its help shows', { timeout: 60_000 }, async () => {
    const cli = (...args: string[]) => promisify(execFile)('node', ['--import', 'tsx', 'src/main.ts', 'policy', 'compile', ...args])
    const { stdout: help } = await cli('--help')
    const [, example = ''] = /\$ echo '(.*)' \| sallyport policy compile -\n/.exec(help) ?? []
    const running = cli('-')
    running.child.stdin?.end(example)
    expect(JSON.parse((await running).stdout)).toEqual(await compile(byId))
  })
})
