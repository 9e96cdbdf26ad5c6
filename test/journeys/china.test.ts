import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, expect, test } from 'vitest'
import { policyName } from '../../src/policy/index.ts'
import { cluster } from '../catalog/aws-world.ts'
import { eventually, testApi } from '../support/api.ts'

const account = '210987654321'
const region = 'cn-northwest-1'
const principal = `arn:aws-cn:iam::${account}:role/app-reader`
const api = testApi({
  worker: true,
  rules: (file) => {
    file.accounts.push({
      ...{ id: account, name: 'china', partition: 'aws-cn', regions: [region], externalId: 'sallyport-china' },
      role: `arn:aws-cn:iam::${account}:role/sallyport`,
    })
    file.rules.push({
      name: 'china',
      who: { groups: ['developers'] },
      databases: { accounts: [account] },
      dbUsers: ['db_user'],
      principals: [principal],
      approvals: [{ from: { groups: ['dba'] } }],
      duration: { default: 'PT1H', longest: 'PT8H' },
    })
  },
})
const stops: (() => void)[] = []
afterAll(() => {
  for (const stop of stops) stop()
})

/** A role of the account in China, trusted by Sallyport's own identity there. */
const role = (RoleName: string, ...actions: readonly string[]) => {
  const iam = { account, region: 'cn-north-1', service: 'iam' } as const
  const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const trust = policy({
    Principal: { AWS: 'arn:aws-cn:iam::123456789012:root' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'sallyport-china' } },
  })
  return [
    { ...iam, action: 'CreateRole', parameters: { RoleName, AssumeRolePolicyDocument: trust } },
    ...(actions.length === 0
      ? []
      : [
          {
            ...iam,
            action: 'PutRolePolicy',
            parameters: { RoleName, PolicyName: 'own', PolicyDocument: policy({ Action: actions, Resource: '*' }) },
          },
        ]),
  ]
}

test('in China a cluster is found, asked for, granted by a policy of its partition, connected to, and taken away', async () => {
  const developer = api.as('developer')
  api.standIn.seed([
    ...role('sallyport', 'iam:*', 'rds:Describe*', 'rds:ListTagsForResource'),
    ...role('app-reader'),
    cluster('orders', { account, region, resourceId: 'cluster-CHINA0123456789' }),
  ])
  await api.as('admin').sync({ accounts: [account] })
  await eventually(async () => expect(await developer.database('cluster-CHINA0123456789')).toMatchObject({ found: true }))

  const asked = await developer.ask({ principal, entitlements: [{ database: 'cluster-CHINA0123456789', dbUser: 'db_user' }] })
  const [grant] = (await api.as('dba').approve(asked.id)).grants
  const id = grant?.id ?? ''
  await eventually(async () => expect(await developer.grant(id)).toMatchObject({ status: 'active', attention: null }))

  const iam = new IAMClient({
    endpoint: api.standIn.url,
    region: 'cn-north-1',
    credentials: { accessKeyId: account, secretAccessKey: 'emulated' },
  })
  stops.push(() => iam.destroy())
  const PolicyName = policyName(api.parts.deployment.id)
  const read = () => iam.send(new GetRolePolicyCommand({ RoleName: 'app-reader', PolicyName }))
  expect(JSON.parse(decodeURIComponent((await read()).PolicyDocument ?? ''))).toMatchObject({
    Statement: [{ Resource: [`arn:aws-cn:rds-db:${region}:${account}:dbuser:cluster-CHINA0123456789/db_user`] }],
  })

  const { steps, tls } = await developer.connect(id)
  const host = /^orders\.cluster-[a-z0-9]+\.rds\.cn-northwest-1\.amazonaws\.com\.cn$/
  expect((await developer.database('cluster-CHINA0123456789')).host).toMatch(host)
  const commands = steps.map(({ command }) => command).join('\n')
  expect(commands).toMatch(/--hostname orders\.cluster-[a-z0-9]+\.rds\.cn-northwest-1\.amazonaws\.com\.cn/)
  expect(commands).toContain(`--region ${region}`)
  expect(tls.caBundle).toBe('https://rds-truststore.s3.cn-north-1.amazonaws.com.cn/global/global-bundle.pem')

  await developer.giveBack(id)
  await eventually(async () => expect((await developer.grant(id)).status).toBe('ended'))
  await expect(read()).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('a principal of another partition is refused there', async () => {
  const entitlements = [{ database: 'cluster-CHINA0123456789', dbUser: 'db_user' }]
  const asked = api.as('developer').ask({ principal: 'arn:aws:iam::123456789012:role/app-reader', entitlements })
  await expect(asked).rejects.toMatchObject({ code: 'unsupported_path', detail: expect.stringContaining('partition aws-cn') })
})
