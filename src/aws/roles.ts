import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import type { IamRole, RoleSession } from './account-session.ts'
import { decodeDocument, given, orNullIfGone } from './answer.ts'
import type { Send, Sender } from './attempts.ts'
import { whenGone, written } from './receipt.ts'

/** The part of AccountSession that is about roles themselves. */
export const roles = (sender: Sender): RoleSession => ({
  getRole: (RoleName) => orNullIfGone(getRole(sender(RoleName), RoleName)),

  createRole: ({ name, path, description, trustPolicy, sessionSeconds, boundary, tags }, guard) =>
    written(
      sender(
        name,
        guard,
      )(
        new CreateRoleCommand({
          RoleName: name,
          Path: path,
          Description: description,
          AssumeRolePolicyDocument: trustPolicy,
          MaxSessionDuration: sessionSeconds,
          ...(boundary === null ? {} : { PermissionsBoundary: boundary }),
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      ),
    ),

  putTrustPolicy: (RoleName, PolicyDocument, guard) =>
    written(sender(RoleName, guard)(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))),

  putBoundary: (RoleName, PermissionsBoundary, guard) =>
    written(sender(RoleName, guard)(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }))),

  putSessionSeconds: (RoleName, MaxSessionDuration, guard) =>
    written(sender(RoleName, guard)(new UpdateRoleCommand({ RoleName, MaxSessionDuration }))),

  deleteRole: (RoleName, guard) => whenGone(written(sender(RoleName, guard)(new DeleteRoleCommand({ RoleName })))),
})

async function getRole(send: Send, RoleName: string): Promise<IamRole> {
  const { Role: found } = await send(new GetRoleCommand({ RoleName }))
  const role = given(found)
  return {
    arn: given(role.Arn),
    uniqueId: given(role.RoleId),
    path: given(role.Path),
    trustPolicy: decodeDocument(given(role.AssumeRolePolicyDocument), RoleName),
    sessionSeconds: role.MaxSessionDuration ?? 3_600,
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: Object.fromEntries((role.Tags ?? []).map(({ Key, Value }) => [given(Key), given(Value)])),
  }
}
