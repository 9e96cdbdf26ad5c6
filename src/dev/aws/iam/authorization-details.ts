import { type Actions, type Call, reads } from '../action.ts'
import { pageOf } from '../paging.ts'
import { constraintBroken } from '../protocol/refusal.ts'
import type { XmlElement } from '../protocol/xml.ts'
import type { Entity } from '../state.ts'
import { describeAttached } from './attachments.ts'
import { awsPolicies } from './aws-policies.ts'
import { describePolicy } from './describe-policy.ts'
import { describeBoundary, type EntityKind, groups, roles, users } from './entity-kind.ts'
import { usesOf } from './find-policy.ts'
import { groupsOf } from './groups.ts'
import { pageRequest } from './iam-page.ts'
import { encodeDocument } from './policy-document.ts'
import { describeVersion, readablePolicy } from './policy-versions.ts'
import { tagList } from './tags.ts'

const filters = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const

type Filter = (typeof filters)[number]

/** One thing of the account with all that IAM tells of it. */
interface Detail {
  readonly filter: Filter
  readonly list: string
  readonly name: string
  readonly describe: () => XmlElement
}

/** Everything in the account, in one paged list: users, groups, roles, its managed policies, and those of AWS in use. */
export const authorizationDetailActions: Actions = [
  [
    'GetAccountAuthorizationDetails',
    reads((call) => {
      const wanted = filtersOf(call)
      const details = detailsOf(call).filter(({ filter }) => wanted.size === 0 || wanted.has(filter))
      const page = pageOf(details, ({ filter, name }) => `${filters.indexOf(filter)} ${name}`, pageRequest(call))
      const listed = (list: string) => ({ member: page.items.filter((item) => item.list === list).map(({ describe }) => describe()) })
      return {
        UserDetailList: listed('UserDetailList'),
        GroupDetailList: listed('GroupDetailList'),
        RoleDetailList: listed('RoleDetailList'),
        Policies: listed('Policies'),
        IsTruncated: page.next !== null,
        Marker: page.next,
      }
    }),
  ],
]

function filtersOf(call: Call): ReadonlySet<string> {
  const wanted = call.parameters.texts('Filter.member')
  const unknown = wanted.find((each) => !filters.some((filter) => filter === each))
  if (unknown !== undefined) throw constraintBroken('Filter', unknown, `Member must satisfy enum value set: [${filters.join(', ')}]`)
  return new Set(wanted)
}

function detailsOf(call: Call): Detail[] {
  const { account } = call
  const policy = (filter: Filter, arn: string): Detail => ({
    filter,
    list: 'Policies',
    name: arn,
    describe: () => describeWhole(call, arn),
  })
  const inUse = awsPolicies(call.partition).filter(({ arn }) => {
    const { attachedTo, bounds } = usesOf(account, arn)
    return attachedTo.length + bounds.length > 0
  })
  return [
    ...entityDetails(call, users, (user) => ({ GroupList: { member: groupsOf(account, user).map(({ name }) => name) } })),
    ...entityDetails(call, groups, () => ({})),
    ...entityDetails(call, roles, () => ({ InstanceProfileList: { member: [] } })),
    ...account.policies.map(({ arn }) => policy('LocalManagedPolicy', arn)),
    ...inUse.map(({ arn }) => policy('AWSManagedPolicy', arn)),
  ]
}

const entityDetails = <E extends Entity>(call: Call, kind: EntityKind<E>, more: (entity: E) => XmlElement): Detail[] =>
  kind.of(call.account).map((entity) => ({
    filter: kind.noun,
    list: `${kind.noun}DetailList`,
    name: entity.name,
    describe: () => ({
      ...kind.describe(entity, call.state),
      [`${kind.noun}PolicyList`]: {
        member: entity.inlinePolicies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encodeDocument(document) })),
      },
      AttachedManagedPolicies: { member: entity.attached.map(describeAttached) },
      ...describeBoundary(entity),
      Tags: tagList(entity.tags),
      ...more(entity),
    }),
  }))

function describeWhole(call: Call, arn: string): XmlElement {
  const policy = readablePolicy(call, arn)
  const member = policy.versions.map((version) => ({
    Document: encodeDocument(version.document),
    ...describeVersion(policy, version),
  }))
  return { ...describePolicy(call, arn), PolicyVersionList: { member } }
}
