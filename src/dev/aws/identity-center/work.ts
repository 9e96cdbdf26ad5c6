import { randomUUID } from 'node:crypto'
import type { Context } from '../action.ts'
import { conflict, resourceNotFound, serviceQuotaExceeded } from '../json-action.ts'
import type { IdentityCenter, PermissionSet, Work } from './identity-center-state.ts'
import { deprovision, provision } from './reserved-role.ts'
import { seconds } from './sso-input.ts'

/** IAM Identity Center User Guide, "Quotas": outstanding asynchronous calls. */
const OUTSTANDING_QUOTA = 10

/**
 * Begins work in accounts, which goes on after the call. Throws ConflictException where other work goes on in one of them, and
 * ServiceQuotaExceededException for an eleventh.
 */
export function begin(center: IdentityCenter, wanted: Pick<Work, 'kind' | 'permissionSet' | 'accounts' | 'principal'>): Work {
  const outstanding = center.work.filter(({ status }) => status === 'IN_PROGRESS')
  if (outstanding.some(({ accounts }) => accounts.some((account) => wanted.accounts.includes(account)))) {
    throw conflict('There is a conflicting operation in process for this resource')
  }
  if (outstanding.length >= OUTSTANDING_QUOTA) {
    throw serviceQuotaExceeded(`There are already ${OUTSTANDING_QUOTA} outstanding asynchronous calls`)
  }
  const work: Work = { ...wanted, id: randomUUID(), status: 'IN_PROGRESS', failure: null, created: new Date().toISOString(), calls: 0 }
  center.work.push(work)
  return work
}

/** The work of one kind that a request id names. Throws ResourceNotFoundException. */
export function workNamed(center: IdentityCenter, kind: Work['kind'], id: string): Work {
  const work = center.work.find((each) => each.id === id && each.kind === kind)
  if (!work) throw resourceNotFound(`Could not find a request with id ${id}`)
  return work
}

/** What every status of work says. */
export const describeWork = ({ id, status, failure, created }: Work) => ({
  Status: status,
  RequestId: id,
  CreatedDate: seconds(created),
  ...(failure === null ? {} : { FailureReason: failure }),
})

/** One call later: work that has seen as many as `pace` says is done, with what there is then. */
export function tick(context: Context, pace: number | null): void {
  const center = context.account.identityCenter
  if (center?.region !== context.region) return
  for (const work of center.work.filter(({ status }) => status === 'IN_PROGRESS')) {
    work.calls += 1
    if (pace === null || work.calls < pace) continue
    const failures = perform(context, center, work)
    work.status = failures.length > 0 ? 'FAILED' : 'SUCCEEDED'
    work.failure = failures.length > 0 ? failures.join('; ') : null
  }
}

/** Does work wherever it can be done; answers why it could not elsewhere. */
function perform(context: Context, center: IdentityCenter, work: Work): string[] {
  const set = center.permissionSets.find(({ arn }) => arn === work.permissionSet)
  if (!set) return [`Received a 404 status error: Could not find PermissionSet with id ${work.permissionSet}`]
  const failures = work.accounts.map((account) => performIn(context, center, { ...work, set, account }))
  return failures.filter((failure) => failure !== null)
}

function performIn(
  context: Context,
  center: IdentityCenter,
  { kind, principal, set, account }: Pick<Work, 'kind' | 'principal'> & { set: PermissionSet; account: string },
): string | null {
  if (principal === null) return provision(context, set, account)
  const others = center.assignments.filter(
    (each) => each.account !== account || each.permissionSet !== set.arn || each.principalId !== principal.principalId,
  )
  if (kind === 'assign') {
    if (!isKnown(center, principal)) return `Received a 404 status error: ${principal.principalType} ${principal.principalId} not found.`
    // A set that is in the account already is left as it is there: ProvisionPermissionSet brings the changes.
    const failure = set.provisioned.some((each) => each.account === account) ? null : provision(context, set, account)
    if (failure === null) center.assignments = [...others, { account, permissionSet: set.arn, ...principal }]
    return failure
  }
  center.assignments = others
  if (!others.some((each) => each.account === account && each.permissionSet === set.arn)) deprovision(context, set, account)
  return null
}

const isKnown = ({ users, groups }: IdentityCenter, { principalType, principalId }: NonNullable<Work['principal']>): boolean =>
  (principalType === 'USER' ? users : groups).some(({ id }) => id === principalId)
