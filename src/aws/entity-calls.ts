import {
  type AttachedPolicy,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import type { IamPrincipal } from './account-session.ts'
import { given } from './answer.ts'
import type { Send } from './attempts.ts'
import type { IamEntity } from './iam-entity.ts'

interface Paged {
  readonly IsTruncated?: boolean | undefined
  readonly Marker?: string | undefined
}

interface Written {
  readonly $metadata: { readonly requestId?: string | undefined }
}

/** IAM's calls on an entity. It has one of each for roles, users and groups, which differ in nothing but names. */
export interface EntityCalls {
  get(send: Send): Promise<IamPrincipal>
  listInline(send: Send, marker: string | undefined): Promise<Paged & { readonly PolicyNames?: string[] | undefined }>
  getInline(send: Send, policy: string): Promise<{ readonly PolicyDocument?: string | undefined }>
  putInline(send: Send, policy: string, document: string): Promise<Written>
  deleteInline(send: Send, policy: string): Promise<Written>
  listAttached(send: Send, marker: string | undefined): Promise<Paged & { readonly AttachedPolicies?: AttachedPolicy[] | undefined }>
  attach(send: Send, policyArn: string): Promise<Written>
  detach(send: Send, policyArn: string): Promise<Written>
}

const role = (RoleName: string): EntityCalls => ({
  get: async (send) => {
    const { Role: found } = await send(new GetRoleCommand({ RoleName }))
    return principal(found?.Arn, found?.RoleId, found?.Path)
  },
  listInline: (send, Marker) => send(new ListRolePoliciesCommand({ RoleName, Marker })),
  getInline: (send, PolicyName) => send(new GetRolePolicyCommand({ RoleName, PolicyName })),
  putInline: (send, PolicyName, PolicyDocument) => send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
  deleteInline: (send, PolicyName) => send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
  listAttached: (send, Marker) => send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
  attach: (send, PolicyArn) => send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
  detach: (send, PolicyArn) => send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
})

const user = (UserName: string): EntityCalls => ({
  get: async (send) => {
    const { User: found } = await send(new GetUserCommand({ UserName }))
    return principal(found?.Arn, found?.UserId, found?.Path)
  },
  listInline: (send, Marker) => send(new ListUserPoliciesCommand({ UserName, Marker })),
  getInline: (send, PolicyName) => send(new GetUserPolicyCommand({ UserName, PolicyName })),
  putInline: (send, PolicyName, PolicyDocument) => send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
  deleteInline: (send, PolicyName) => send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
  listAttached: (send, Marker) => send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
  attach: (send, PolicyArn) => send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
  detach: (send, PolicyArn) => send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
})

const group = (GroupName: string): EntityCalls => ({
  get: async (send) => {
    const { Group: found } = await send(new GetGroupCommand({ GroupName, MaxItems: 1 }))
    return principal(found?.Arn, found?.GroupId, found?.Path)
  },
  listInline: (send, Marker) => send(new ListGroupPoliciesCommand({ GroupName, Marker })),
  getInline: (send, PolicyName) => send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  putInline: (send, PolicyName, PolicyDocument) => send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
  deleteInline: (send, PolicyName) => send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  listAttached: (send, Marker) => send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker })),
  attach: (send, PolicyArn) => send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  detach: (send, PolicyArn) => send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
})

const kinds = { role, user, group }

export const callsOn = ({ kind, name }: IamEntity): EntityCalls => kinds[kind](name)

const principal = (arn: string | undefined, uniqueId: string | undefined, path: string | undefined): IamPrincipal => ({
  arn: given(arn),
  uniqueId: given(uniqueId),
  path: given(path),
})
