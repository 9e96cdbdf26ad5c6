import { type Actions, type Call, reads, writes } from '../action.ts'
import type { TextConstraint } from '../protocol/parameters.ts'
import { noSuchEntity, Refusal } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import { randomId } from '../random-id.ts'
import { setTags, type Tag, type User } from '../state.ts'
import { type EntityKind, type EntityTraits, findEntity, findModifiable, nameOf } from './entity-kind.ts'
import { iamPage } from './iam-page.ts'

export const pathConstraint: TextConstraint = { min: 1, max: 512, pattern: '(?:\\/|\\/[\\u0021-\\u007E]+\\/)' }
export const prefixConstraint: TextConstraint = { min: 1, max: 512, pattern: '\\/[\\u0021-\\u007F]*' }
const tagKey: TextConstraint = { min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]+' }
const tagValue: TextConstraint = { min: 0, max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*' }

/**
 * Create, get, list, delete and tag, for roles, users or groups (Get of a group is its own: it lists the members). `complete` adds what only this kind has.
 * A role of a protected path can be created, which AWS alone may do otherwise: that is how one gets into the stand-in.
 */
export const entityActions = <E extends User>(kind: EntityKind<E>, complete: (entity: User, call: Call) => E): Actions => [
  [
    `Create${kind.noun}`,
    writes((call) => {
      const entity = complete(newEntity(kind, call), call)
      kind.of(call.account).push(entity)
      return { [kind.noun]: describeWithTags(kind, entity) }
    }),
  ],
  [`Get${kind.noun}`, reads((call) => ({ [kind.noun]: describeWithTags(kind, findEntity(kind, call)) }))],
  [
    `List${kind.noun}s`,
    reads((call) => {
      const prefix = call.parameters.optionalText('PathPrefix', prefixConstraint) ?? '/'
      const found = kind.of(call.account).filter(({ path }) => path.startsWith(prefix))
      return iamPage(call, `${kind.noun}s`, found, ({ name }) => name, kind.describe)
    }),
  ],
  [
    `Delete${kind.noun}`,
    writes((call) => {
      const entity = findModifiable(kind, call)
      if (entity.inlinePolicies.length + entity.attached.length > 0) {
        throw new Refusal(409, 'DeleteConflict', 'Cannot delete entity, must delete policies first.')
      }
      const all = kind.of(call.account)
      all.splice(all.indexOf(entity), 1)
      return null
    }),
  ],
  [
    `Tag${kind.noun}`,
    writes((call) => {
      setTags(findModifiable(kind, call).tags, tagsOf(call))
      return null
    }),
  ],
]

function newEntity(kind: EntityTraits, call: Call): User {
  const name = nameOf(kind, call)
  // IAM keeps the case of a name but does not distinguish by it.
  if (kind.of(call.account).some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new Refusal(409, 'EntityAlreadyExists', `${kind.noun} with name ${name} already exists.`)
  }
  const boundary = call.parameters.get('PermissionsBoundary')
  if (boundary !== null) throw noSuchEntity(`Scope ARN: ${boundary} does not exist or is not attachable.`)
  const path = call.parameters.optionalText('Path', pathConstraint) ?? '/'
  return {
    name,
    path,
    arn: `arn:${call.partition}:iam::${call.caller.account}:${kind.noun.toLowerCase()}${path}${name}`,
    uniqueId: randomId(kind.uniqueIdPrefix, 17),
    created: new Date().toISOString(),
    tags: tagsOf(call),
    inlinePolicies: [],
    attached: [],
  }
}

export const tagsOf = (call: Call): Tag[] =>
  call.parameters.structures('Tags.member').map((tag) => ({ key: tag.text('Key', tagKey), value: tag.text('Value', tagValue) }))

function describeWithTags<E extends User>(kind: EntityKind<E>, entity: E): XmlElement {
  const tags = entity.tags.map(({ key, value }) => ({ Key: key, Value: value }))
  return { ...kind.describe(entity), Tags: tags.length > 0 ? { member: tags } : null }
}
