import { createHash } from 'node:crypto'
import { partitionFault, refuseArn, splitArn } from './arn.ts'
import { type PrincipalArn, parsePrincipalArn } from './principal-arn.ts'
import { quoted } from './quoted.ts'

/** A permission set of IAM Identity Center. It is in no account, and has no unique id beside its ARN, which holds one. */
export interface PermissionSetArn {
  readonly kind: 'permission-set'
  readonly arn: string
  readonly partition: string
  readonly account: null
  /** The part of its ARN that is its own, `ps-…`: one made again under the same name has another. */
  readonly uniqueId: string
  /** The ARN of the instance of Identity Center that it belongs to. */
  readonly instanceArn: string
}

/** Reads the ARN of whoever can be given access directly. Throws `invalid_arn` and `unsupported_principal`. */
export const parseDirectArn = (text: string): PrincipalArn | PermissionSetArn =>
  /^arn:[^:]*:sso:/.test(text) ? parsePermissionSetArn(text) : parsePrincipalArn(text)

/**
 * Reads the ARN of a permission set. Throws `invalid_arn`.
 * Form: docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html.
 */
function parsePermissionSetArn(text: string): PermissionSetArn {
  const { partition, region, account, resource } = splitArn(text)
  const fault = partitionFault(partition)
  if (fault !== null) refuseArn(text, fault)
  if (region !== '' || account !== '')
    refuseArn(text, 'a permission set has neither region nor account; keep the colons and leave both out')
  const [, instance, uniqueId] = /^permissionSet\/((?:sso)?ins-[a-zA-Z0-9-.]{16})\/(ps-[a-zA-Z0-9-.]{16})$/.exec(resource) ?? []
  if (instance === undefined || uniqueId === undefined) {
    refuseArn(text, `${quoted(resource)} is no permission set; one is permissionSet/ssoins-… with 16 characters, a slash, and ps-… with 16`)
  }
  return {
    kind: 'permission-set',
    arn: text,
    partition,
    account: null,
    uniqueId,
    instanceArn: `arn:${partition}:sso:::instance/${instance}`,
  }
}

/** What stands for a permission set in the names of its policies, the same in every account: capitals and digits. */
export const permissionSetKey = (arn: string): string =>
  `SET${createHash('sha256').update(arn, 'utf8').digest('hex').slice(0, 20).toUpperCase()}`

/** Whether what stands for an entity in the names of policies stands for a permission set. */
export const isPermissionSetKey = (uniqueId: string): boolean => /^SET[0-9A-F]{20}$/.test(uniqueId)

/** The path of the roles that Identity Center makes in accounts (singlesignon/latest/userguide/referencingpermissionsets.html). */
export const RESERVED_PATH = '/aws-reserved/sso.amazonaws.com/'

/** Whether a role is one that Identity Center made for the permission set of this name. */
export const isRoleOfSet =
  (setName: string) =>
  (role: string): boolean =>
    role.startsWith(`AWSReservedSSO_${setName}_`) && /^[0-9a-f]{16}$/.test(role.slice(`AWSReservedSSO_${setName}_`.length))

/** The name under which a set's inline policy is on its roles. */
export const SET_INLINE_POLICY = 'AwsSSOInlinePolicy'

/** How the Sids of all that a deployment allows by a set's inline policy begin. */
export const setSids = (deploymentId: string): string => `Sallyport${deploymentId}`

/** The `Sid` of what a deployment allows in one account by a set's inline policy; IAM takes letters and digits. */
export const setSid = (deploymentId: string, accountId: string): string => `${setSids(deploymentId)}${accountId}`

/**
 * What a policy says that permission sets refer to while nothing is granted by it: IAM has no policy that says nothing. It
 * denies a database that cannot be: resource ids begin with `cluster-`, `db-` or `prx-`.
 */
export const nothingGranted = (partition: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: ['rds-db:connect'], Resource: [`arn:${partition}:rds-db:*:*:dbuser:none/none`] }],
  })
