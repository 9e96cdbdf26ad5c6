import type { Call } from '../action.ts'
import { type EntityTraits, groups, roles, users } from '../iam/entity-kind.ts'
import type { Entity } from '../state.ts'
import { callerContext, entry, tagEntries } from './caller-context.ts'
import type { Wish } from './verdict.ts'

/** Where IAM offers `iam:PermissionsBoundary` (Service Authorization Reference, "Actions, resources, and condition keys for IAM"). */
const KNOWS_BOUNDARY =
  /^(?:Create(?:Role|User)|(?:Put|Delete)(?:Role|User)(?:Policy|PermissionsBoundary)|(?:Attach|Detach)(?:Role|User)Policy)$/

const KNOWS_POLICY_ARN = /^(?:Attach|Detach)(?:Role|User|Group)Policy$/

/** An IAM call as policies see it: action, resource and condition keys. */
export function iamWish(name: string, call: Call): Wish {
  const found = entityIn(call)
  const policyArn = call.parameters.get('PolicyArn')
  const onPolicy = policyArn !== null && !KNOWS_POLICY_ARN.test(name)
  const requestTags = call.parameters.structures('Tags.member').map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' }))
  const tagKeys = [...requestTags.map(({ key }) => key), ...call.parameters.texts('TagKeys.member')]
  const tags = found?.entity?.tags ?? call.account.policies.find(({ arn }) => onPolicy && arn === policyArn)?.tags ?? []
  const boundary = call.parameters.get('PermissionsBoundary') ?? found?.entity?.boundary ?? null
  return {
    action: `iam:${name}`,
    resource: onPolicy ? policyArn : (found?.arn ?? newPolicyArn(name, call) ?? '*'),
    context: new Map([
      ...callerContext(call),
      ...(boundary !== null && KNOWS_BOUNDARY.test(name) ? [entry('iam:permissionsboundary', boundary)] : []),
      ...(policyArn !== null && KNOWS_POLICY_ARN.test(name) ? [entry('iam:policyarn', policyArn)] : []),
      ...tagEntries('aws:requesttag', requestTags),
      ...tagEntries('aws:resourcetag', tags),
      ...tagEntries('iam:resourcetag', tags),
      ...(tagKeys.length > 0 ? [['aws:tagkeys', tagKeys] as const] : []),
    ]),
  }
}

/** The role, group or user that a call names first of all: who joins a group is not the resource, the group is. */
function entityIn(call: Call): { readonly arn: string; readonly entity: Entity | undefined } | null {
  const kind: EntityTraits | undefined = [roles, groups, users].find(({ noun }) => call.parameters.get(`${noun}Name`) !== null)
  if (!kind) return null
  const name = call.parameters.get(`${kind.noun}Name`) ?? ''
  const entity = kind.of(call.account).find((other) => other.name === name)
  return { entity, arn: entity?.arn ?? arnIn(call, kind.noun.toLowerCase(), name) }
}

const newPolicyArn = (name: string, call: Call): string | null =>
  name === 'CreatePolicy' ? arnIn(call, 'policy', call.parameters.get('PolicyName') ?? '') : null

const arnIn = (call: Call, type: string, name: string): string =>
  `arn:${call.partition}:iam::${call.caller.account}:${type}${call.parameters.get('Path') ?? '/'}${name}`
