import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { doctorCommand } from '../../src/app/doctor.ts'
import { declareCatalog } from '../../src/catalog/index.ts'
import { loadEnvironment, loadSallyportFile } from '../../src/config/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../../src/dev/aws/index.ts'
import type { DoctorReport, Finding } from '../../src/doctor/index.ts'
import { adoptRuleSet } from '../../src/identity/index.ts'
import { fillingFor } from '../deploy/documents.ts'
import { deploy, deployWith } from '../deploy/role-in-stand-in.ts'
import { openOrganisation } from '../dev/aws/identity-center/organisation.ts'
import { keysOf, policyAllowing } from '../dev/aws/support.ts'
import { testDatabase } from '../support/database.ts'

const { db, url } = testDatabase()
const SERVICE = '999999999999'
const trusted = `arn:aws:iam::${SERVICE}:root`
let standIn: AwsStandIn
let folder: string
let deployment: string

beforeAll(async () => {
  standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
  folder = await mkdtemp(join(tmpdir(), 'sallyport-doctor-'))
  deployment = (await db.prisma.deployment.findFirstOrThrow()).id
  vi.stubEnv('AWS_ACCESS_KEY_ID', SERVICE)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await standIn.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => standIn.faults.clear())

const operator = { kind: 'system', person: null, credential: 'test', via: 'cli' } as const

const shop = `
accounts:
  - { id: "123456789012", name: shop, regions: [us-east-2, eu-west-1], role: "arn:aws:iam::123456789012:role/sallyport", externalId: 3f1c9a52-shop }
databases:
  - arn: arn:aws:rds:us-east-2:123456789012:cluster:orders
    resourceId: cluster-ABCDEFGHIJKL01234
    engine: aurora-postgresql
    host: orders.cluster-example.us-east-2.rds.amazonaws.com
`

const accountYaml = (id: string, name: string, more = ''): string =>
  `  - { id: "${id}", name: ${name}, regions: [us-east-2], role: "arn:aws:iam::${id}:role/sallyport", externalId: 3f1c9a52-shop${more} }\n`

async function file(yaml: string): Promise<string> {
  const path = join(folder, `${Math.random()}.yaml`)
  await writeFile(path, yaml)
  return path
}

const adminOf = (account: string) => new IAMClient({ endpoint: standIn.url, region: 'us-east-2', credentials: keysOf(account) })
const fillingOf = (account: string) => fillingFor(account, deployment, { trusted })

async function run(yaml: string, { json = true, databaseUrl = url } = {}) {
  const path = await file(yaml)
  const loaded = await loadSallyportFile(path).catch(() => null) // null: not to be in force
  if (loaded !== null) await adoptRuleSet(db, declareCatalog)({ loaded, force: true }, operator)
  const variables = { DATABASE_URL: databaseUrl, SALLYPORT_CONFIG: path, AWS_ENDPOINT_URL: standIn.url }
  const said: string[] = []
  const progress: string[] = []
  const exitCode = await doctorCommand(
    loadEnvironment('doctor', variables),
    { json },
    (text) => said.push(text),
    (text) => progress.push(text),
  )
  return { exitCode, output: said.join('\n'), progress }
}

async function examine(yaml: string, options?: { databaseUrl: string }) {
  const { output, ...rest } = await run(yaml, options)
  const report: DoctorReport = JSON.parse(output)
  return { ...rest, report, findings: report.findings }
}

const brief = (findings: readonly Finding[]) => findings.map(({ level, check, where }) => [level, check, where])

describe('sallyport doctor', () => {
  beforeAll(() => deploy(adminOf('123456789012'), 'contained', fillingOf('123456789012')))

  test('finds nothing wrong where the template is deployed, and says which tier it is', async () => {
    const { exitCode, report, progress } = await examine(shop)
    expect(report).toMatchObject({
      ok: true,
      identity: `arn:aws:iam::${SERVICE}:user/administrator`,
      deploymentId: deployment,
      clockAhead: { aws: expect.any(Number), postgres: expect.any(Number) },
      accounts: [
        {
          id: '123456789012',
          identity: 'arn:aws:sts::123456789012:assumed-role/sallyport/sallyport',
          tier: 'contained',
          regions: [
            { name: 'us-east-2', reached: true },
            { name: 'eu-west-1', reached: true },
          ],
          room: [
            { what: 'roles', used: 1, quota: 1_000 },
            { what: 'managed policies', used: 1, quota: 1_500 },
          ],
        },
      ],
      findings: [],
    })
    expect(exitCode).toBe(0)
    expect(progress.slice(1)).toEqual(['Postgres: ok', 'AWS: ok', '123456789012 (shop): contained, ok'])
  })

  test('changes nothing in AWS', async () => {
    standIn.calls.reset()
    await examine(shop)
    const reads = /^(Get|List|Describe|AssumeRole)/
    expect(standIn.calls.list().filter(({ action, outcome }) => outcome !== 'ok' || !reads.test(action))).toEqual([])
  })

  test('prints the accounts and that nothing is wrong, for people', async () => {
    const { output } = await run(shop, { json: false })
    expect(output).toContain('123456789012 (shop)')
    expect(output).toContain('contained')
    expect(output).toMatch(/Nothing is wrong\.$/)
  })
})

describe('the account that administers Identity Center', () => {
  const withCenter = (instance: string, region: string) =>
    `${shop}identityCenter: { instance: "${instance}", region: ${region}, account: "123456789012" }\n`
  let instance: string

  beforeAll(async () => {
    const organisation = await openOrganisation(standIn)
    organisation.sso.destroy()
    instance = organisation.InstanceArn
  })

  test('is asked in the home region of the instance, and nothing is wrong', async () => {
    standIn.calls.reset()
    expect((await examine(withCenter(instance, 'us-east-2'))).findings).toEqual([])
    expect(standIn.calls.list().map(({ action }) => action)).toContain('ListPermissionSetsProvisionedToAccount')
  })

  test('is told when it cannot, with what to look at', async () => {
    const { findings, exitCode } = await examine(withCenter(instance, 'eu-west-1'))
    expect(brief(findings)).toEqual([['error', 'identity-center', '123456789012 (shop)']])
    expect(findings[0]?.cure).toContain('policy permission-sets of deploy/aws')
    expect(exitCode).toBe(1)
  })
})

describe.each(['bounded', 'any'] as const)('a role of tier %s', (tier) => {
  test('is known by its policies, without any finding', async () => {
    const id = tier === 'any' ? '300000000001' : '300000000002'
    await deploy(adminOf(id), tier, fillingOf(id))
    const { report } = await examine(`accounts:\n${accountYaml(id, 'other')}`)
    expect([report.accounts[0]?.tier, report.findings]).toEqual([tier, []])
  })
})

describe('what is wrong with a role', () => {
  test('is told for each account, with the others none the worse', async () => {
    await deploy(adminOf('300000000003'), 'contained', { ...fillingOf('300000000003'), external_id: 'another' })
    const { exitCode, report, findings } = await examine(
      `accounts:\n${accountYaml('300000000003', 'stranger')}${accountYaml('123456789012', 'shop')}`,
    )
    expect(exitCode).toBe(1)
    expect(brief(findings)).toEqual([['error', 'role', '300000000003 (stranger)']])
    expect(findings[0]?.cure).toContain(`lets arn:aws:iam::${SERVICE}:user/administrator assume it with the configured externalId`)
    expect(report.accounts.map(({ tier }) => tier)).toEqual(['unknown', 'contained'])
  })

  test('that it was deployed for another deployment', async () => {
    await deploy(adminOf('300000000004'), 'contained', fillingFor('300000000004', 'zzzzzzzzzz', { trusted }))
    const { findings } = await examine(`accounts:\n${accountYaml('300000000004', 'other')}`)
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: 'error',
        check: 'permissions',
        what: expect.stringContaining(`iam:CreateRole, iam:PutRolePermissionsBoundary, iam:PutRolePolicy`),
        cure: expect.stringContaining('the deployment’s id'),
      }),
    )
  })

  test('that it may only read', async () => {
    await deployWith(
      adminOf('300000000005'),
      fillingOf('300000000005'),
      new Map([['own', policyAllowing(['iam:Get*', 'iam:List*', 'rds:Describe*'])]]),
    )
    const { report, findings } = await examine(`accounts:\n${accountYaml('300000000005', 'other')}`)
    expect(report.accounts[0]?.tier).toBe('read-only')
    expect(findings.map(({ what }) => what)).toEqual([
      'The role cannot give access to anybody: it may write no policy',
      'The role lacks rds:ListTagsForResource on *',
    ])
  })

  test('that it is an administrator', async () => {
    await deployWith(adminOf('300000000006'), fillingOf('300000000006'), new Map([['own', policyAllowing('*')]]))
    const { exitCode, report, findings } = await examine(`accounts:\n${accountYaml('300000000006', 'other')}`)
    expect(report.accounts[0]?.tier).toBe('any')
    expect(brief(findings)).toEqual([['warning', 'permissions', '300000000006 (other)']])
    expect(findings[0]?.what).toContain('iam:CreateUser')
    expect(exitCode).toBe(0)
  })

  test('that it cannot attach the guards that sallyport.yaml asks for', async () => {
    const guards = 'principals: [{ arn: "arn:aws:iam::123456789012:role/administrator", guard: true }]\n'
    const { exitCode, findings } = await examine(`${shop}${guards}`)
    expect(brief(findings)).toEqual([['warning', 'permissions', '123456789012 (shop)']])
    expect(findings[0]?.what).toContain('cannot attach the guards of arn:aws:iam::123456789012:role/administrator')
    expect(exitCode).toBe(0)
  })

  test('or that it may not even be read', async () => {
    await deployWith(adminOf('300000000007'), fillingOf('300000000007'), new Map([['own', policyAllowing('rds:DescribeDBClusters')]]))
    const { report, findings } = await examine(`accounts:\n${accountYaml('300000000007', 'other')}`)
    expect(report.accounts[0]?.tier).toBe('unknown')
    expect(brief(findings)).toEqual([
      ['warning', 'permissions', '300000000007 (other)'],
      ['warning', 'quota', '300000000007 (other)'],
    ])
  })
})

describe('what is wrong besides', () => {
  test('a region that is not enabled', async () => {
    standIn.faults.add({ action: 'DescribeDBClusters', kind: 'error', status: 400, code: 'OptInRequired', times: 1 })
    const { findings } = await examine(shop)
    expect(brief(findings)).toEqual([['error', 'region', '123456789012 (shop)']])
    expect(findings[0]).toMatchObject({
      what: expect.stringMatching(/is not enabled in the account/),
      cure: expect.stringMatching(/^Enable it/),
    })
  })

  test('a database with IAM authentication off', async () => {
    await db.prisma.database.updateMany({ data: { iamAuth: false } })
    const { exitCode, findings } = await examine(shop)
    expect(brief(findings)).toEqual([['warning', 'iam-authentication', '123456789012 (shop)']])
    expect(findings[0]?.cure).toContain('aws rds modify-db-cluster --region us-east-2 --db-cluster-identifier orders')
    expect(exitCode).toBe(0)
    await db.prisma.database.updateMany({ data: { iamAuth: true } })
  })

  test('sallyport.yaml, and then Postgres is looked at all the same', async () => {
    const { exitCode, report, findings } = await examine('accounts: [{ id: 12 }]')
    expect([exitCode, report.deploymentId, report.accounts]).toEqual([1, deployment, []])
    expect(findings).toMatchObject([{ level: 'error', check: 'configuration', what: expect.stringContaining('.yaml:1:') }])
  })

  test('Postgres, and then the accounts are looked at all the same', async () => {
    const { report, findings } = await examine(shop, { databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })
    expect(brief(findings)).toEqual([
      ['error', 'postgres', 'Postgres'],
      ['warning', 'permissions', '123456789012 (shop)'],
    ])
    expect(report.accounts[0]?.regions.every(({ reached }) => reached)).toBe(true)
  })

  test('no AWS identity, said once and not for every account', async () => {
    standIn.faults.add({ action: 'GetCallerIdentity', kind: 'error', status: 403, code: 'InvalidClientTokenId' })
    const { exitCode, findings } = await examine(shop)
    expect(brief(findings)).toEqual([['error', 'identity', 'AWS']])
    expect(exitCode).toBe(1)
  })
})
