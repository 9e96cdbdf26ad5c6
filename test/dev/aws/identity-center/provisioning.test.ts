import {
  CreatePolicyCommand,
  DeletePolicyCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListPermissionSetProvisioningStatusCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  type ProvisioningStatus,
  PutInlinePolicyToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, startInMemory } from '../support.ts'
import {
  assign,
  assignmentStatus,
  beginAssignment,
  beginProvisioning,
  makeSet,
  type Organisation,
  openOrganisation,
  provision,
  provisioningStatus,
} from './organisation.ts'

let standIn: AwsStandIn
let organisation: Organisation
let set = ''
let of: { InstanceArn: string; PermissionSetArn: string }
let accounts = 600_000_000_000
function newAccount(): string {
  accounts += 1
  return String(accounts)
}

beforeAll(async () => {
  standIn = await startInMemory()
  organisation = await openOrganisation(standIn)
})
afterAll(() => standIn.close())
beforeEach(async () => {
  standIn.pace.calls = 2
  set = await makeSet(organisation)
  of = { InstanceArn: organisation.InstanceArn, PermissionSetArn: set }
})

const iamOf = (account: string) => clientsFor(standIn, keysOf(account)).iam
const rolesIn = async (account: string) => (await iamOf(account).send(new ListRolesCommand({ PathPrefix: '/aws-reserved/' }))).Roles ?? []
const attachedIn = async (account: string) => {
  const [role] = await rolesIn(account)
  const { AttachedPolicies } = await iamOf(account).send(new ListAttachedRolePoliciesCommand({ RoleName: role?.RoleName }))
  return AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)
}
const refer = (Name: string, Path: string) =>
  organisation.sso.send(
    new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({ ...of, CustomerManagedPolicyReference: { Name, Path } }),
  )
const makePolicy = (account: string, PolicyName: string, Path: string) =>
  iamOf(account).send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: POLICY }))
const putInline = () => organisation.sso.send(new PutInlinePolicyToPermissionSetCommand({ ...of, InlinePolicy: POLICY }))
const provisionedTo = async (ProvisioningStatus?: ProvisioningStatus) =>
  (await organisation.sso.send(new ListAccountsForProvisionedPermissionSetCommand({ ...of, ProvisioningStatus }))).AccountIds
const conflict = { name: 'ConflictException', $metadata: { httpStatusCode: 400 } }

describe('an assignment', () => {
  it('goes on for some calls, then the set is a protected role in the account', async () => {
    const account = newAccount()
    await putInline()
    const id = await beginAssignment(organisation, set, account)
    expect(await rolesIn(account)).toEqual([])
    expect((await assignmentStatus(organisation, id))?.Status).toBe('IN_PROGRESS')
    expect(await assignmentStatus(organisation, id)).toMatchObject({ Status: 'SUCCEEDED', TargetId: account, PermissionSetArn: set })

    const [role] = await rolesIn(account)
    expect(role).toMatchObject({
      RoleName: expect.stringMatching(/^AWSReservedSSO_set-[0-9a-f]{8}_[0-9a-f]{16}$/),
      Path: '/aws-reserved/sso.amazonaws.com/us-east-2/',
      RoleId: expect.stringMatching(/^AROA/),
    })
    const RoleName = role?.RoleName
    const { PolicyDocument } = await iamOf(account).send(new GetRolePolicyCommand({ RoleName, PolicyName: 'AwsSSOInlinePolicy' }))
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(POLICY)
    const put = new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: POLICY })
    await expect(iamOf(account).send(put)).rejects.toMatchObject({ Code: 'UnmodifiableEntity', $metadata: { httpStatusCode: 400 } })
  })

  it('is listed by account and by principal, and taken away with its role', async () => {
    const account = newAccount()
    await assign(organisation, set, account)
    const list = async () =>
      (await organisation.sso.send(new ListAccountAssignmentsCommand({ ...of, AccountId: account }))).AccountAssignments
    const assignment = { AccountId: account, PermissionSetArn: set, PrincipalType: 'USER', PrincipalId: organisation.userId }
    expect(await list()).toEqual([assignment])
    const principal = { PrincipalType: 'USER', PrincipalId: organisation.userId } as const
    const ofPrincipal = new ListAccountAssignmentsForPrincipalCommand({ InstanceArn: of.InstanceArn, ...principal })
    expect((await organisation.sso.send(ofPrincipal)).AccountAssignments).toContainEqual(assignment)
    await expect(organisation.sso.send(new DeletePermissionSetCommand(of))).rejects.toMatchObject(conflict)

    const [before] = await rolesIn(account)
    const remove = new DeleteAccountAssignmentCommand({ ...of, TargetType: 'AWS_ACCOUNT', TargetId: account, ...principal })
    const { AccountAssignmentDeletionStatus: begun } = await organisation.sso.send(remove)
    const look = new DescribeAccountAssignmentDeletionStatusCommand({
      InstanceArn: of.InstanceArn,
      AccountAssignmentDeletionRequestId: begun?.RequestId,
    })
    await organisation.sso.send(look)
    expect((await organisation.sso.send(look)).AccountAssignmentDeletionStatus?.Status).toBe('SUCCEEDED')
    expect([await list(), await rolesIn(account), await provisionedTo()]).toEqual([[], [], []])
    await expect(organisation.sso.send(remove)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })

    await assign(organisation, set, account)
    const [after] = await rolesIn(account)
    expect(after?.RoleName).not.toBe(before?.RoleName)
    expect(after?.RoleId).not.toBe(before?.RoleId)
  })

  it('fails for a principal that is not there, and where a policy is missing', async () => {
    const stranger = { ...organisation, userId: '11111111-2222-4333-8444-555555555555' }
    expect(await assign(stranger, set, newAccount())).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining('not found'),
    })
    await refer('grants', '/sallyport/')
    const account = newAccount()
    expect(await assign(organisation, set, account)).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining(`arn:aws:iam::${account}:policy/sallyport/grants`),
    })
    expect([await rolesIn(account), await provisionedTo()]).toEqual([[], []])
  })
})

describe('provisioning', () => {
  it('brings to an account what has changed since', async () => {
    const account = newAccount()
    await assign(organisation, set, account)
    await makePolicy(account, 'grants', '/sallyport/')
    await refer('grants', '/sallyport/')
    expect(await attachedIn(account)).toEqual([])
    expect(await provisionedTo('LATEST_PERMISSION_SET_PROVISIONED')).toEqual([])
    expect(await provisionedTo('LATEST_PERMISSION_SET_NOT_PROVISIONED')).toEqual([account])

    const [before] = await rolesIn(account)
    expect(await provision(organisation, set, account)).toMatchObject({ Status: 'SUCCEEDED', AccountId: account })
    const policy = `arn:aws:iam::${account}:policy/sallyport/grants`
    expect(await attachedIn(account)).toEqual([policy])
    expect((await rolesIn(account))[0]?.RoleId).toBe(before?.RoleId)
    expect(await provisionedTo('LATEST_PERMISSION_SET_PROVISIONED')).toEqual([account])
    await expect(iamOf(account).send(new DeletePolicyCommand({ PolicyArn: policy }))).rejects.toMatchObject({ Code: 'DeleteConflict' })
    const ofAccount = new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn: of.InstanceArn, AccountId: account })
    expect((await organisation.sso.send(ofAccount)).PermissionSets).toEqual([set])
  })

  it('of all accounts fails where the policy of that name and path is missing, and succeeds elsewhere', async () => {
    const [ready, missing] = [newAccount(), newAccount()]
    for (const account of [ready, missing]) await assign(organisation, set, account)
    await makePolicy(ready, 'grants', '/sallyport/')
    await makePolicy(missing, 'grants', '/')
    await refer('grants', '/sallyport/')
    await putInline()
    const status = await provision(organisation, set, null)
    expect(status).toMatchObject({ Status: 'FAILED', FailureReason: expect.stringContaining(missing) })
    expect(status?.FailureReason).not.toContain(ready)
    expect(await provisionedTo('LATEST_PERMISSION_SET_PROVISIONED')).toEqual([ready])
    const [role] = await rolesIn(missing)
    expect((await iamOf(missing).send(new ListRolePoliciesCommand({ RoleName: role?.RoleName }))).PolicyNames).toEqual([])
    await makePolicy(missing, 'grants-2', '/sallyport/')
    expect(await provision(organisation, set, ready)).toMatchObject({ Status: 'SUCCEEDED' })
  })

  it('fails beyond the policies that a role can have', async () => {
    const account = newAccount()
    await assign(organisation, set, account)
    for (let number = 1; number <= 11; number += 1) {
      await makePolicy(account, `p${number}`, '/')
      await refer(`p${number}`, '/')
      if (number === 10) expect(await provision(organisation, set, account)).toMatchObject({ Status: 'SUCCEEDED' })
    }
    expect(await provision(organisation, set, account)).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining('PoliciesPerRole'),
    })
  })

  it('wants an account that has the set', async () => {
    for (const target of [newAccount(), null]) {
      await expect(beginProvisioning(organisation, set, target)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    }
  })
})

describe('work that goes on', () => {
  it('is held until there is a pace again', async () => {
    standIn.pace.calls = null
    const id = await beginAssignment(organisation, set, newAccount())
    for (let look = 1; look <= 5; look += 1) expect((await assignmentStatus(organisation, id))?.Status).toBe('IN_PROGRESS')
    standIn.pace.calls = 1
    expect((await assignmentStatus(organisation, id))?.Status).toBe('SUCCEEDED')
  })

  it('keeps other work out of its account, whichever set it is for', async () => {
    const account = newAccount()
    await assign(organisation, set, account)
    standIn.pace.calls = null
    const id = await beginProvisioning(organisation, set, account)
    await expect(beginProvisioning(organisation, set, account)).rejects.toMatchObject(conflict)
    await expect(beginProvisioning(organisation, set, null)).rejects.toMatchObject(conflict)
    await expect(beginAssignment(organisation, await makeSet(organisation), account)).rejects.toMatchObject(conflict)
    standIn.pace.calls = 1
    expect((await provisioningStatus(organisation, id))?.Status).toBe('SUCCEEDED')
    await beginProvisioning(organisation, set, account)
  })

  it('ends also where only the next call comes, and that one is a conflict no more', async () => {
    const account = newAccount()
    await assign(organisation, set, account)
    standIn.pace.calls = 2
    await beginProvisioning(organisation, set, account)
    await expect(beginProvisioning(organisation, set, account)).rejects.toMatchObject(conflict)
    await beginProvisioning(organisation, set, account)
  })

  it('is at most ten outstanding at a time', async () => {
    standIn.pace.calls = 1
    await organisation.sso.send(new ListPermissionSetProvisioningStatusCommand({ InstanceArn: of.InstanceArn }))
    standIn.pace.calls = null
    for (let number = 1; number <= 10; number += 1) await beginAssignment(organisation, set, newAccount())
    await expect(beginAssignment(organisation, set, newAccount())).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
      $metadata: { httpStatusCode: 400 },
    })
    standIn.pace.calls = 1
    await beginAssignment(organisation, set, newAccount())
  })

  it('is listed by its status', async () => {
    const account = newAccount()
    await assign(organisation, set, account)
    const { RequestId } = (await provision(organisation, set, account)) ?? {}
    const list = async (Status: 'IN_PROGRESS' | 'SUCCEEDED') => {
      const command = new ListPermissionSetProvisioningStatusCommand({ InstanceArn: of.InstanceArn, Filter: { Status } })
      return (await organisation.sso.send(command)).PermissionSetsProvisioningStatus?.map((each) => each.RequestId)
    }
    expect(await list('SUCCEEDED')).toContain(RequestId)
    expect(await list('IN_PROGRESS')).not.toContain(RequestId)
  })
})

it('leaves the region out of the path of roles where the home region is us-east-1', async () => {
  const other = await startInMemory()
  const virginia = await openOrganisation(other, 'us-east-1')
  const account = newAccount()
  await assign(virginia, await makeSet(virginia, 'developers'), account)
  const { Roles } = await clientsFor(other, keysOf(account)).iam.send(new ListRolesCommand({}))
  expect(Roles).toMatchObject([{ Path: '/aws-reserved/sso.amazonaws.com/' }])
  await other.close()
})
