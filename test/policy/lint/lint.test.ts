import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { explainPolicy } from '../../../src/policy/explain.ts'
import { findingSeverities } from '../../../src/policy/lint/finding.ts'
import { awsExamples } from './aws-examples.ts'
import { catalog, good, plantedMistakes, policyOf } from './planted-mistakes.ts'

const withCatalog = { databases: catalog, account: null }
const offline = { databases: null, account: null }

describe('lint finds', () => {
  test.each(plantedMistakes.map((planted) => [`${planted.code}: ${planted.what}`, planted] as const))(
    '%s, and nothing else',
    (_, planted) => {
      const { findings } = explainPolicy(policyOf(planted), { databases: catalog, account: planted.account ?? null })
      expect(findings.map(({ code, pointer }) => ({ code, pointer }))).toEqual([{ code: planted.code, pointer: planted.at }])
      const [found] = findings
      expect(`${found?.detail} ${found?.cure}`).toContain(planted.says)
      expect(found?.corrected ?? undefined).toBe(planted.corrected)
    },
  )

  test('each of its codes in the table of planted mistakes', () => {
    expect([...new Set(plantedMistakes.map(({ code }) => code))].sort()).toEqual(Object.keys(findingSeverities).sort())
  })

  test('nothing any more once the corrected text stands in the place', () => {
    const curable = plantedMistakes.filter(({ corrected, at }) => corrected !== undefined && /^\/Statement\/0\/(Action|Resource)$/.test(at))
    expect(curable.length).toBeGreaterThan(15)
    for (const { corrected, at, ...planted } of curable) {
      const policy = at.endsWith('Action')
        ? policyOf({ ...planted, at, statement: { Action: corrected } })
        : policyOf({ ...planted, at, resource: corrected })
      expect({ [planted.what]: explainPolicy(policy, withCatalog).findings }).toEqual({ [planted.what]: [] })
    }
  })

  test('a variable in the old language once, and not as a name that no database user has', () => {
    const resource = good.replace('jane_doe', '${aws:username}')
    const findings = explainPolicy(
      { Version: '2008-10-17', Statement: { Effect: 'Allow', Action: 'rds-db:connect', Resource: resource } },
      offline,
    ).findings
    expect(findings.map(({ code }) => code)).toEqual(['variable_in_old_version'])
  })

  test('several mistakes in one resource, which one text corrects', () => {
    const resource = 'arn:amazon:rds-db:us-east-2a:1234567890:dbuser:ORDERS/Jane_doe'
    const { findings } = explainPolicy(policyOf({ code: 'not_json', what: '', at: '', says: '', resource }), withCatalog)
    expect(findings.map(({ code }) => code)).toEqual(['partition_impossible', 'account_impossible', 'identifier_for_resource_id'])
    const byId = good.replace(':123456789012:', ':1234-5678-9012:').replace('us-east-2', 'us-east-2a').replace('jane', 'Jane')
    const cured = explainPolicy(policyOf({ code: 'not_json', what: '', at: '', says: '', resource: byId }), withCatalog).findings
    expect(cured.map(({ code, corrected }) => [code, corrected === good.replace('jane', 'Jane')])).toEqual([
      ['region_impossible', true],
      ['account_impossible', true],
    ])
  })
})

describe('lint finds nothing', () => {
  test.each(Object.entries(awsExamples))('in what AWS shows: %s', (_, policy) => {
    expect(explainPolicy(policy, offline).findings).toEqual([])
    expect(explainPolicy(JSON.stringify(policy, null, 2), offline).findings).toEqual([])
  })

  test('in the policy of Sallyport that is marked good in the table', () => {
    expect(explainPolicy(policyOf({ code: 'not_json', what: '', at: '', says: '' }), withCatalog).findings).toEqual([])
  })

  test('in wildcards of a Deny, and in resources of other actions', () => {
    const Statement = [
      { Effect: 'Deny', Action: 'rds-db:connect', Resource: ['*', 'arn:aws:rds-db:*:*:dbuser:*/admin*'] },
      { Effect: 'Allow', Action: ['rds:*', 's3:*'], Resource: ['arn:aws:rds:us-east-2:123456789012:cluster:orders', 'arn:aws:s3:::x'] },
    ]
    expect(explainPolicy({ Version: '2012-10-17', Statement }, withCatalog).findings).toEqual([])
  })

  test('wrong with a database of another region that has the same id', () => {
    const twins = [...catalog, ...catalog.map((database) => ({ ...database, region: 'eu-west-1' }))]
    const policy = policyOf({ code: 'not_json', what: '', at: '', says: '', resource: good.replace('us-east-2', 'eu-west-1') })
    expect(explainPolicy(policy, { databases: twins, account: '123456789012' }).findings).toEqual([])
  })
})

test('AWS’s own PowerUserAccess lets connect, and AWS too warns of NotAction with Allow', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }] }
  expect(explainPolicy(policy, offline).findings).toMatchObject([{ code: 'allow_not_action', severity: 'warning' }])
})

test('docs/policies.md has each code with its severity, and no other', async () => {
  const text = await readFile(new URL('../../../docs/policies.md', import.meta.url), 'utf8')
  const listed = [...text.matchAll(/^\| `(\w+)` \| (error|warning) \|/gm)].map(([, code, severity]) => [code, severity])
  expect(listed).toEqual(Object.entries(findingSeverities))
})
