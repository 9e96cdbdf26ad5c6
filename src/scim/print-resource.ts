import { GROUP_SCHEMA, type Listed, type Part, type ScimGroup, type ScimUser, USER_SCHEMA } from './scim.ts'

type Resource = Readonly<Record<string, unknown>>

/** Which attributes an answer has; null: all. `id`, `schemas` and `meta` are always there. */
export interface Projection {
  readonly only: ReadonlySet<string> | null
  readonly without: ReadonlySet<string>
}

/** A user as SCIM has it; what there is none of is left out. */
export const printUser = (user: ScimUser): Resource => ({
  schemas: [USER_SCHEMA],
  id: user.id,
  ...(user.externalId === null ? {} : { externalId: user.externalId }),
  userName: user.userName,
  ...(user.profile.name === null ? {} : { name: user.profile.name }),
  ...(user.profile.displayName === null ? {} : { displayName: user.profile.displayName }),
  ...(user.profile.emails.length === 0 ? {} : { emails: user.profile.emails }),
  active: user.active,
  groups: user.groups,
  meta: meta('User', `/scim/v2/Users/${user.id}`, user),
})

export const printGroup = (group: ScimGroup): Resource => ({
  schemas: [GROUP_SCHEMA],
  id: group.id,
  ...(group.externalId === null ? {} : { externalId: group.externalId }),
  displayName: group.displayName,
  ...(group.members === null ? {} : { members: group.members }),
  meta: meta('Group', `/scim/v2/Groups/${group.id}`, group),
})

const meta = (resourceType: string, location: string, { createdAt, updatedAt }: Pick<ScimUser, 'createdAt' | 'updatedAt'>) => ({
  resourceType,
  created: createdAt.toISOString(),
  lastModified: updatedAt.toISOString(),
  location,
})

/** A part of a list (RFC 7644, 3.4.2). */
export const printList = (listed: Listed<Resource>, { startIndex }: Part): Resource => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: listed.total,
  startIndex,
  itemsPerPage: listed.items.length,
  Resources: listed.items,
})

/** Leaves out what was not asked for (RFC 7644, 3.9). */
export const projected = (resource: Resource, { only, without }: Projection): Resource =>
  Object.fromEntries(
    Object.entries(resource).filter(([name]) => {
      if (['id', 'schemas', 'meta'].includes(name)) return true
      const folded = name.toLowerCase()
      return (only === null || only.has(folded)) && !without.has(folded)
    }),
  )
