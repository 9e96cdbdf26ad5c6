import type { AuditEvent } from '../audit/index.ts'
import type { AwsError, AwsErrorReason } from '../aws/index.ts'
import type { Attention } from '../grants/index.ts'
import { worker } from '../kernel/actor.ts'
import type { Id } from '../kernel/ids.ts'
import type { Operation } from '../policy/index.ts'

/** What is wrong with a target, for the people whose grants wait for it. Each is tried again without an end. */
const messages = {
  access_role_in_use:
    'The access role has no grant any more and cannot be deleted: others have put policies or an instance profile on it. Nobody can assume it; take them off.',
  access_role_taken:
    'The account has another role of the name that the access role should have, which is not touched. Delete or rename it.',
  aws_denied: 'AWS refuses Sallyport this change. The operators must mend the role that Sallyport assumes in the account.',
  aws_throttled: 'AWS asks Sallyport to go slower. It is tried again by itself.',
  aws_unavailable: 'AWS cannot be reached, or did not answer. It is tried again by itself.',
  aws_conflict: 'Somebody else is changing the principal. It is tried again by itself.',
  aws_failed: 'AWS answered in a way that Sallyport does not know. The operators find the answer in the log.',
  document_refused: 'AWS refuses the policy document. This is a fault of Sallyport’s; the operators find the answer in the log.',
  overwritten: 'Somebody else is writing to Sallyport’s policy. It is put right again by itself.',
  principal_gone: 'The principal does not exist any more. Access waits for it, and ends in time.',
  principal_not_trusted:
    'IAM does not take the principal into the trust policy of its access role: most likely it does not exist any more.',
  permission_set_elsewhere:
    'The permission set is provisioned in an account that Sallyport does not manage, so that it cannot refer to a policy there. Access waits until the account is listed in sallyport.yaml, or has the set no longer.',
  permission_set_not_provisioned:
    'Nobody is assigned to the permission set in the account of the database, so that it is not there. Access waits for an assignment, and ends in time.',
  principal_protected: 'The principal belongs to an AWS service and can only be changed through it.',
  principal_replaced: 'The principal was deleted and made again. The new one inherits nothing: make a new request.',
  provisioning_failed: 'Identity Center could not bring the permission set to the account of the database. It is tried again by itself.',
  quota_exceeded:
    'The principal’s policies, or its guard, would grow over a quota of IAM’s. End grants on it, or have its other policies made smaller or fewer.',
} as const

export type AttentionCode = keyof typeof messages

const byReason: Readonly<Record<AwsErrorReason, AttentionCode>> = {
  denied: 'aws_denied',
  region_disabled: 'aws_denied',
  not_found: 'principal_gone',
  quota: 'quota_exceeded',
  malformed: 'document_refused',
  throttled: 'aws_throttled',
  unavailable: 'aws_unavailable',
  conflict: 'aws_conflict',
  protected: 'principal_protected',
  unknown: 'aws_failed',
}

/** Nobody but an operator can mend these. */
const loud: ReadonlySet<AttentionCode> = new Set(['aws_denied', 'aws_failed', 'document_refused', 'principal_protected'])

/** What an error means for the target, by what was tried, if it was a write. */
export function troubleBy({ reason, awsCode }: AwsError, operation: Operation | null): AttentionCode {
  // Our own documents are well-formed; what IAM cannot take of them is who is trusted.
  if (reason === 'malformed' && (operation === 'create_role' || operation === 'put_trust')) return 'principal_not_trusted'
  if (operation === 'prepare_account' && reason === 'not_found') return 'permission_set_elsewhere'
  // Too much asynchronous work at a time, which is others' too (IAM Identity Center User Guide, "Quotas").
  if (operation === 'provision' && reason === 'quota') return 'aws_throttled'
  if (operation === 'provision' && reason === 'not_found') return 'permission_set_not_provisioned'
  if (operation === 'delete_role' && awsCode === 'DeleteConflict') return 'access_role_in_use'
  return byReason[reason]
}

export const isLoud = (code: AttentionCode): boolean => loud.has(code)

/** The attention after a run that ended in this trouble, or in none: since when, and how often in a row. */
export function nextAttention(
  before: Attention | null,
  { trouble, said }: { readonly trouble: AttentionCode | null; readonly said: string | null },
  now: Date,
): Attention | null {
  if (trouble === null) return null
  const message = said === null ? messages[trouble] : `${messages[trouble]} AWS says: ${said}`
  return { code: trouble, message, since: before?.since ?? now, attempts: (before?.attempts ?? 0) + 1 }
}

/** What the audit is told of it: trouble that begins, becomes another, or is over. */
export function attentionEvents(targetId: Id<'tgt'>, before: Attention | null, after: Attention | null): AuditEvent[] {
  if (before?.code === after?.code) return []
  const about = { actor: worker, targetId }
  return [
    ...(before === null ? [] : [{ ...about, type: 'target.attention_cleared' as const, payload: { code: before.code } }]),
    ...(after === null
      ? []
      : [{ ...about, type: 'target.attention_raised' as const, payload: { code: after.code, message: after.message } }]),
  ]
}
