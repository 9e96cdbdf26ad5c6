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
  const arn = splitPrincipal(text)
  if (arn.kind === 'role') refuseManagedRole(text, arn)
  return arn
}

/**
 * The same for who is to assume an access role, which asks nothing of the principal itself: so it may be a role that
 * Identity Center made. A group is refused, since no trust policy can name one.
 */
export function parseTrustedArn(text: string): PrincipalArn {
  const arn = splitPrincipal(text)
  if (arn.kind === 'group') refuse(text, 'a role cannot trust a group; ask for each of its users, or for a role that they may assume')
  if (arn.path.startsWith(SERVICE_PATH)) refuse(text, 'a service-linked role is used by an AWS service, not by people; ask for their role')
  if (reservedFor(arn.name) !== null && permissionSetPattern(text) === null) {
    refuse(text, 'this is not the whole ARN of a role of Identity Center; `aws iam list-roles --path-prefix /aws-reserved/` shows it')
  }
  return arn
}

/**
 * The pattern, for `ArnLike`, of the ARNs that the role of a permission set has had and will have in its account: its
 * suffix, 16 hexadecimal digits, changes when it is provisioned anew. Null for any other role. The suffix is as many `?`,
 * so that the pattern does not reach permission sets whose names only begin alike.
 */
export const permissionSetPattern = (arn: string): string | null =>
  /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?AWSReservedSSO_.+_[0-9a-f]{16}$/.test(arn)
    ? arn.replace(/[0-9a-f]{16}$/, '?'.repeat(16))
    : null

function splitPrincipal(text: string): PrincipalArn {
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
  return { partition: arn.partition, account: arn.account, kind, path, name }
}

const SERVICE_PATH = '/aws-service-role/'

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
function refuseManagedRole(text: string, { path, name }: PrincipalArn): void {
  const permissionSet = reservedFor(name)
  if (permissionSet !== null || path.startsWith('/aws-reserved/')) refuse(text, identityCenter(permissionSet))
  if (path.startsWith(SERVICE_PATH)) {
    refuse(text, 'a service-linked role belongs to an AWS service and cannot be changed; ask for a role of your own')
  }
}

/** The account of a role that Identity Center made, or of a session of it, and the name of its permission set; null for anything else. */
export function reservedRole(arn: string): { readonly account: string; readonly permissionSet: string } | null {
  const [, account, name] = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(?:assumed-role\/|role\/(?:[^/]+\/)*)(AWSReservedSSO_[^/]+)/.exec(arn) ?? []
  const permissionSet = reservedFor(name ?? '')
  return account === undefined || permissionSet === null ? null : { account, permissionSet }
}

/** The permission set of a role `AWSReservedSSO_<permission set>_<suffix>`, which Identity Center made; null for other roles. */
function reservedFor(role: string): string | null {
  if (!role.startsWith('AWSReservedSSO_')) return null
  return role.replace(/^AWSReservedSSO_/, '').replace(/_[0-9a-f]{16}$/, '')
}

const identityCenter = (permissionSet: string | null): string =>
  `IAM Identity Center made this role for ${permissionSet === null ? 'a permission set' : `the permission set ${quoted(permissionSet)}`}, and only ` +
  'the permission set can be changed; ask for that by its ARN, or with `path: "access-role"`'

function refuseOtherServices(text: string, { service, account, partition, resource }: Arn): void {
  if (service === 'iam') return
  const [kind, role] = resource.split('/')
  if (service === 'sts' && kind === 'assumed-role' && role !== undefined) {
    const permissionSet = reservedFor(role)
    if (permissionSet !== null) refuse(text, identityCenter(permissionSet))
    refuse(text, `this is a session; ask for its role, arn:${partition}:iam::${account}:role/${role}, with its path if it has one`)
  }
  if (service === 'sts') refuse(text, 'this is a session, which ends by itself; ask for the role or user that it was made from')
  if (service === 'sso')
    refuse(text, 'a permission set is in no account; its role in an account, AWSReservedSSO_…, can assume an access role')
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
