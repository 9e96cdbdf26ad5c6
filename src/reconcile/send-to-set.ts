import { type AccountSession, type Aws, type AwsAccount, AwsError, type WriteGuard, type WriteReceipt } from '../aws/index.ts'
import type { LeasedPermissionSet, LeasedTarget } from '../grants/index.ts'
import type { Id } from '../kernel/ids.ts'
import { managedPath, nothingGranted, setSid, withStatement } from '../policy/index.ts'
import { type Send, sendOfManaged } from './send.ts'

interface ToSet {
  readonly aws: Aws
  readonly deploymentId: string
  readonly target: LeasedTarget & LeasedPermissionSet
  /** Those that Sallyport manages. */
  readonly accounts: readonly AwsAccount[]
  readonly planId: Id<'pln'>
}

/**
 * Makes the calls of a plan for a permission set: what it gives by managed policies of its account by IAM, the rest by
 * Identity Center. `session` is that of its account.
 */
export function sendToSet({ aws, deploymentId, target, accounts, planId }: ToSet, session: AccountSession): Send {
  const center = aws.identityCenter(target.center, planId)

  /**
   * The set has one inline policy, which is others' too, and Identity Center has no conditional write. So it is read again
   * last thing, and what comes in between the two calls is lost: that is why a reference is better.
   */
  const sayInline = async (document: string | null, guard: WriteGuard): Promise<WriteReceipt> => {
    const found = await center.getInlinePolicy(target.arn)
    const wanted = withStatement(found, setSid(deploymentId, target.account.id), document)
    if (wanted === 'unreadable') throw unreadable(target.arn)
    if (wanted === found) return { awsRequestId: null }
    return wanted === null ? center.deleteInlinePolicy(target.arn, guard) : center.putInlinePolicy(target.arn, wanted, guard)
  }

  const prepare = async (account: string, name: string, guard: WriteGuard): Promise<WriteReceipt> => {
    const reached = accounts.find(({ id }) => id === account)
    if (reached === undefined) throw notManaged(target.arn, account)
    const policy = { name, path: managedPath(deploymentId), document: nothingGranted(reached.partition) }
    try {
      return await aws.session(reached, planId).createManagedPolicy(policy, guard)
    } catch (error) {
      // Another target's run was first, or the answer of an earlier one was lost: it is there, and that is all that is asked.
      if (error instanceof AwsError && error.awsCode === 'EntityAlreadyExists') return { awsRequestId: error.awsRequestId }
      throw error
    }
  }

  return async (write, guard) => {
    switch (write.operation) {
      case 'put_inline':
        return sayInline(write.document, guard)
      case 'delete_inline':
        return sayInline(null, guard)
      case 'prepare_account':
        return prepare(write.account, write.policy, guard)
      case 'attach_reference':
        return center.attachReference(target.arn, { name: write.policy, path: managedPath(deploymentId) }, guard)
      case 'provision':
        return center.provision(target.arn, target.account.id, guard)
      default: {
        const sent = sendOfManaged(session, target, deploymentId, write, guard)
        if (sent === null) throw new Error(`${write.operation} is not for permission sets`)
        return sent
      }
    }
  }
}

const refusal = (message: string, reason: 'not_found' | 'unknown'): AwsError =>
  new AwsError(message, { reason, awsCode: null, awsRequestId: null, answered: true, cause: null })

/** What cannot be taken apart cannot be left as it is but for one statement. */
export const unreadable = (arn: string): AwsError => refusal(`the inline policy of ${arn} is not one that IAM would take`, 'unknown')

const notManaged = (arn: string, account: string): AwsError =>
  refusal(`${arn} is provisioned in account ${account}, which is not managed here`, 'not_found')
