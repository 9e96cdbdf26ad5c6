import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import type { AccountSession, IamEntity, IamPrincipal, InlinePolicy, WriteGuard, WriteReceipt } from './account-session.ts'
import { sendCommand } from './attempts.ts'
import { AwsError } from './errors.ts'

interface PolicyNames {
  readonly names: readonly string[]
  readonly marker: string | undefined
}

/** AccountSession by IAM's API, over a client that has the account's credentials. */
export const iamSession = (client: IAMClient): AccountSession => ({
  getPrincipal: (entity) => orNullIfGone(getPrincipal(client, entity)),

  listInlinePolicies: (entity) => orNullIfGone(listInlinePolicies(client, entity)),

  putInlinePolicy: async ({ kind, name: entity }, name, document, guard) => {
    const policy = { PolicyName: name, PolicyDocument: document }
    const output =
      kind === 'role'
        ? await sendCommand(client, `PutRolePolicy ${entity}`, new PutRolePolicyCommand({ ...policy, RoleName: entity }), guard)
        : await sendCommand(client, `PutUserPolicy ${entity}`, new PutUserPolicyCommand({ ...policy, UserName: entity }), guard)
    return { awsRequestId: output.$metadata.requestId ?? null }
  },

  deleteInlinePolicy: async (entity, name, guard) => {
    try {
      return await deleteInlinePolicy(client, entity, name, guard)
    } catch (error) {
      if (isGone(error)) return { awsRequestId: error.awsRequestId }
      throw error
    }
  },
})

async function getPrincipal(client: IAMClient, { kind, name }: IamEntity): Promise<IamPrincipal> {
  if (kind === 'role') {
    const { Role: role } = await sendCommand(client, `GetRole ${name}`, new GetRoleCommand({ RoleName: name }))
    return { arn: given(role?.Arn), uniqueId: given(role?.RoleId), path: given(role?.Path) }
  }
  const { User: user } = await sendCommand(client, `GetUser ${name}`, new GetUserCommand({ UserName: name }))
  return { arn: given(user?.Arn), uniqueId: given(user?.UserId), path: given(user?.Path) }
}

async function listInlinePolicies(client: IAMClient, entity: IamEntity): Promise<InlinePolicy[]> {
  const policies: InlinePolicy[] = []
  let marker: string | undefined
  do {
    const page = await listPolicyNames(client, entity, marker)
    for (const name of page.names) {
      const encoded = await orNullIfGone(getEncodedDocument(client, entity, name))
      if (encoded !== null) policies.push({ name, document: decodeDocument(encoded, name) })
    }
    marker = page.marker
  } while (marker !== undefined)
  return policies
}

async function listPolicyNames(client: IAMClient, { kind, name }: IamEntity, marker: string | undefined): Promise<PolicyNames> {
  const output =
    kind === 'role'
      ? await sendCommand(client, `ListRolePolicies ${name}`, new ListRolePoliciesCommand({ RoleName: name, Marker: marker }))
      : await sendCommand(client, `ListUserPolicies ${name}`, new ListUserPoliciesCommand({ UserName: name, Marker: marker }))
  return { names: given(output.PolicyNames), marker: output.IsTruncated === true ? given(output.Marker) : undefined }
}

async function getEncodedDocument(client: IAMClient, { kind, name }: IamEntity, policy: string): Promise<string> {
  const output =
    kind === 'role'
      ? await sendCommand(client, `GetRolePolicy ${name}`, new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }))
      : await sendCommand(client, `GetUserPolicy ${name}`, new GetUserPolicyCommand({ UserName: name, PolicyName: policy }))
  return given(output.PolicyDocument)
}

async function deleteInlinePolicy(client: IAMClient, { kind, name }: IamEntity, policy: string, guard: WriteGuard): Promise<WriteReceipt> {
  const output =
    kind === 'role'
      ? await sendCommand(client, `DeleteRolePolicy ${name}`, new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policy }), guard)
      : await sendCommand(client, `DeleteUserPolicy ${name}`, new DeleteUserPolicyCommand({ UserName: name, PolicyName: policy }), guard)
  return { awsRequestId: output.$metadata.requestId ?? null }
}

/** Documents come percent-encoded by RFC 3986 (API_GetRolePolicy.html): a plus sign stands for itself. */
function decodeDocument(encoded: string, policy: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch (error) {
    throw unreadable(`the document of inline policy ${policy} is not percent-encoded UTF-8`, error)
  }
}

/** A member that IAM's model marks as required in its answers, though the SDK's types do not. */
function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw unreadable('IAM left out a part of its answer')
  return value
}

const unreadable = (message: string, cause?: unknown): AwsError =>
  new AwsError(message, { reason: 'unknown', awsCode: null, awsRequestId: null, answered: true, cause })

const isGone = (error: unknown): error is AwsError => error instanceof AwsError && error.reason === 'not_found'

async function orNullIfGone<Value>(pending: Promise<Value>): Promise<Value | null> {
  try {
    return await pending
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}
