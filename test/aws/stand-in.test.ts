import { CreateRoleCommand, DeleteRoleCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Aws, createAws } from '../../src/aws/index.ts'
import { type AwsStandIn, startAwsStandIn } from '../../src/dev/aws/index.ts'
import { accountSessionContract } from './contract/account-session.ts'
import { account, credentials } from './contract/world.ts'

let standIn: AwsStandIn

beforeAll(async () => {
  standIn = await startAwsStandIn({ port: 0, host: '127.0.0.1', stateFile: null })
})
afterAll(() => standIn.close())

describe('an account session over the stand-in', () => accountSessionContract(() => standIn.url))

describe('what moto does not do', () => {
  const role = { kind: 'role', name: 'sallyport' } as const
  const assuming = { ...account, roleArn: 'arn:aws:iam::123456789012:role/sallyport', externalId: 'ours' }
  let iam: IAMClient
  let aws: Aws

  beforeEach(async () => {
    iam = new IAMClient({ endpoint: standIn.url, region: 'us-east-2', credentials })
    aws = createAws({ endpoint: standIn.url, region: 'us-east-2', credentials })
    await iam.send(new CreateRoleCommand({ RoleName: role.name, AssumeRolePolicyDocument: trustPolicy }))
    standIn.calls.reset()
  })
  afterEach(async () => {
    standIn.faults.clear()
    await iam.send(new DeleteRoleCommand({ RoleName: role.name }))
    iam.destroy()
    aws.close()
  })

  const sent = (): string[] => standIn.calls.list().map((call) => call.action)

  test('a document over the quota is refused as `quota`, at the first attempt', async () => {
    const put = aws.session(account).putInlinePolicy(role, 'sallyport-x', policyOf('x'.repeat(10_240)), () => {})
    await expect(put).rejects.toMatchObject({ reason: 'quota', awsCode: 'LimitExceeded', answered: true })
    expect(sent()).toEqual(['PutRolePolicy'])
  })

  test('a write whose answers are all lost is unanswered, and has taken effect', async () => {
    standIn.faults.add({ kind: 'lost-answer', action: 'PutRolePolicy', times: 3 })
    const session = aws.session(account)
    await expect(session.putInlinePolicy(role, 'sallyport-x', policyOf('x'), () => {})).rejects.toMatchObject({
      reason: 'unavailable',
      answered: false,
    })
    expect(await session.listInlinePolicies(role)).toEqual([{ name: 'sallyport-x', document: policyOf('x') }])
    await session.deleteInlinePolicy(role, 'sallyport-x', () => {})
  })

  test('a deletion whose first answer is lost is done', async () => {
    const session = aws.session(account)
    await session.putInlinePolicy(role, 'sallyport-x', policyOf('x'), () => {})
    standIn.faults.add({ kind: 'lost-answer', action: 'DeleteRolePolicy', times: 1 })
    await expect(session.deleteInlinePolicy(role, 'sallyport-x', () => {})).resolves.toBeDefined()
    expect(await session.listInlinePolicies(role)).toEqual([])
  })

  test('a policy deleted between listing and reading is left out', async () => {
    const session = aws.session(account)
    await session.putInlinePolicy(role, 'a', policyOf('a'), () => {})
    await session.putInlinePolicy(role, 'b', policyOf('b'), () => {})
    standIn.faults.add({ kind: 'error', action: 'GetRolePolicy', code: 'NoSuchEntity', status: 404, times: 1 })
    expect(await session.listInlinePolicies(role)).toEqual([{ name: 'b', document: policyOf('b') }])
    for (const name of ['a', 'b']) await session.deleteInlinePolicy(role, name, () => {})
  })

  test('reading assumes the role once, and each plan once more', async () => {
    await iam.send(new PutRolePolicyCommand({ RoleName: role.name, PolicyName: 'own', PolicyDocument: managesIam }))
    const reading = aws.session(assuming)
    await Promise.all([reading.getPrincipal(role), reading.getPrincipal(role)])
    await aws.session({ ...assuming }).getPrincipal(role)
    expect(sent().filter((action) => action === 'AssumeRole')).toHaveLength(1)

    const plan = aws.session(assuming, 'pln_01h455vb4pex5vsknk084sn02q')
    await plan.putInlinePolicy(role, 'sallyport-x', policyOf('x'), () => {})
    await plan.deleteInlinePolicy(role, 'sallyport-x', () => {})
    await iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: 'own' }))
    expect(sent().filter((action) => action === 'AssumeRole')).toHaveLength(2)
  })

  test('a wrong external id is `denied`', async () => {
    const wrong = aws.session({ ...assuming, externalId: 'theirs' }).getPrincipal(role)
    await expect(wrong).rejects.toMatchObject({ reason: 'denied', awsCode: 'AccessDenied', answered: true })
  })
})

const policyOf = (bucket: string): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::${bucket}"]}]}`

const managesIam = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}'

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'ours' } },
    },
  ],
})
