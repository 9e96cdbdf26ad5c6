import { SallyportError } from '../kernel/errors.ts'
import { type Arn, accountFault, partitionFault, refuseArn, splitArn } from './arn.ts'
import type { EntityKind } from './quota.ts'
import { quoted } from './quoted.ts'

/** An IAM role, user or group: what can be given access. */
export interface PrincipalArn {
  readonly partition: string
  readonly account: string
  readonly kind: EntityKind
  /** Begins and ends with a slash; `/` for most. */
  readonly path: string
  readonly name: string
}

/**
 * Reads the ARN of an IAM role, user or group, its path included. Throws `invalid_arn` if the text is no such thing, and
 * `unsupported_principal` if it names something real that cannot be given access, with what to ask for instead.
 * Forms: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html.
 */
export function parsePrincipalArn(text: string): PrincipalArn {
  if (/^A(ROA|IDA|GPA)[A-Z0-9]{12,}$/.test(text)) refuseArn(text, 'this is a unique id; name the principal by its ARN')
  const arn = splitArn(text)
  refuseOtherServices(text, arn)
  const [kind, ...names] = arn.resource.split('/')
  if (kind !== 'role' && kind !== 'user' && kind !== 'group') refuseOtherKind(text, kind ?? '')
  if (arn.region !== '') refuseArn(text, `IAM has no regions; leave out ${quoted(arn.region)} and keep both colons`)
  const fault = partitionFault(arn.partition) ?? accountFault(arn.account) ?? nameFault(kind, names)
  if (fault !== null) refuseArn(text, fault)
  const name = names.at(-1) ?? ''
  const path = ['', ...names.slice(0, -1), ''].join('/')
  if (kind === 'role') refuseManagedRole(text, path, name)
  return { partition: arn.partition, account: arn.account, kind, path, name }
}

const longestNames: Readonly<Record<EntityKind, number>> = { role: 64, user: 64, group: 128 }

/** Names: docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html, API_CreateUser.html and API_CreateGroup.html. */
function nameFault(kind: EntityKind, names: readonly string[]): string | null {
  const name = names.at(-1) ?? ''
  const path = names.slice(0, -1)
  if (name === '') return `the name of the ${kind} is missing`
  if (names.some((part) => /[*?]/.test(part))) return `a wildcard names many; name one ${kind}`
  if (!/^[\w+=,.@-]+$/.test(name)) return `${quoted(name)} is not the name of a ${kind}: letters, digits and + = , . @ - _`
  const longest = longestNames[kind]
  if (name.length > longest) return `the name of the ${kind} has ${name.length} characters; IAM takes up to ${longest}`
  if (!path.every((part) => /^[\x21-\x7e]+$/.test(part))) return `the path before ${quoted(name)} is not one that IAM has`
  return null
}

/** Roles that only AWS may change: a policy written to one is refused, or lost (IAM answers UnmodifiableEntity). */
function refuseManagedRole(text: string, path: string, name: string): void {
  const permissionSet = reservedFor(name)
  if (permissionSet !== null || path.startsWith('/aws-reserved/')) refuse(text, identityCenter(permissionSet))
  if (path.startsWith('/aws-service-role/')) {
    refuse(text, 'a service-linked role belongs to an AWS service and cannot be changed; ask for a role of your own')
  }
}

/** The permission set of a role `AWSReservedSSO_<permission set>_<suffix>`, which Identity Center made; null for other roles. */
function reservedFor(role: string): string | null {
  if (!role.startsWith('AWSReservedSSO_')) return null
  return role.replace(/^AWSReservedSSO_/, '').replace(/_[0-9a-f]{16}$/, '')
}

const identityCenter = (permissionSet: string | null): string =>
  `IAM Identity Center made this role for ${permissionSet === null ? 'a permission set' : `the permission set ${quoted(permissionSet)}`}, and only ` +
  'the permission set can be changed; ask for an IAM role that its people may assume'

function refuseOtherServices(text: string, { service, account, partition, resource }: Arn): void {
  if (service === 'iam') return
  const [kind, role] = resource.split('/')
  if (service === 'sts' && kind === 'assumed-role' && role !== undefined) {
    const permissionSet = reservedFor(role)
    if (permissionSet !== null) refuse(text, identityCenter(permissionSet))
    refuse(text, `this is a session; ask for its role, arn:${partition}:iam::${account}:role/${role}, with its path if it has one`)
  }
  if (service === 'sts') refuse(text, 'this is a session, which ends by itself; ask for the role or user that it was made from')
  if (service === 'sso') refuse(text, 'a permission set is not given access itself; ask for an IAM role that its people may assume')
  refuseArn(text, `the service is ${quoted(service)}; a role, user or group has "iam", as in arn:aws:iam::account:role/name`)
}

const otherKinds: ReadonlyMap<string, string> = new Map([
  ['root', 'the root user has everything in its account and needs no grant; ask for a role or a user'],
  ['instance-profile', 'an instance profile only carries a role; ask for the role'],
  ['policy', 'a policy connects to nothing; ask for the role or user that it is for'],
  ['saml-provider', 'a provider connects to nothing; ask for the role that its people assume'],
  ['oidc-provider', 'a provider connects to nothing; ask for the role that is assumed through it'],
])

function refuseOtherKind(text: string, kind: string): never {
  const instead = otherKinds.get(kind)
  if (instead !== undefined) refuse(text, instead)
  refuseArn(text, `${quoted(kind)} is no kind of principal; after the account comes "role/name", "user/name" or "group/name"`)
}

function refuse(text: string, instead: string): never {
  throw new SallyportError('unsupported_principal', `${quoted(text)}: ${instead}.`)
}
