import { canEnd, type GrantDetails, getGrant } from '../grants/index.ts'
import { viewerOf } from '../identity/index.ts'
import { SallyportError } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { type CreatedRequest, type CreateRequest, createRequest } from './create-request.ts'
import { actingPerson, type RequestParts } from './parts.ts'
import type { Extending, Ticket } from './request.ts'
import { findExtending, getRequest } from './request-view.ts'

export interface ExtendAccess extends Omit<CreateRequest, 'asked'> {
  readonly grantId: Id<'grt'>
  /** By how much; null: the default of the rule. */
  readonly duration: string | null
  readonly reason: string
  /** Undefined: that of the request by which the grant came about. */
  readonly ticket: Ticket | null | undefined
}

/**
 * Asks for more time for a grant before its end: a request of its own, which moves the end of the grant once it is approved.
 * IAM has the access all along, and is not written to but for the date in an access role. Throws `grant_not_found`,
 * `not_permitted`, `grant_ended`, `not_extendable`, and what createRequest throws.
 */
export const extendAccess =
  (parts: RequestParts) =>
  async ({ grantId, duration, reason, ticket, ...command }: ExtendAccess): Promise<CreatedRequest> => {
    const grant = await getGrant(parts.db, viewerOf(command.caller), grantId)
    const extending = await findExtending(parts.db, grantId)
    const { request } = await getRequest(parts.db, grant.requestId)
    const person = actingPerson(command.caller)
    if (![grant.requesterId, grant.beneficiaryId].includes(person.id))
      throw new SallyportError('not_permitted', `Grant ${grantId} is extended by its requester or beneficiary.`)
    const database = extendable(grant, extending, request.manner)
    const asked = {
      principal: request.principal.arn,
      entitlements: [{ database, dbUser: grant.dbUser }],
      beneficiary: grant.beneficiaryId,
      path: request.path,
      duration,
      startsAt: null,
      reason,
      ticket: ticket === undefined ? request.ticket : ticket,
      manner: 'extension',
      extending,
    } as const
    return createRequest(parts)({ ...command, asked })
  }

/** The database of a grant that can be extended. */
function extendable(grant: GrantDetails, { lives }: Extending, manner: string): string {
  if (!canEnd(grant.status) || !lives) throw new SallyportError('grant_ended', `Grant ${grant.id} has ended, or is ending.`)
  const refuse = (why: string): never => {
    throw new SallyportError('not_extendable', `Grant ${grant.id} ${why}`)
  }
  // Its start is judged by its own request, which knows nothing of more time.
  if (grant.status === 'scheduled') return refuse('has not started: ask for it anew, or extend it once it has.')
  if (grant.standing) return refuse('is standing access: its reviewers keep it, or end it.')
  if (manner === 'emergency') return refuse('is emergency access: ask for what is needed after it in the ordinary way.')
  return grant.database?.id ?? refuse('is for every database of a region: ask for it anew; grants that overlap do not cut each other off.')
}
