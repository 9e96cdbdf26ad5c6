import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam'
import { GetInlinePolicyForPermissionSetCommand, PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepAccount } from '../../src/reconcile/index.ts'
import { assign, makeSet, type Organisation, openOrganisation } from '../dev/aws/identity-center/organisation.ts'
import { keysOf } from '../dev/aws/support.ts'
import { type OraclePolicy, oracle } from '../policy/oracle.ts'
import { eventually, testApi } from '../support/api.ts'
import { Refused } from '../support/client.ts'
import type { RuleChange } from '../support/rules.ts'

const HOME = '123456789012'
const ELSEWHERE = '210987654321'
const resource = `arn:aws:rds-db:us-east-2:${HOME}:dbuser:cluster-ABCDEFGHIJKL01234/db_user`

const api = testApi({ worker: true })
const developer = api.as('developer')
const dba = api.as('dba')
let organisation: Organisation
let elsewhere: IAMClient

beforeAll(async () => {
  organisation = await openOrganisation(api.standIn)
  elsewhere = new IAMClient({ endpoint: api.standIn.url, region: 'us-east-2', credentials: keysOf(ELSEWHERE) })
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HOME}:root` }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
  await elsewhere.send(new CreateRoleCommand({ RoleName: 'sallyport', AssumeRolePolicyDocument }))
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
  const { Policy } = await elsewhere.send(new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument }))
  await elsewhere.send(new AttachRolePolicyCommand({ RoleName: 'sallyport', PolicyArn: Policy?.Arn }))
  await api.useRules(withSets)
})
afterAll(() => {
  organisation.sso.destroy()
  elsewhere.destroy()
})

/** Two accounts, and a rule that lets developers ask for permission sets. */
const withSets: RuleChange = (file) => {
  file.accounts.push({ id: ELSEWHERE, name: 'elsewhere', regions: ['us-east-2'], role: `arn:aws:iam::${ELSEWHERE}:role/sallyport` })
  Object.assign(file, { identityCenter: { instance: organisation.InstanceArn, region: 'us-east-2', account: HOME } })
  file.rules.push({
    name: 'permission-sets',
    who: { groups: ['developers'] },
    databases: {},
    dbUsers: ['db_user'],
    principals: ['arn:aws:sso:::permissionSet/*'],
    approvals: [{ from: { groups: ['dba'] } }],
    duration: { default: 'PT1H', longest: 'PT8H' },
  })
}

async function newSet(name: string, ...accounts: readonly string[]): Promise<string> {
  const arn = await makeSet(organisation, name)
  for (const account of accounts) await assign(organisation, arn, account)
  return arn
}

/** How many calls there are to SSO, for the next half minute. */
const leaveCalls = (calls: number) =>
  api.parts.db.prisma.callBudget.upsert({
    where: { accountId_service: { accountId: HOME, service: 'sso' } },
    create: { accountId: HOME, service: 'sso', calls, asOf: new Date(Date.now() + 30_000) },
    update: { calls, asOf: new Date(Date.now() + 30_000) },
  })

async function grantedTo(principal: string) {
  const { id } = await developer.ask({ principal })
  const grant = (await dba.approve(id)).grants[0]
  if (grant === undefined) throw new Error('an approved request has grants')
  await eventually(async () => expect(await developer.grant(grant.id)).toMatchObject({ status: 'active', attention: null }))
  return developer.grant(grant.id)
}

/** The policies of the role that a permission set has in an account. */
async function policiesOf(set: string, account = HOME): Promise<OraclePolicy[]> {
  const iam = account === HOME ? api.iam : elsewhere
  const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: '/aws-reserved/' }))
  const RoleName = Roles.find((role) => role.RoleName?.startsWith(`AWSReservedSSO_${set}_`) === true)?.RoleName
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
  const documents = await Promise.all([
    ...AttachedPolicies.map(async ({ PolicyArn }) => {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
      return (await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }))).PolicyVersion?.Document
    }),
    ...PolicyNames.map(async (PolicyName) => (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument),
  ])
  return documents.map((document) => JSON.parse(decodeURIComponent(document ?? '')))
}

const canConnect = async (set: string, account?: string): Promise<string> =>
  oracle({ policies: await policiesOf(set, account), boundary: null, resource, context: {} })

const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const answer = await call.catch((error: unknown) => error)
  if (answer instanceof Refused) return answer
  throw new Error('it was not refused')
}

describe('a permission set', () => {
  it('connects by a policy that it refers to, from an approval until it is given back', async () => {
    const principal = await newSet('reader', HOME, ELSEWHERE)
    const preview = await developer.preview({ principal })
    expect(preview.policies?.before).toEqual([])
    expect(preview.policies?.after).toMatchObject([{ kind: 'managed', entity: principal, document: expect.stringContaining(resource) }])

    const grant = await grantedTo(principal)
    expect(grant).toMatchObject({ principal, principalUniqueId: principal.split('/')[2], accessRole: null })
    expect([await canConnect('reader'), await canConnect('reader', ELSEWHERE)]).toEqual(['allowed', 'implicitly-denied'])

    const { request } = grant
    expect((await developer.request(request)).principal).toMatchObject({ kind: 'permission-set', account: null })
    const connect = await developer.connect(grant.id)
    expect(connect.sso).toEqual({ account: HOME, permissionSet: 'reader' })
    expect(connect.steps.map(({ command }) => command)).toEqual(
      expect.arrayContaining([
        `aws configure sso --profile=reader-${HOME}`,
        `export AWS_PROFILE=reader-${HOME} && aws sso login`,
        expect.stringContaining('generate-db-auth-token'),
      ]),
    )

    await developer.giveBack(grant.id)
    await eventually(async () => expect((await developer.grant(grant.id)).status).toBe('ended'))
    expect(await canConnect('reader')).toBe('implicitly-denied')
    expect((await policiesOf('reader')).length).toBe(1)
  })

  it('that is in an account that is not managed connects by its inline policy, in which others’ statements stay', async () => {
    const principal = await newSet('wide', HOME, '999988887777')
    const { sso, InstanceArn } = organisation
    const InlinePolicy = '{"Version":"2012-10-17", "Statement":[{"Sid":"Theirs","Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
    await sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn: principal, InlinePolicy }))
    const inline = async () =>
      (await sso.send(new GetInlinePolicyForPermissionSetCommand({ InstanceArn, PermissionSetArn: principal }))).InlinePolicy

    const preview = await developer.preview({ principal })
    expect(preview.policies?.after).toMatchObject([{ kind: 'inline', name: 'AwsSSOInlinePolicy', entity: principal }])
    const grant = await grantedTo(principal)
    expect(await inline()).toBe(preview.policies?.after?.[0]?.document)
    expect(await canConnect('wide')).toBe('allowed')

    await dba.revoke(grant.id)
    await eventually(async () => expect((await developer.grant(grant.id)).status).toBe('ended'))
    expect(await inline()).toBe(InlinePolicy)
    expect(await canConnect('wide')).toBe('implicitly-denied')
  })

  it('is among those who can connect, as its role in the account', async () => {
    const grant = await grantedTo(await newSet('listed', HOME))
    await api.parts.db.prisma.$executeRaw`update account_snapshot set next_at = now() - interval '1 minute'`
    await sweepAccount(
      { database: api.parts.db, aws: api.parts.aws, deploymentId: api.parts.deployment.id },
      pino({ level: 'silent' }),
    )(HOME)
    const { items } = await api.as('admin').access({ database: 'cluster-ABCDEFGHIJKL01234', dbUser: 'db_user' })
    const item = items.find(({ principal }) => principal.arn.includes('AWSReservedSSO_listed_'))
    expect(item?.access).toMatchObject([{ dbUser: 'db_user', result: 'allowed', grants: [{ grant: grant.id }], policies: [] }])
  })
})

describe('who else can use a permission set', () => {
  const told = {
    summary: `Whoever is assigned to the permission set in account ${HOME}: 1 user of Identity Center.`,
    principals: [{ kind: 'identity-center-user', conditional: false }],
  }

  it('is told before it is asked for, and to who approves it, with one call for each account of the databases', async () => {
    const principal = await newSet('told', HOME, ELSEWHERE)
    api.standIn.calls.reset()
    expect((await developer.preview({ principal })).sharedWith).toMatchObject(told)
    const { id } = await developer.ask({ principal })
    expect((await dba.request(id)).principal.sharedWith).toMatchObject({ ...told, principals: [{ id: organisation.userId }] })
    expect(api.standIn.calls.list().filter(({ action }) => action === 'ListAccountAssignments')).toHaveLength(1)
  })

  it.each([
    [
      'Identity Center does not say',
      () =>
        api.standIn.faults.add({
          kind: 'error',
          service: 'sso',
          action: 'ListAccountAssignments',
          code: 'AccessDeniedException',
          status: 400,
        }),
    ],
    ['its calls are needed for what is more urgent', () => leaveCalls(0)],
  ])('is not told, and refuses nothing, while %s', async (_why, withhold) => {
    const principal = await newSet(`untold-${Math.random().toString(36).slice(2, 8)}`, HOME)
    await withhold()
    try {
      const { status, principal: asked } = await developer.ask({ principal })
      expect([status, asked.sharedWith]).toEqual(['pending', null])
    } finally {
      api.standIn.faults.clear()
      await leaveCalls(100)
    }
    expect((await developer.ask({ principal })).principal.sharedWith).toMatchObject(told)
  })
})

describe('what cannot be', () => {
  it.each([
    ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef', 'unsupported_principal', 'another instance'],
    ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef', 'invalid_arn', 'no permission set'],
  ])('%s is refused as %s', async (principal, code, why) => {
    expect(await refusalOf(developer.ask({ principal }))).toMatchObject({ code, detail: expect.stringContaining(why) })
  })

  it('a set that is not there is unknown', async () => {
    const principal = `${organisation.InstanceArn.replace(':instance/', ':permissionSet/')}/ps-0000000000000000`
    expect(await refusalOf(developer.ask({ principal }))).toMatchObject({ code: 'unknown_principal' })
  })

  it('a set to which nobody is assigned in the account of the database is refused, with the account', async () => {
    const principal = await newSet('nowhere', ELSEWHERE)
    const refusal = { code: 'permission_set_not_provisioned', detail: expect.stringContaining(HOME) }
    expect(await refusalOf(developer.ask({ principal }))).toMatchObject(refusal)
  })

  it('a role of a set is refused with the ARN of the set to ask for', async () => {
    const arn = await newSet('pointed', HOME)
    const { Roles = [] } = await api.iam.send(new ListRolesCommand({ PathPrefix: '/aws-reserved/' }))
    const role = Roles.find(({ RoleName }) => RoleName?.startsWith('AWSReservedSSO_pointed_') === true)?.Arn
    const refusal = await refusalOf(developer.ask({ principal: role }))
    expect(refusal).toMatchObject({ code: 'unsupported_principal', detail: expect.stringContaining(arn) })
  })

  it('while Identity Center is away that is said, and what was looked up a moment ago still counts', async () => {
    const [known, unknown] = [await newSet('known', HOME), await newSet('unheard', HOME)]
    await developer.ask({ principal: known })
    api.standIn.faults.add({ kind: 'error', service: 'sso', action: '*', code: 'InternalServerException', status: 500 })
    try {
      expect((await developer.ask({ principal: known })).status).toBe('pending')
      expect(await refusalOf(developer.ask({ principal: unknown }))).toMatchObject({ code: 'aws_unavailable' })
    } finally {
      api.standIn.faults.clear()
    }
  })

  it('by tag or region the account must be named', async () => {
    const principal = await newSet('by-tag', HOME)
    const entitlements = [{ database: { region: 'us-east-2', tags: { environment: 'production' } }, dbUser: 'db_user' }]
    expect(await refusalOf(developer.ask({ principal, entitlements }))).toMatchObject({ code: 'invalid_request' })
  })
})
