import { type Action, type Actions, type Call, reads, writes } from '../action.ts'
import { limitExceeded, Refusal } from '../protocol/refusal.ts'
import { randomId } from '../random-id.ts'
import type { Entity } from '../state.ts'
import { boundaryOf } from './boundaries.ts'
import { describeInFull, type EntityKind, type EntityTraits, findEntity, findModifiable, nameOf } from './entity-kind.ts'
import { iamPage } from './iam-page.ts'
import { pathConstraint, prefixConstraint } from './names.ts'
import { tagsOf } from './tags.ts'

/** What only one kind of entity has or asks for. */
interface Particulars<E extends Entity> {
  /** Adds to a new entity what only this kind has. */
  readonly complete: (entity: Entity, call: Call) => E
  /** What must be done before this one can be deleted, besides taking its policies off; null: nothing. */
  readonly holdsBack: (entity: E, call: Call) => string | null
}

/**
 * Create, list and delete, for roles, users or groups.
 * A role of a protected path can be created, which AWS alone may do otherwise: that is how one gets into the stand-in.
 */
export const entityActions = <E extends Entity>(kind: EntityKind<E>, { complete, holdsBack }: Particulars<E>): Actions => [
  [
    `Create${kind.noun}`,
    writes((call) => {
      const entity = complete(newEntity(kind, call), call)
      kind.of(call.account).push(entity)
      return { [kind.noun]: describeInFull(kind, entity, call) }
    }),
  ],
  [
    `List${kind.noun}s`,
    reads((call) => {
      const prefix = call.parameters.optionalText('PathPrefix', prefixConstraint) ?? '/'
      const found = kind.of(call.account).filter(({ path }) => path.startsWith(prefix))
      return iamPage(
        call,
        `${kind.noun}s`,
        found,
        ({ name }) => name,
        (entity) => kind.describe(entity, call.state),
      )
    }),
  ],
  [
    `Delete${kind.noun}`,
    writes((call) => {
      const entity = findModifiable(kind, call)
      const first = toBeTakenOff(entity) ?? holdsBack(entity, call)
      if (first !== null) throw new Refusal(409, 'DeleteConflict', `Cannot delete entity, must ${first} first.`)
      const all = kind.of(call.account)
      all.splice(all.indexOf(entity), 1)
      return null
    }),
  ],
]

/** Get, for roles or users; that of groups answers the members too. */
export const getAction = <E extends Entity>(kind: EntityKind<E>): readonly [string, Action] => [
  `Get${kind.noun}`,
  reads((call) => ({ [kind.noun]: describeInFull(kind, findEntity(kind, call), call) })),
]

function toBeTakenOff({ inlinePolicies, attached }: Entity): string | null {
  if (attached.length > 0) return 'detach all policies'
  return inlinePolicies.length > 0 ? 'delete policies' : null
}

function newEntity(kind: EntityTraits, call: Call): Entity {
  const name = nameOf(kind, call)
  const others = kind.of(call.account)
  // IAM keeps the case of a name but does not distinguish by it.
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new Refusal(409, 'EntityAlreadyExists', `${kind.noun} with name ${name} already exists.`)
  }
  if (others.length >= kind.perAccount) throw limitExceeded(`Cannot exceed quota for ${kind.noun}sPerAccount: ${kind.perAccount}`)
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
    boundary: boundaryOf(call),
  }
}
