import type { EventType } from '../audit/index.ts'

/** An audit event that a ticket is told of. */
export interface ToldEvent {
  readonly id: string
  readonly type: EventType
  readonly payload: Readonly<Record<string, unknown>>
  /** Null for a refusal of which no request came. */
  readonly request: {
    readonly id: string
    readonly beneficiary: string
    readonly principal: string
    readonly duration: string
    readonly expiresAt: string
    /** Each as `db_user on orders`. */
    readonly entitlements: readonly string[]
    /** Who denied, or approved, by name. */
    readonly deciders: readonly string[]
  } | null
  readonly grant: { readonly entitlement: string; readonly endsAt: string } | null
}

const OWN = /\(Sallyport, evt_[0-9a-z]{26}\)\s*$/

/** Whether a comment is one of ours come back: its last line says so. Whoever imitates that is not listened to, and gains nothing. */
export const isOwnComment = (text: string): boolean => OWN.test(text)

/** What a ticket is told, in one paragraph, and its mark. */
export const commentText = (event: ToldEvent): string => `${sentence(event)} (Sallyport, ${event.id})`

function sentence({ type, payload, request, grant }: ToldEvent): string {
  const what = grant?.entitlement ?? request?.entitlements.join(', ') ?? ''
  const by = request === null || request.deciders.length === 0 ? '' : ` by ${request.deciders.join(', ')}`
  switch (type) {
    case 'request.created':
      return `Requested: ${what} for ${request?.beneficiary}, as ${request?.principal}, for ${request?.duration} (${request?.id}). It can be decided until ${request?.expiresAt}.`
    case 'request.approved':
      return `Approved${by}: ${what} for ${request?.beneficiary}.`
    case 'request.denied':
      return `Refused: denied${by} (${request?.id}).`
    case 'request.withdrawn':
      return `Ended: withdrawn before it was decided (${request?.id}).`
    case 'request.expired':
      return `Refused: nobody decided ${request?.id} in time.`
    case 'grant.activated':
      return `Active: ${what} for ${request?.beneficiary}, until ${grant?.endsAt}.`
    case 'grant.ends_soon':
      return `Ends soon: ${what} for ${request?.beneficiary}, at ${grant?.endsAt}.`
    case 'grant.ended':
      return `Ended: ${what} for ${request?.beneficiary} (${String(payload['reason']).replaceAll('_', ' ')}).`
    default:
      return `Refused: ${String(payload['detail'])}`
  }
}
