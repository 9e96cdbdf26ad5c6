import type { AccountInspector } from '../aws/index.ts'
import { clockFindings } from './clock.ts'
import { type Finding, findingsAt } from './finding.ts'
import { failed, isFailure } from './refusals.ts'

export interface IdentityReport {
  /** Who this process is at AWS before it assumes a role; null if that cannot be told. */
  readonly arn: string | null
  /** Whether any call can be made: false without credentials, or with credentials that AWS does not take. */
  readonly usable: boolean
  /** Milliseconds that AWS's clock is ahead of this machine's, to about a second; null without an answer. */
  readonly clockAhead: number | null
  readonly findings: readonly Finding[]
}

/** The process's own identity, and AWS's clock. `inspector` acts without a role. */
export async function checkIdentity(inspector: AccountInspector): Promise<IdentityReport> {
  const { error } = findingsAt('AWS')
  const identity = await inspector.identity().catch(failed)
  const clockAhead = inspector.clockAhead()
  const clock = clockFindings('AWS', 'AWS', clockAhead)
  if (!isFailure(identity)) return { arn: identity.arn, usable: true, clockAhead, findings: clock }
  const { reason, message } = identity.failure
  if (reason === 'denied' || reason === 'region_disabled') {
    const what = `Sallyport has no AWS identity of its own: ${message}; the accounts were not looked at`
    const cure =
      'Give this process a role, or a profile or keys as every AWS SDK finds them; where it has them, let the first account begin with a region that is enabled in its own account too.'
    return { arn: null, usable: false, clockAhead, findings: [error('identity', what, cure), ...clock] }
  }
  const cure = 'Look at the network between here and STS of the first account’s first region.'
  return {
    arn: null,
    usable: true,
    clockAhead,
    findings: [error('identity', `STS did not say who Sallyport is: ${message}`, cure), ...clock],
  }
}
