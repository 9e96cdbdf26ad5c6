import { randomUUID } from 'node:crypto'
import {
  CreateAccountAssignmentCommand,
  CreateInstanceCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListInstancesCommand,
  ProvisionPermissionSetCommand,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin'
import type { AwsStandIn } from '../../../../src/dev/aws/index.ts'
import { ACCOUNT, callJson, clientsFor, keysOf } from '../support.ts'

/** Identity Center of a management account, with one user who can be assigned. */
export interface Organisation {
  readonly sso: SSOAdminClient
  readonly InstanceArn: string
  readonly IdentityStoreId: string
  readonly userId: string
}

export async function openOrganisation(standIn: AwsStandIn, region = 'us-east-2'): Promise<Organisation> {
  const { sso } = clientsFor(standIn, keysOf(ACCOUNT), region)
  await sso.send(new CreateInstanceCommand({}))
  const { Instances } = await sso.send(new ListInstancesCommand({}))
  const { InstanceArn = '', IdentityStoreId = '' } = Instances?.[0] ?? {}
  const user = { IdentityStoreId, UserName: 'jane_doe', DisplayName: 'Jane' }
  const { body } = await callJson(standIn, 'identitystore', 'AWSIdentityStore.CreateUser', user, region)
  return { sso, InstanceArn, IdentityStoreId, userId: body.UserId }
}

export async function makeSet({ sso, InstanceArn }: Organisation, Name: string = `set-${randomUUID().slice(0, 8)}`): Promise<string> {
  const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name }))
  return PermissionSet?.PermissionSetArn ?? ''
}

export async function beginAssignment(
  { sso, InstanceArn, userId }: Organisation,
  PermissionSetArn: string,
  TargetId: string,
  groupId?: string,
) {
  const principal =
    groupId === undefined
      ? ({ PrincipalType: 'USER', PrincipalId: userId } as const)
      : ({ PrincipalType: 'GROUP', PrincipalId: groupId } as const)
  const assignee = { ...principal, TargetType: 'AWS_ACCOUNT' } as const
  const begun = await sso.send(new CreateAccountAssignmentCommand({ InstanceArn, PermissionSetArn, TargetId, ...assignee }))
  return begun.AccountAssignmentCreationStatus?.RequestId ?? ''
}

export async function assignmentStatus({ sso, InstanceArn }: Organisation, AccountAssignmentCreationRequestId: string) {
  const command = new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId })
  return (await sso.send(command)).AccountAssignmentCreationStatus
}

/** Assigns the user, or a group, to a permission set in an account, and answers the status that it ends with. */
export async function assign(organisation: Organisation, PermissionSetArn: string, TargetId: string, groupId?: string) {
  return untilDone(organisation, assignmentStatus, await beginAssignment(organisation, PermissionSetArn, TargetId, groupId))
}

/** Takes the user off a permission set in an account, and answers the status that it ends with. */
export async function unassign(organisation: Organisation, PermissionSetArn: string, TargetId: string) {
  const { sso, InstanceArn, userId } = organisation
  const assignee = { PrincipalType: 'USER', PrincipalId: userId, TargetType: 'AWS_ACCOUNT' } as const
  const begun = await sso.send(new DeleteAccountAssignmentCommand({ InstanceArn, PermissionSetArn, TargetId, ...assignee }))
  return untilDone(organisation, unassignmentStatus, begun.AccountAssignmentDeletionStatus?.RequestId ?? '')
}

async function unassignmentStatus({ sso, InstanceArn }: Organisation, AccountAssignmentDeletionRequestId: string) {
  const command = new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId })
  return (await sso.send(command)).AccountAssignmentDeletionStatus
}

/** TargetId null is all accounts that have the set. */
export async function beginProvisioning({ sso, InstanceArn }: Organisation, PermissionSetArn: string, TargetId: string | null) {
  const target =
    TargetId === null ? ({ TargetType: 'ALL_PROVISIONED_ACCOUNTS' } as const) : ({ TargetType: 'AWS_ACCOUNT', TargetId } as const)
  const begun = await sso.send(new ProvisionPermissionSetCommand({ InstanceArn, PermissionSetArn, ...target }))
  return begun.PermissionSetProvisioningStatus?.RequestId ?? ''
}

export async function provisioningStatus({ sso, InstanceArn }: Organisation, ProvisionPermissionSetRequestId: string) {
  const command = new DescribePermissionSetProvisioningStatusCommand({ InstanceArn, ProvisionPermissionSetRequestId })
  return (await sso.send(command)).PermissionSetProvisioningStatus
}

export async function provision(organisation: Organisation, PermissionSetArn: string, TargetId: string | null) {
  return untilDone(organisation, provisioningStatus, await beginProvisioning(organisation, PermissionSetArn, TargetId))
}

async function untilDone<S extends { Status?: string | undefined }>(
  organisation: Organisation,
  look: (organisation: Organisation, id: string) => Promise<S | undefined>,
  id: string,
): Promise<S | undefined> {
  let status = await look(organisation, id)
  while (status?.Status === 'IN_PROGRESS') status = await look(organisation, id)
  return status
}
