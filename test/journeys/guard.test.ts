import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/dev/aws/permissions/verdict.ts'
import { eventually, testApi } from '../support/api.ts'
import type { RuleChange } from '../support/rules.ts'

const ACCOUNT = '123456789012'
const ORDERS = 'cluster-ABCDEFGHIJKL01234'
const principal = `arn:aws:iam::${ACCOUNT}:role/app-administrator`
const nobody = `arn:aws:iam::${ACCOUNT}:user/nobody`
const member = `arn:aws:iam::${ACCOUNT}:user/member`
const group = `arn:aws:iam::${ACCOUNT}:group/analysts`
const arnOf = (dbUser: string) => `arn:aws:rds-db:us-east-2:${ACCOUNT}:dbuser:${ORDERS}/${dbUser}`

const guarding =
  (...arns: readonly string[]): RuleChange =>
  (file) => {
    file.principals = arns.map((arn) => ({ arn, guard: true }))
    const rule = file.rules.find(({ name }) => name === 'production-with-a-dba')
    Object.assign(rule ?? {}, { principals: [principal, group] })
  }

const api = testApi({ rules: guarding(), worker: true })
const developer = api.as('developer')
const dba = api.as('dba')

/** As which database users the administrator can connect, by the evaluator of the stand-in and what IAM tells. */
async function connectable(): Promise<string[]> {
  const pages: GetAccountAuthorizationDetailsCommandOutput[] = []
  for await (const page of paginateGetAccountAuthorizationDetails({ client: api.iam }, {})) pages.push(page)
  const role = pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList).find(({ Arn }) => Arn === principal)
  const attached = new Set(role?.AttachedManagedPolicies?.map(({ PolicyArn }) => PolicyArn))
  const documents = pages
    .flatMap(({ Policies = [] }) => Policies)
    .filter(({ Arn }) => attached.has(Arn))
    .map(({ PolicyVersionList }) => PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document)
  const texts = [...documents, ...(role?.RolePolicyList ?? []).map(({ PolicyDocument }) => PolicyDocument)]
  const policies = texts.map((text) => decodeURIComponent(text ?? ''))
  const can = (dbUser: string) => verdictOf(policies, { action: 'rds-db:connect', resource: arnOf(dbUser), context: new Map() })
  return ['db_user', 'jane_doe', 'postgres'].filter((dbUser) => can(dbUser) === 'allowed')
}

const guards = async () => (await api.as('auditor').account(ACCOUNT)).guards
const report = async () => {
  const { guarded, items } = await api.as('auditor').access({ database: ORDERS, limit: '200' })
  const item = items.find((each) => each.principal.arn === principal)
  return {
    guarded,
    can: item?.access.map(({ dbUser, result }) => `${dbUser} ${result}`),
    hops: item?.couldObtain.map(({ action }) => action),
  }
}

beforeAll(async () => {
  await api.makeRole('app-administrator')
  const everything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
  const { Policy } = await api.iam.send(new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: everything }))
  await api.iam.send(new AttachRolePolicyCommand({ RoleName: 'app-administrator', PolicyArn: Policy?.Arn }))
  await api.iam.send(new CreateUserCommand({ UserName: 'member' }))
  await api.iam.send(new CreateGroupCommand({ GroupName: 'analysts' }))
  await api.iam.send(new AddUserToGroupCommand({ GroupName: 'analysts', UserName: 'member' }))
})

describe('an administrator', () => {
  it('connects without any grant, until it is guarded: then to what it is granted and no more, until it is let go', async () => {
    expect(await connectable()).toEqual(['db_user', 'jane_doe', 'postgres'])

    await api.useRules(guarding(principal, nobody))
    await eventually(async () =>
      expect(await guards()).toEqual([
        { principal, state: 'in_place', attention: null },
        { principal: nobody, state: 'missing', attention: null },
      ]),
    )
    expect(await connectable()).toEqual([])

    const preview = await developer.preview({ principal })
    expect(preview.policies?.before.map(({ document }) => JSON.parse(document).Statement)).toEqual([
      [{ Effect: 'Deny', Action: ['rds-db:connect'], Resource: ['*'] }],
    ])
    expect(preview.policies?.after?.map(({ kind, document }) => [kind, JSON.parse(document).Statement])).toEqual([
      ['inline', [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource: [arnOf('db_user')] }]],
      ['managed', [{ Effect: 'Deny', Action: ['rds-db:connect'], NotResource: [arnOf('db_user')] }]],
    ])

    const { id } = await developer.ask({ principal })
    const [opened] = (await dba.approve(id)).grants
    const grantId = opened?.id ?? ''
    await eventually(async () => expect((await developer.grant(grantId)).status).toBe('active'))
    expect([await connectable(), (await developer.grant(grantId)).guarded]).toEqual([['db_user'], true])
    await eventually(async () => expect(await report()).toMatchObject({ guarded: [principal], can: ['db_user allowed'] }))
    expect((await report()).hops).toContain('iam:DetachRolePolicy')

    const { warnings } = await dba.revoke(grantId)
    expect(warnings).toEqual([])
    await eventually(async () => expect((await developer.grant(grantId)).status).toBe('ended'))
    expect([await connectable(), (await report()).can]).toEqual([[], []])

    await api.useRules(guarding())
    await eventually(async () => expect(await connectable()).toEqual(['db_user', 'jane_doe', 'postgres']))
    expect(await guards()).toEqual([])
  })
})

describe('whom a guard would keep from what is asked for', () => {
  it('is told to whoever asks and approves', async () => {
    await api.useRules(guarding(member))
    await eventually(async () => expect(await guards()).toMatchObject([{ principal: member, state: 'in_place' }]))
    const { warnings } = await developer.preview({ principal: group })
    expect(warnings).toEqual([{ code: 'denied_by_guard', detail: expect.stringContaining(`${member} of this group is guarded`) }])
    const { id } = await developer.ask({ principal: group })
    expect((await dba.request(id)).warnings).toEqual(warnings)
  })
})
