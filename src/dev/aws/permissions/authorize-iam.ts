import type { Call } from '../action.ts'
import { Refusal } from '../protocol/refusal.ts'
import { callerVerdict } from './caller-policies.ts'
import { iamWish } from './iam-wish.ts'

/** Throws AccessDenied unless the caller's own policies allow this IAM call, and its permissions boundary too. */
export function authorizeIam(name: string, call: Call): void {
  const wish = iamWish(name, call)
  const { identity, boundary } = callerVerdict(call, wish)
  if (identity === 'allowed' && boundary === 'allowed') return
  const why =
    identity === 'denied' || boundary === 'denied'
      ? `with an explicit deny in ${identity === 'denied' ? 'an identity-based policy' : 'a permissions boundary'}`
      : `because no ${identity === 'silent' ? 'identity-based policy' : 'permissions boundary'} allows the ${wish.action} action`
  throw new Refusal(
    403,
    'AccessDenied',
    `User: ${call.caller.arn} is not authorized to perform: ${wish.action} on resource: ${wish.resource} ${why}`,
  )
}
