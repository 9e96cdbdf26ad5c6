import type { Aws } from '../aws/index.ts'
import type { Id } from '../kernel/ids.ts'
import { type Send, send } from './send.ts'
import { sendToSet } from './send-to-set.ts'
import type { TakenTarget } from './take-target.ts'

/** How the calls of a plan for a target are made: each in the role session that is named after the plan. */
export function senderTo(
  { aws, deploymentId }: { readonly aws: Aws; readonly deploymentId: string },
  { target, accounts }: Pick<TakenTarget, 'target' | 'accounts'>,
  planId: Id<'pln'>,
): Send {
  const session = aws.session(target.account, planId)
  if (target.kind === 'permission_set') return sendToSet({ aws, deploymentId, target, accounts, planId }, session)
  return (write, guard) => send(session, target, deploymentId, write, guard)
}
