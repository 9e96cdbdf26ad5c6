import { type Actions, type Call, reads } from '../action.ts'
import { pageOf } from '../paging.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Entity } from '../state.ts'
import { type EntityTraits, groups, roles, users } from './entity-kind.ts'
import { readableArnOf, usesOf } from './find-policy.ts'
import { pageRequest } from './iam-page.ts'
import { prefixConstraint } from './names.ts'

const kinds: readonly EntityTraits[] = [users, groups, roles]

/** Who has a managed policy, as permissions or as a boundary: users, groups and roles in one paged list. */
export const policyEntityActions: Actions = [
  [
    'ListEntitiesForPolicy',
    reads((call) => {
      const filter = call.parameters.optionalText('EntityFilter', {
        min: 1,
        max: 30,
        pattern: 'User|Role|Group|LocalManagedPolicy|AWSManagedPolicy',
      })
      const prefix = call.parameters.optionalText('PathPrefix', prefixConstraint) ?? '/'
      const having = entitiesHaving(call)
      const found = kinds
        .filter(({ noun }) => filter === null || filter === noun)
        .flatMap((kind) => kind.of(call.account).map((entity) => ({ kind, entity })))
        .filter(({ entity }) => having.has(entity) && entity.path.startsWith(prefix))
      const page = pageOf(found, ({ kind, entity }) => `${kind.noun} ${entity.name}`, pageRequest(call))
      const member = (kind: EntityTraits): XmlElement => ({
        member: page.items.flatMap((each) => (each.kind === kind ? [describe(each.kind, each.entity)] : [])),
      })
      return {
        PolicyUsers: member(users),
        PolicyGroups: member(groups),
        PolicyRoles: member(roles),
        IsTruncated: page.next !== null,
        Marker: page.next,
      }
    }),
  ],
]

function entitiesHaving(call: Call): ReadonlySet<Entity> {
  const usage = call.parameters.optionalText('PolicyUsageFilter', { min: 1, max: 30, pattern: 'PermissionsPolicy|PermissionsBoundary' })
  const { attachedTo, bounds } = usesOf(call.account, readableArnOf(call))
  return new Set([...(usage === 'PermissionsBoundary' ? [] : attachedTo), ...(usage === 'PermissionsPolicy' ? [] : bounds)])
}

const describe = ({ noun }: EntityTraits, { name, uniqueId }: Entity): XmlElement => ({ [`${noun}Name`]: name, [`${noun}Id`]: uniqueId })
