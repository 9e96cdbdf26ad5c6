import { type Attention, canEnd, type GrantStatus } from './grant.ts'

/** What is wrong with a grant whose beneficiary has left since it was opened: an admin is to end it. That they are back keeps nothing. */
export function leaverAttention(
  { status, beneficiaryId }: { readonly status: GrantStatus; readonly beneficiaryId: string },
  leftAt: Date | null,
): Attention | null {
  if (leftAt === null || !canEnd(status)) return null
  const message = `${beneficiaryId} has left the directory since this was granted. An admin should revoke it, unless others need its principal to keep it.`
  return { code: 'beneficiary_left', message, since: leftAt, attempts: 0 }
}
