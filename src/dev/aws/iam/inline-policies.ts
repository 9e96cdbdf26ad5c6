import { type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, noSuchEntity } from '../protocol/refusal.ts'
import type { Entity } from '../state.ts'
import { type EntityKind, type EntityTraits, findEntity, findModifiable } from './entity-kind.ts'
import { iamPage } from './iam-page.ts'
import { nameConstraint } from './names.ts'
import { checkIdentityPolicy, countedCharacters, encodeDocument } from './policy-document.ts'

/** Put, get, delete and list inline policies, of roles, users or groups. */
export const inlinePolicyActions = <E extends Entity>(kind: EntityKind<E>): Actions => [
  [
    `Put${kind.noun}Policy`,
    writes((call) => {
      const name = policyNameOf(call)
      const document = checkIdentityPolicy(call.parameters.get('PolicyDocument'))
      const entity = findModifiable(kind, call)
      const inlinePolicies = [...entity.inlinePolicies.filter((policy) => policy.name !== name), { name, document }]
      checkQuota(kind, { ...entity, inlinePolicies })
      entity.inlinePolicies = inlinePolicies
      return null
    }),
  ],
  [
    `Get${kind.noun}Policy`,
    reads((call) => {
      const entity = findEntity(kind, call)
      const { name, document } = findPolicy(kind, entity, call)
      return { [`${kind.noun}Name`]: entity.name, PolicyName: name, PolicyDocument: encodeDocument(document) }
    }),
  ],
  [
    `Delete${kind.noun}Policy`,
    writes((call) => {
      const entity = findModifiable(kind, call)
      const policy = findPolicy(kind, entity, call)
      entity.inlinePolicies = entity.inlinePolicies.filter((other) => other !== policy)
      return null
    }),
  ],
  [
    `List${kind.noun}Policies`,
    reads((call) => {
      const names = findEntity(kind, call).inlinePolicies.map(({ name }) => name)
      return iamPage(call, 'PolicyNames', names, String, String)
    }),
  ],
]

const policyNameOf = (call: Call): string => call.parameters.text('PolicyName', nameConstraint(128))

function findPolicy(kind: EntityTraits, entity: Entity, call: Call): Entity['inlinePolicies'][number] {
  const name = policyNameOf(call)
  const policy = entity.inlinePolicies.find((other) => other.name === name)
  if (!policy) throw noSuchEntity(`The ${kind.noun.toLowerCase()} policy with name ${name} cannot be found.`)
  return policy
}

/** The quota is for all inline policies of an entity together (IAM Entity Guide, "IAM and STS quotas"). */
function checkQuota(kind: EntityTraits, { name, inlinePolicies }: Entity): void {
  const total = inlinePolicies.reduce((sum, { document }) => sum + countedCharacters(document), 0)
  if (total > kind.inlineQuota) {
    throw limitExceeded(`Maximum policy size of ${kind.inlineQuota} bytes exceeded for ${kind.noun.toLowerCase()} ${name}`)
  }
}
