import { type Call, type Service, writes } from '../action.ts'
import { limitExceeded, malformedPolicy } from '../protocol/refusal.ts'
import type { Role, User } from '../state.ts'
import { attachmentActions } from './attachments.ts'
import { entityActions } from './entities.ts'
import { findModifiable, groups, roles, users } from './entity-kind.ts'
import { groupActions } from './groups.ts'
import { inlinePolicyActions } from './inline-policies.ts'
import { managedPolicyActions } from './managed-policies.ts'
import { countedCharacters, listOf, readTrustPolicy } from './policy-document.ts'
import { policyVersionActions } from './policy-versions.ts'

const TRUST_POLICY_QUOTA = 2_048

const completeRole = (entity: User, call: Call): Role => ({
  ...entity,
  trustPolicy: trustPolicyOf(call, 'AssumeRolePolicyDocument'),
  description: call.parameters.optionalText('Description', { min: 0, max: 1000, pattern: '[\\t\\n\\r\\u0020-\\u007E\\u00A1-\\u00FF]*' }),
  maxSessionDuration: call.parameters.optionalInteger('MaxSessionDuration', { min: 3600, max: 43_200 }) ?? 3600,
})

/** IAM, as far as Sallyport uses it. */
export const iam: Service = {
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  version: '2010-05-08',
  actions: new Map([
    ...entityActions(roles, completeRole),
    ...entityActions(users, (user) => user),
    ...entityActions(groups, (entity) => ({ ...entity, members: [] })),
    ...groupActions,
    ...inlinePolicyActions(roles),
    ...inlinePolicyActions(users),
    ...inlinePolicyActions(groups),
    ...attachmentActions(roles),
    ...attachmentActions(users),
    ...attachmentActions(groups),
    ...managedPolicyActions,
    ...policyVersionActions,
    [
      'UpdateAssumeRolePolicy',
      writes((call) => {
        findModifiable(roles, call).trustPolicy = trustPolicyOf(call, 'PolicyDocument')
        return null
      }),
    ],
  ]),
}

/** The trust policy that the call brings. Throws MalformedPolicyDocument, also for a principal that does not exist, and LimitExceeded. */
function trustPolicyOf(call: Call, parameter: string): string {
  const { sent, statements } = readTrustPolicy(parameter, call.parameters.get(parameter))
  if (countedCharacters(sent) > TRUST_POLICY_QUOTA) throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_QUOTA}`)
  const trusted = statements.flatMap(({ Principal }) => (typeof Principal === 'object' ? listOf(Principal.AWS) : []))
  const missing = trusted.find((principal) => !exists(call, principal))
  if (missing !== undefined) throw malformedPolicy(`Invalid principal in policy: "AWS":"${missing}"`)
  return sent
}

function exists(call: Call, principal: string): boolean {
  if (principal === '*' || /^\d{12}$/.test(principal)) return true
  const [, account = '', kind] = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(root$|role\/|user\/|assumed-role\/)/.exec(principal) ?? []
  if (kind === 'root' || kind === 'assumed-role/') return true
  const { roles: rolesThere = [], users: usersThere = [] } = call.state.accounts[account] ?? {}
  return [...rolesThere, ...usersThere].some(({ arn }) => arn === principal)
}
