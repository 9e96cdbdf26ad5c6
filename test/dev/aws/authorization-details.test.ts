import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  GetAccountSummaryCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, policyOfLength, startInMemory, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 350_000_000_000

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const POWER_USER = 'arn:aws:iam::aws:policy/PowerUserAccess'

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(async () => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
  await iam.send(
    new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: trustOf({ AWS: account }), Tags: [{ Key: 'team', Value: 'dba' }] }),
  )
  await iam.send(new CreateUserCommand({ UserName: 'jane_doe' }))
  await iam.send(new CreateGroupCommand({ GroupName: 'readers' }))
  await iam.send(new AddUserToGroupCommand({ UserName: 'jane_doe', GroupName: 'readers' }))
  await iam.send(new CreatePolicyCommand({ PolicyName: 'own', Path: '/sallyport/', PolicyDocument: POLICY }))
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn: ownArn(), PolicyDocument: policyOfLength(100) }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'inline', PolicyDocument: POLICY }))
  await iam.send(new PutUserPolicyCommand({ UserName: 'jane_doe', PolicyName: 'inline', PolicyDocument: policyOfLength(200) }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: ownArn() }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'readers', PolicyArn: READ_ONLY }))
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'jane_doe', PermissionsBoundary: POWER_USER }))
})

const ownArn = () => `arn:aws:iam::${account}:policy/sallyport/own`
const details = (more: GetAccountAuthorizationDetailsCommandInput = {}) => iam.send(new GetAccountAuthorizationDetailsCommand(more))
const decoded = (document = ''): string => decodeURIComponent(document)

describe('the authorization details of an account', () => {
  it('tell all that there is of users, groups and roles', async () => {
    const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], IsTruncated, Marker } = await details()
    expect([IsTruncated, Marker]).toEqual([false, undefined])
    expect(UserDetailList).toMatchObject([
      {
        UserName: 'jane_doe',
        UserId: expect.stringMatching(/^AIDA/),
        Arn: `arn:aws:iam::${account}:user/jane_doe`,
        UserPolicyList: [{ PolicyName: 'inline' }],
        GroupList: ['readers'],
        AttachedManagedPolicies: [],
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: POWER_USER },
      },
    ])
    expect(decoded(UserDetailList[0]?.UserPolicyList?.[0]?.PolicyDocument)).toBe(policyOfLength(200))
    expect(GroupDetailList).toMatchObject([
      {
        GroupName: 'readers',
        GroupId: expect.stringMatching(/^AGPA/),
        GroupPolicyList: [],
        AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY }],
      },
    ])
    expect(RoleDetailList).toMatchObject([
      {
        RoleName: 'app',
        RolePolicyList: [{ PolicyName: 'inline' }],
        AttachedManagedPolicies: [{ PolicyName: 'own', PolicyArn: ownArn() }],
        InstanceProfileList: [],
        Tags: [{ Key: 'team', Value: 'dba' }],
      },
    ])
    expect(decoded(RoleDetailList[0]?.RolePolicyList?.[0]?.PolicyDocument)).toBe(POLICY)
    expect(decoded(RoleDetailList[0]?.AssumeRolePolicyDocument)).toBe(trustOf({ AWS: account }))
  })

  it('tell the versions of the account’s policies, and of those of AWS in use', async () => {
    const { Policies = [] } = await details()
    expect(Policies).toMatchObject([
      {
        PolicyName: 'own',
        Path: '/sallyport/',
        DefaultVersionId: 'v1',
        AttachmentCount: 1,
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: true },
          { VersionId: 'v2', IsDefaultVersion: false },
        ],
      },
      { PolicyName: 'PowerUserAccess', AttachmentCount: 0, PermissionsBoundaryUsageCount: 1 },
      { PolicyName: 'ReadOnlyAccess', AttachmentCount: 1, PolicyVersionList: [{ IsDefaultVersion: true }] },
    ])
    expect(decoded(Policies[0]?.PolicyVersionList?.[0]?.Document)).toBe(POLICY)
    expect(decoded(Policies[2]?.PolicyVersionList?.[0]?.Document)).toContain('rds:Describe*')
  })

  it.each([
    [['User'], ['jane_doe']],
    [
      ['Role', 'Group'],
      ['readers', 'app'],
    ],
    [['LocalManagedPolicy'], ['own']],
    [['AWSManagedPolicy'], ['PowerUserAccess', 'ReadOnlyAccess']],
  ] as const)('tell only what the filter %j asks for', async (filter, names) => {
    expect(namesIn(await details({ Filter: [...filter] }))).toEqual(names)
  })

  it.each([1, 2, 5])('come by pages of %i that together hold each once', async (MaxItems) => {
    const found: string[] = []
    let Marker: string | undefined
    do {
      const page = await details({ MaxItems, Marker })
      expect(namesIn(page).length).toBeLessThanOrEqual(MaxItems)
      expect(page.IsTruncated).toBe(page.Marker !== undefined)
      found.push(...namesIn(page))
      Marker = page.Marker
    } while (Marker !== undefined)
    expect(found).toEqual(['jane_doe', 'readers', 'app', 'own', 'PowerUserAccess', 'ReadOnlyAccess'])
  })

  it('are refused for a filter or a marker that makes no sense', async () => {
    const refusal = { name: 'ValidationError', $metadata: { httpStatusCode: 400 } }
    await expect(details({ Marker: 'nonsense' })).rejects.toMatchObject(refusal)
    await expect(details({ MaxItems: 1001 })).rejects.toMatchObject(refusal)
    const answer = await fetch(standIn.url, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-2/iam/aws4_request, SignedHeaders=host, Signature=00`,
      },
      body: 'Action=GetAccountAuthorizationDetails&Version=2010-05-08&Filter.member.1=Robot',
    })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('<Code>ValidationError</Code>')])
  })

  const namesIn = (page: Awaited<ReturnType<typeof details>>) => [
    ...(page.UserDetailList ?? []).map(({ UserName }) => UserName ?? ''),
    ...(page.GroupDetailList ?? []).map(({ GroupName }) => GroupName ?? ''),
    ...(page.RoleDetailList ?? []).map(({ RoleName }) => RoleName ?? ''),
    ...(page.Policies ?? []).map(({ PolicyName }) => PolicyName ?? ''),
  ]
})

it('the summary of an account tells counts and quotas', async () => {
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
  expect(SummaryMap).toMatchObject({
    Users: 1,
    Groups: 1,
    Roles: 1,
    Policies: 1,
    PolicyVersionsInUse: 2,
    PoliciesQuota: 1_500,
    PolicySizeQuota: 6_144,
    VersionsPerPolicyQuota: 5,
    AttachedPoliciesPerRoleQuota: 10,
    UserPolicySizeQuota: 2_048,
    GroupPolicySizeQuota: 5_120,
    AssumeRolePolicySizeQuota: 2_048,
    GroupsPerUserQuota: 10,
  })
})

describe('faults reach these calls too', () => {
  const create = (PolicyName: string) => iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: POLICY }))
  const policies = async () => ((await details({ Filter: ['LocalManagedPolicy'] })).Policies ?? []).map(({ PolicyName }) => PolicyName)

  beforeEach(() => standIn.faults.clear())

  it('a policy made is hidden from the next reads, and can be attached all the same', async () => {
    standIn.faults.add({ kind: 'delayed-visibility', action: 'CreatePolicy', times: 1, reads: 2 })
    const { Policy } = await create('late')
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: Policy?.Arn }))
    expect(await policies()).toEqual(['own'])
    expect(await policies()).toEqual(['own'])
    expect(await policies()).toEqual(['late', 'own'])
  })

  it('an answer is lost though the policy is made, and a request before it is', async () => {
    standIn.faults.add(
      { kind: 'lost-answer', action: 'CreatePolicy', times: 1 },
      { kind: 'lost-request', action: 'CreatePolicy', times: 1 },
    )
    await expect(create('made')).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(create('never')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await policies()).toEqual(['made', 'own'])
  })

  it.each([
    ['Throttling', 400],
    ['ServiceFailure', 500],
  ])('%s is answered to a sweep', async (code, status) => {
    standIn.faults.add({ kind: 'error', action: 'GetAccountAuthorizationDetails', times: 1, code, status })
    await expect(details()).rejects.toMatchObject({ Code: code, $metadata: { httpStatusCode: status } })
    expect(await policies()).toEqual(['own'])
  })
})
