import { partitionOfRegion } from '../kernel/partitions.ts'
import type { AllowRule, DatabaseScope, Rule } from '../kernel/rule.ts'
import type { Account, DeclaredDatabase, GuardedPrincipal, SallyportFile } from './file-schema.ts'
import { at, type Problem } from './problem.ts'
import { peopleProblems } from './sense-of-people.ts'
import { askedProblems, enoughProblems, namedProblems, whoProblems } from './sense-of-stages.ts'
import { sourcesInRule, ticketProblems } from './sense-of-tickets.ts'
import { suggestion } from './suggestion.ts'

/**
 * What is wrong in a file whose every part has the right shape: names used twice, references to nothing,
 * limits that nobody can keep. A misspelt group would only make a rule match nobody, and a misspelt account
 * in a deny rule would let through what it is to stop: so both are errors, not silence.
 */
export const senseProblems = (file: SallyportFile): Problem[] => [
  ...duplicates(file),
  ...file.accounts.flatMap((account, index) => accountProblems(account).map(at('accounts', index))),
  ...identityCenterProblems(file).map(at('identityCenter')),
  ...setsWithoutCenter(file),
  ...file.databases.flatMap((database, index) => databaseProblems(file, database).map(at('databases', index))),
  ...file.databaseUsers.flatMap(({ databases }, index) => scopeProblems(file, databases).map(at('databaseUsers', index, 'databases'))),
  ...file.principals.flatMap((principal, index) => principalProblems(file, principal).map(at('principals', index, 'arn'))),
  ...peopleProblems(file),
  ...ticketProblems(file),
  ...whoProblems(file, file.admins).map(at('admins')),
  ...whoProblems(file, file.auditors).map(at('auditors')),
  ...activationProblems(file).map(at('activation', 'confirmedBy')),
  ...file.rules.flatMap((rule, index) => ruleProblems(file, rule).map(at('rules', index))),
]

function duplicates(file: SallyportFile): Problem[] {
  return [
    ...twice(file.accounts, 'accounts', 'id'),
    ...twice(file.accounts, 'accounts', 'name'),
    ...twice(file.databases, 'databases', 'arn'),
    ...twice(file.principals, 'principals', 'arn'),
    ...twice(file.people, 'people', 'id'),
    ...twice(file.people, 'people', 'username'),
    ...twice(file.issuers, 'issuers', 'issuer'),
    ...twice(file.tickets, 'tickets', 'name'),
    ...twice(file.rules, 'rules', 'name'),
    ...file.databases.flatMap(({ accountId, region, resourceId }, index) => {
      const first = file.databases.findIndex(
        (other) => other.accountId === accountId && other.region === region && other.resourceId === resourceId,
      )
      return first === index
        ? []
        : [{ path: ['databases', index, 'resourceId'], message: `${resourceId} is already that of databases[${first}]` }]
    }),
  ]
}

const twice = <Key extends string>(items: readonly Readonly<Record<Key, unknown>>[], list: string, key: Key): Problem[] =>
  items.flatMap((item, index) => {
    const first = items.findIndex((other) => other[key] === item[key])
    return first === index ? [] : [{ path: [list, index, key], message: `${String(item[key])} is already the ${key} of ${list}[${first}]` }]
  })

function accountProblems(account: Account): Problem[] {
  const problems: Problem[] = []
  if (account.roleArn !== null && !account.roleArn.startsWith(`arn:${account.partition}:iam::${account.id}:`))
    problems.push({ path: ['role'], message: `must be a role of account ${account.id} in partition ${account.partition}` })
  account.regions.forEach((region, index) => {
    const partition = partitionOfRegion(region)
    if (partition !== account.partition) problems.push({ path: ['regions', index], message: regionElsewhere(account, region, partition) })
  })
  if (account.externalId !== null && account.roleArn === null)
    problems.push({ path: ['externalId'], message: 'means nothing without a role' })
  if (account.boundary !== null && !account.boundary.startsWith(`arn:${account.partition}:iam::${account.id}:`))
    problems.push({ path: ['boundary'], message: `must be a policy of account ${account.id} in partition ${account.partition}` })
  return problems
}

const regionElsewhere = ({ partition }: Account, region: string, owner: string | null): string =>
  owner === null
    ? `there is no region ${region} in partition ${partition}`
    : `${region} is in partition ${owner}, and the account in ${partition}`
function identityCenterProblems({ identityCenter, accounts }: SallyportFile): Problem[] {
  if (identityCenter === null) return []
  const { accountId, instanceArn } = identityCenter
  const account = accounts.find(({ id }) => id === accountId)
  const ids = accounts.map(({ id }) => id)
  if (account === undefined)
    return [{ path: ['account'], message: `account ${accountId} is not listed under accounts${suggestion(accountId, ids)}` }]
  if (instanceArn.startsWith(`arn:${account.partition}:`)) return []
  return [{ path: ['instance'], message: `account ${accountId} is in partition ${account.partition}, the instance is not` }]
}

/** A rule that nobody could ever ask by is a mistake. */
const setsWithoutCenter = ({ identityCenter, rules }: SallyportFile): Problem[] =>
  rules.flatMap((rule, index) =>
    (identityCenter === null && rule.effect === 'allow' ? rule.principals : []).flatMap((pattern, position) =>
      pattern.split(':')[2] === 'sso'
        ? [
            {
              path: ['rules', index, 'principals', position],
              message: 'permission sets can be named only with identityCenter, which is not given',
            },
          ]
        : [],
    ),
  )

const resourcePrefixes = { cluster: 'cluster-', instance: 'db-', proxy: 'prx-' } as const

function databaseProblems(file: SallyportFile, database: DeclaredDatabase): Problem[] {
  const { kind, identifier, resourceId } = database
  const problems: Problem[] = []
  const account = file.accounts.find(({ id }) => id === database.accountId)
  if (account === undefined) problems.push({ path: ['arn'], message: `account ${database.accountId} is not listed under accounts` })
  if (account !== undefined && account.partition !== database.partition)
    problems.push({ path: ['arn'], message: `account ${account.id} is in partition ${account.partition}, not ${database.partition}` })
  if (account !== undefined && !account.regions.includes(database.region))
    problems.push({ path: ['arn'], message: `region ${database.region} is not listed under the regions of account ${account.id}` })
  if (!resourceId.startsWith(resourcePrefixes[kind]))
    problems.push({
      path: ['resourceId'],
      message: `must begin with ${resourcePrefixes[kind]}, because the ARN is that of ${kind === 'instance' ? 'an' : 'a'} ${kind}`,
    })
  else if (kind === 'proxy' && resourceId !== identifier)
    problems.push({ path: ['resourceId'], message: `must be ${identifier}, the end of the ARN` })
  return problems
}

/** Roles that nobody but AWS can write to, or that are Sallyport's own, cannot be guarded. */
const unguarded: readonly (readonly [beginning: string, why: string])[] = [
  [
    'role/aws-reserved/',
    'belongs to IAM Identity Center, and only its permission set can be changed: limit that, or use a service control policy',
  ],
  ['role/aws-service-role/', 'belongs to an AWS service, which nobody can deny anything'],
  ['role/sallyport/', 'is made by Sallyport, and has nothing but what is granted'],
]

function principalProblems(file: SallyportFile, { arn, partition, accountId }: GuardedPrincipal): Problem[] {
  const account = file.accounts.find(({ id }) => id === accountId)
  if (account === undefined) return [{ path: [], message: `account ${accountId} is not listed under accounts` }]
  if (account.partition !== partition)
    return [{ path: [], message: `account ${accountId} is in partition ${account.partition}, not ${partition}` }]
  const [, , , , , resource = ''] = arn.split(':')
  return unguarded.flatMap(([beginning, why]) => (resource.startsWith(beginning) ? [{ path: [], message: why }] : []))
}

function scopeProblems(file: SallyportFile, scope: DatabaseScope): Problem[] {
  const accounts = file.accounts.map((account) => account.id)
  const regions = [...new Set(file.accounts.flatMap((account) => account.regions))]
  return [
    ...(scope.accounts ?? []).flatMap((id, position) =>
      accounts.includes(id)
        ? []
        : [{ path: ['accounts', position], message: `account ${id} is not listed under accounts${suggestion(id, accounts)}` }],
    ),
    ...(scope.regions ?? []).flatMap((region, position) =>
      regions.includes(region)
        ? []
        : [{ path: ['regions', position], message: `${region} is a region of no account${suggestion(region, regions)}` }],
    ),
  ]
}

function ruleProblems(file: SallyportFile, rule: Rule): Problem[] {
  return [
    ...(rule.who === undefined ? [] : namedProblems(file, rule.who).map(at('who'))),
    ...(rule.databases === undefined ? [] : scopeProblems(file, rule.databases).map(at('databases'))),
    ...(rule.effect === 'deny'
      ? []
      : rule.approvals.flatMap((stage, position) => askedProblems(file, stage, rule).map(at('approvals', position)))),
    ...(rule.effect === 'allow' ? extensionProblems(file, rule) : []),
    ...(rule.effect === 'allow' && rule.duration.default > rule.duration.longest
      ? [{ path: ['duration', 'default'], message: 'must not be more than longest' }]
      : []),
    ...(rule.effect === 'allow' ? [...wildcardProblems(rule), ...reviewedProblems(file, rule)] : []),
    ...sourcesInRule(file, rule),
    ...(rule.effect === 'allow' && rule.channel !== null && file.slack === null
      ? [{ path: ['channel'], message: 'means nothing without slack, which is not given' }]
      : []),
  ]
}

function extensionProblems(file: SallyportFile, rule: AllowRule): Problem[] {
  const { extensions, duration } = rule
  if (extensions === null) return []
  return [
    ...(extensions.approvals ?? []).flatMap((stage, position) =>
      askedProblems(file, stage, rule).map(at('extensions', 'approvals', position)),
    ),
    ...(extensions.total <= duration.default
      ? [{ path: ['extensions', 'total'], message: 'leaves nothing to extend: it must be more than the default of duration' }]
      : []),
  ]
}

/** A wildcard that the rest of its rule makes useless is a mistake, and a dangerous one to leave unsaid. */
function wildcardProblems({ wildcards, dbUsers, databases }: AllowRule): Problem[] {
  const narrowed = databases.tags !== undefined || databases.identifiers !== undefined
  return [
    ...(wildcards.dbUsers && !dbUsers.includes('*')
      ? [{ path: ['wildcards', 'dbUsers'], message: 'means nothing unless dbUsers holds "*"' }]
      : []),
    ...(wildcards.databases && narrowed
      ? [{ path: ['wildcards', 'databases'], message: 'means nothing with tags or identifiers; ask by tag instead, or leave them out' }]
      : []),
  ]
}

/** Nobody to confirm would leave the operator alone with every change of the rules. */
const activationProblems = (file: SallyportFile): Problem[] =>
  file.activation === null ? [] : enoughProblems(file, file.activation.confirmedBy)

/** What is reviewed needs somebody to review it. */
function reviewedProblems(file: SallyportFile, { emergency, standing }: AllowRule): Problem[] {
  return [
    ...(emergency === null
      ? []
      : [
          ...namedProblems(file, emergency.who).map(at('who')),
          ...enoughProblems(file, emergency.review).map(at('review')),
          ...whoProblems(file, emergency.notify).map(at('notify')),
        ].map(at('emergency'))),
    ...(standing === null ? [] : enoughProblems(file, standing.reviewers).map(at('standing', 'reviewers'))),
    ...(standing !== null && standing.remindBefore >= standing.reviewEvery
      ? [{ path: ['standing', 'remindBefore'], message: 'must be less than reviewEvery' }]
      : []),
  ]
}
