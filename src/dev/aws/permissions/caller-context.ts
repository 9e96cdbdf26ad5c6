import type { Call } from '../action.ts'
import type { Tag } from '../state.ts'
import { entityOf } from './caller-policies.ts'

type Entry = [key: string, values: readonly string[]]

/** What every request says of its caller and itself (IAM User Guide, "AWS global condition context keys"). */
export function callerContext({ caller, state, region }: Call): Entry[] {
  const now = Date.now()
  const isSession = caller.roleArn !== null
  return [
    ['aws:currenttime', [new Date(now).toISOString()]],
    ['aws:epochtime', [String(Math.floor(now / 1000))]],
    ['aws:requestedregion', [region]],
    ['aws:securetransport', ['true']],
    ['aws:principalaccount', [caller.account]],
    ['aws:principalarn', [caller.roleArn ?? caller.arn]],
    ['aws:principaltype', [isSession ? 'AssumedRole' : 'User']],
    ['aws:userid', [caller.userId]],
    // A long-lived key says nothing of MFA; here no session is made with it.
    ...(isSession
      ? [entry('aws:multifactorauthpresent', 'false')]
      : [entry('aws:username', caller.arn.slice(caller.arn.lastIndexOf('/') + 1))]),
    ...tagEntries('aws:principaltag', entityOf(state, caller)?.tags ?? []),
  ]
}

export const entry = (key: string, value: string): Entry => [key, [value]]

/** A key for each tag, e.g. `aws:resourcetag/team`. */
export const tagEntries = (prefix: string, tags: readonly Tag[]): Entry[] =>
  tags.map(({ key, value }) => entry(`${prefix}/${key.toLowerCase()}`, value))
