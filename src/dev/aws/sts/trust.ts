import type { Caller } from '../caller.ts'
import { listOf, readTrustPolicy, type Statement } from '../iam/policy-document.ts'
import { Refusal } from '../protocol/refusal.ts'

/** What the conditions of a trust policy can ask about, by condition key in lower case. */
export type TrustContext = ReadonlyMap<string, string>

/** Whether a trust policy lets this caller assume the role: some Allow matches, and no Deny. */
export function trusts(trustPolicy: string, caller: Caller, context: TrustContext): boolean {
  const { statements } = readTrustPolicy('AssumeRolePolicyDocument', trustPolicy)
  const matching = statements.filter((statement) => matches(statement, caller, context))
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny')
}

const matches = (statement: Statement, caller: Caller, context: TrustContext): boolean =>
  listOf(statement.Action).some((action) => like(action.toLowerCase(), 'sts:assumerole')) &&
  principalsOf(statement).some((principal) => isPrincipal(principal, caller)) &&
  Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, context.get(key.toLowerCase()), listOf(wanted).map(String))),
  )

const principalsOf = ({ Principal }: Statement): readonly string[] =>
  Principal === '*' ? ['*'] : Principal === undefined ? [] : listOf(Principal.AWS)

function isPrincipal(principal: string, caller: Caller): boolean {
  if (principal === '*') return true
  const [, account] = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(principal) ?? []
  return account === undefined ? principal === caller.roleArn || principal === caller.arn : account === caller.account
}

function holds(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
  switch (operator) {
    case 'StringEquals':
      return value !== undefined && wanted.includes(value)
    case 'StringLike':
      return value !== undefined && wanted.some((pattern) => like(pattern, value))
    default: // to guess either way would make the stand-in more lax, or more strict, than AWS
      throw new Refusal(501, 'NotImplemented', `The stand-in cannot judge the condition operator ${operator} of a trust policy`)
  }
}

/** IAM's wildcards: `*` any characters, `?` one. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(value)
}
