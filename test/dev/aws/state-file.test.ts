import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, GetRoleCommand, GetRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateDBClusterCommand, DescribeDBClustersCommand } from '@aws-sdk/client-rds'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AwsStandIn, startAwsStandIn } from '../../../src/dev/aws/index.ts'
import { ACCOUNT, clientsFor, POLICY, TRUST } from './support.ts'

let folder: string
let stateFile: string
let standIn: AwsStandIn | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-stand-in-'))
  stateFile = join(folder, 'dev', 'aws.json')
})
afterEach(async () => {
  await standIn?.close()
  standIn = null
  await rm(folder, { recursive: true })
})

const start = async (): Promise<AwsStandIn> => {
  await standIn?.close()
  standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile })
  return standIn
}

const createRole = new CreateRoleCommand({ RoleName: '__proto__', AssumeRolePolicyDocument: TRUST })
const putPolicy = new PutRolePolicyCommand({ RoleName: '__proto__', PolicyName: 'p', PolicyDocument: POLICY })

it('keeps everything over a restart, sessions included', async () => {
  const before = clientsFor(await start())
  const { Role } = await before.iam.send(createRole)
  await before.iam.send(putPolicy)
  await before.rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'orders', Engine: 'aurora-mysql' }))
  const { DBClusters } = await before.rds.send(new DescribeDBClustersCommand({}))
  const { Credentials } = await before.sts.send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'sallyport' }))

  const restarted = await start()
  const after = clientsFor(restarted)
  expect((await after.iam.send(new GetRoleCommand({ RoleName: '__proto__' }))).Role).toEqual(Role)
  const { PolicyDocument } = await after.iam.send(new GetRolePolicyCommand({ RoleName: '__proto__', PolicyName: 'p' }))
  expect(decodeURIComponent(PolicyDocument ?? '')).toBe(POLICY)
  expect((await after.rds.send(new DescribeDBClustersCommand({}))).DBClusters).toEqual(DBClusters)
  const session = clientsFor(restarted, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  })
  expect(await session.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: ACCOUNT })
})

it('has a change in the file before it is answered, and leaves nothing else beside it', async () => {
  const { iam } = clientsFor(await start())
  await iam.send(createRole)
  await iam.send(putPolicy)
  const state = JSON.parse(await readFile(stateFile, 'utf8'))
  expect(state.accounts[ACCOUNT].roles[0].inlinePolicies).toEqual([{ name: 'p', document: POLICY }])
  expect(await readdir(join(folder, 'dev'))).toEqual(['aws.json'])
})

it('makes no change that it cannot keep', async () => {
  const { iam } = clientsFor(await start())
  await iam.send(createRole)
  await rm(join(folder, 'dev'), { recursive: true })
  await writeFile(join(folder, 'dev'), 'in the way')
  await expect(iam.send(putPolicy)).rejects.toMatchObject({ Code: 'InternalFailure', $metadata: { httpStatusCode: 500 } })
  await rm(join(folder, 'dev'))
  await expect(iam.send(new GetRolePolicyCommand({ RoleName: '__proto__', PolicyName: 'p' }))).rejects.toMatchObject({
    Code: 'NoSuchEntity',
  })
  await iam.send(putPolicy)
})

it.each(['', '{}', 'not JSON', '{"accounts":{"1":{}}}'])('does not start on a file that holds %j, and leaves it alone', async (content) => {
  stateFile = join(folder, 'aws.json')
  await writeFile(stateFile, content)
  await expect(start()).rejects.toThrow(`${stateFile} is not a state of the AWS stand-in`)
  expect(await readFile(stateFile, 'utf8')).toBe(content)
})
