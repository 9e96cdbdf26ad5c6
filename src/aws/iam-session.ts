import { type IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import type { AccountSession, AttachedPolicy } from './account-session.ts'
import { allPages, decodeDocument, given, orNullIfGone } from './answer.ts'
import { type Sender, senderOver } from './attempts.ts'
import { authorizationDetails } from './authorization-details.ts'
import { callsOn } from './entity-calls.ts'
import type { IamEntity, InlinePolicy } from './iam-entity.ts'
import { managedPolicies } from './managed-policies.ts'
import { whenGone, written } from './receipt.ts'
import { roles } from './roles.ts'

/** AccountSession by IAM's API, over a client that has the account's credentials. */
export function iamSession(client: IAMClient): AccountSession {
  const sender = senderOver(client)
  return {
    getPrincipal: (entity) => orNullIfGone(callsOn(entity).get(sender(entity.name))),

    listRoles: (pathPrefix) => listRoles(sender, pathPrefix),

    listInlinePolicies: (entity) => orNullIfGone(listInlinePolicies(sender, entity)),

    putInlinePolicy: (entity, name, document, guard) => written(callsOn(entity).putInline(sender(entity.name, guard), name, document)),

    deleteInlinePolicy: (entity, name, guard) => whenGone(written(callsOn(entity).deleteInline(sender(entity.name, guard), name))),

    listAttachedPolicies: (entity) => orNullIfGone(listAttachedPolicies(sender, entity)),

    attachPolicy: (entity, policyArn, guard) => written(callsOn(entity).attach(sender(entity.name, guard), policyArn)),

    detachPolicy: (entity, policyArn, guard) => whenGone(written(callsOn(entity).detach(sender(entity.name, guard), policyArn))),

    ...managedPolicies(sender),

    ...roles(sender),

    ...authorizationDetails(sender),
  }
}

async function listRoles(sender: Sender, PathPrefix: string): Promise<string[]> {
  const send = sender(PathPrefix)
  const roles = await allPages(
    (Marker) => send(new ListRolesCommand({ PathPrefix, Marker })),
    (page) => page.Roles,
  )
  return roles.map(({ RoleName }) => given(RoleName))
}

async function listInlinePolicies(sender: Sender, entity: IamEntity): Promise<InlinePolicy[]> {
  const calls = callsOn(entity)
  const send = sender(entity.name)
  const names = await allPages(
    (marker) => calls.listInline(send, marker),
    (page) => page.PolicyNames,
  )
  const policies: InlinePolicy[] = []
  for (const name of names) {
    const found = await orNullIfGone(calls.getInline(send, name))
    if (found !== null) policies.push({ name, document: decodeDocument(given(found.PolicyDocument), name) })
  }
  return policies
}

async function listAttachedPolicies(sender: Sender, entity: IamEntity): Promise<AttachedPolicy[]> {
  const send = sender(entity.name)
  const attached = await allPages(
    (marker) => callsOn(entity).listAttached(send, marker),
    (page) => page.AttachedPolicies,
  )
  return attached.map((policy) => ({ arn: given(policy.PolicyArn), name: given(policy.PolicyName) }))
}
