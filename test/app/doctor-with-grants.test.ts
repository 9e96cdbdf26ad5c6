import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AttachRolePolicyCommand, CreatePolicyCommand } from '@aws-sdk/client-iam'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { doctorCommand } from '../../src/app/doctor.ts'
import { loadEnvironment } from '../../src/config/index.ts'
import type { DoctorReport } from '../../src/doctor/index.ts'
import { sweepAccount } from '../../src/reconcile/index.ts'
import { testApi } from '../support/api.ts'
import { demoRules, type RuleChange, withPerson } from '../support/rules.ts'

const api = testApi()
const ACCOUNT = '123456789012'
const reader = `arn:aws:iam::${ACCOUNT}:role/app-reader`
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-doctor-'))
  vi.stubEnv('AWS_ACCESS_KEY_ID', ACCOUNT)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

async function run(json: boolean, ...changes: readonly RuleChange[]): Promise<string> {
  const path = join(folder, 'sallyport.yaml')
  await writeFile(path, JSON.stringify(demoRules(...changes).content))
  const variables = { DATABASE_URL: api.database.url, SALLYPORT_CONFIG: path, AWS_ENDPOINT_URL: api.standIn.url }
  const said: string[] = []
  await doctorCommand(
    loadEnvironment('doctor', variables),
    { json },
    (text) => said.push(text),
    () => {},
  )
  return said.join('\n')
}
const examine = async (...changes: readonly RuleChange[]): Promise<DoctorReport> => JSON.parse(await run(true, ...changes))
const sweep = () =>
  sweepAccount({ database: api.parts.db, aws: api.parts.aws, deploymentId: api.parts.deployment.id }, pino({ level: 'silent' }))(ACCOUNT)
const attach = async (number: number) => {
  const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'
  const { Policy } = await api.iam.send(new CreatePolicyCommand({ PolicyName: `theirs-${number}`, PolicyDocument }))
  await api.iam.send(new AttachRolePolicyCommand({ RoleName: 'app-reader', PolicyArn: Policy?.Arn }))
}
const quotaFindings = ({ findings }: DoctorReport) => findings.filter(({ check }) => check === 'quota')

test('a principal that has grants and hardly room for a managed policy is told, others are not', async () => {
  for (let number = 1; number <= 9; number += 1) await attach(number)
  await sweep()
  expect(await examine()).toMatchObject({ accounts: [{ principals: [] }] })
  const { id } = await api.as('developer').ask()
  const [grant] = (await api.as('dba').approve(id)).grants
  const report = await examine()
  expect(report.accounts).toMatchObject([{ principals: [{ arn: reader, attached: 9, quota: 10 }] }])
  expect(quotaFindings(report)).toMatchObject([{ level: 'warning', what: expect.stringContaining(`${reader} (9 of 10)`) }])
  await api.change('grant', `status = 'ended', end_reason = 'expired', ended_at = now(), revoking_at = now()`, grant?.id ?? '')
  expect(quotaFindings(await examine())).toEqual([])
})

test('a sallyport.yaml that is not the one in force is told, with the cure', async () => {
  const ofRules = ({ findings }: DoctorReport) => findings.filter(({ check }) => check === 'configuration')
  expect(ofRules(await examine())).toEqual([])
  expect(ofRules(await examine(withPerson('newcomer', 'developers')))).toMatchObject([
    {
      level: 'warning',
      what: expect.stringMatching(/^Not this file is in force/),
      cure: expect.stringContaining('sallyport rules activate'),
    },
  ])
})

test('what is printed fits 80 columns, and nothing of it is cut off', async () => {
  const output = await run(false, withPerson('newcomer', 'developers'))
  const tables = output.split('\n').filter((line) => /[│┌├└]/.test(line))
  expect(Math.max(...tables.map((line) => line.length))).toBe(80)
  expect(output).not.toContain('…')
})
