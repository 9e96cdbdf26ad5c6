import type { TrustedPrincipal } from './access-role.ts'
import { permissionSetPattern } from './principal-arn.ts'

/** What a trust policy says when nothing is granted: nobody has been able to assume the role since then. */
export const LONG_AGO = new Date(0)

/**
 * The trust policy of a principal's access role: it alone may assume the role, and only before `until` (whole seconds,
 * rounded down). A principal whose unique id is known is pinned by it (`aws:userid`, which begins with it), so that one
 * made again under the same name is refused even where nobody notices. The roles of a permission set change their suffix
 * whenever they are provisioned anew: they are trusted through their account, by the name before the suffix
 * (docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html).
 */
export function trustPolicy({ arn, uniqueId }: TrustedPrincipal, until: Date): string {
  const DateLessThan = { 'aws:CurrentTime': `${until.toISOString().slice(0, 19)}Z` }
  const pattern = permissionSetPattern(arn)
  const [principal, Condition] =
    pattern !== null
      ? [arn.replace(/:role\/.*$/, ':root'), { DateLessThan, ArnLike: { 'aws:PrincipalArn': pattern } }]
      : uniqueId !== null
        ? [arn, { DateLessThan, StringLike: { 'aws:userid': arn.includes(':role/') ? `${uniqueId}:*` : uniqueId } }]
        : [arn, { DateLessThan }]
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', Condition }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** A trust policy as IAM shows it. */
export interface ShownTrust {
  /** As it was written, while nobody but IAM itself has changed it. */
  readonly trust: string
  /**
   * IAM shows a unique id in the place of the principal: it was deleted. Nobody can assume the role by this any more, and
   * writing the ARN again would trust whoever has the name now (IAM User Guide, "AWS JSON policy elements: Principal").
   */
  readonly principalGone: boolean
}

export function shownTrust(document: string, principal: TrustedPrincipal): ShownTrust {
  const written = document.replace(/("AWS"\s*:\s*(?:\[\s*)?")A(?:ROA|IDA)[A-Z0-9]+(?=")/, (_, before: string) => before + principal.arn)
  return { trust: written, principalGone: written !== document }
}

/** Until when a trust policy trusts the principal; null if it is not what `trustPolicy` writes for it. */
export function trustedUntil(trust: string, principal: TrustedPrincipal): Date | null {
  const date = new Date(/"aws:CurrentTime":"([^"]*)"/.exec(trust)?.[1] ?? '')
  return !Number.isNaN(date.getTime()) && trustPolicy(principal, date) === trust ? date : null
}
