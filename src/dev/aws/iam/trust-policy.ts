import type { Call } from '../action.ts'
import { limitExceeded, malformedPolicy } from '../protocol/refusal.ts'
import type { Entity, Role, State } from '../state.ts'
import { countedCharacters, listOf, readTrustPolicy, type Statement } from './policy-document.ts'

export const TRUST_POLICY_QUOTA = 2_048

/**
 * The trust policy that the call brings, and who its principals are. IAM keeps them by their unique ids.
 * Throws MalformedPolicyDocument, also for a principal that does not exist, and LimitExceeded.
 */
export function trustPolicyOf(call: Call, parameter: string): Pick<Role, 'trustPolicy' | 'trusted'> {
  const { sent, statements } = readTrustPolicy(parameter, call.parameters.get(parameter))
  if (countedCharacters(sent) > TRUST_POLICY_QUOTA) throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_QUOTA}`)
  const trusted: Role['trusted'] = []
  for (const principal of statements.flatMap(awsPrincipals)) {
    if (isAccountOrSession(principal, call.partition)) continue
    const entity = entityAt(call.state, principal)
    if (!entity) throw malformedPolicy(`Invalid principal in policy: "AWS":"${principal}"`)
    trusted.push({ arn: principal, uniqueId: entity.uniqueId })
  }
  return { trustPolicy: sent, trusted }
}

/**
 * The trust policy as IAM shows and judges it now: as it was sent while its principals exist; the unique id stands in the
 * place of one that has been deleted, even if another one has its name now (IAM User Guide, "AWS JSON policy elements: Principal").
 */
export function trustPolicyNow({ trustPolicy, trusted }: Role, state: State): string {
  const gone = new Map(
    trusted.filter(({ arn, uniqueId }) => entityAt(state, arn)?.uniqueId !== uniqueId).map(({ arn, uniqueId }) => [arn, uniqueId]),
  )
  if (gone.size === 0) return trustPolicy
  const inItsPlace = (principal: string): string => gone.get(principal) ?? principal
  return JSON.stringify(
    JSON.parse(trustPolicy),
    (key, value: unknown) => (key === 'Principal' ? replaceAws(value as Statement['Principal'], inItsPlace) : value), // checked when it was written
  )
}

/** What stands under `AWS` in the principals of a statement, `*` included. */
export const awsPrincipals = ({ Principal }: Statement): readonly string[] =>
  Principal === '*' ? ['*'] : Principal === undefined ? [] : listOf(Principal.AWS)

function replaceAws(principal: Statement['Principal'], inItsPlace: (principal: string) => string): Statement['Principal'] {
  if (typeof principal !== 'object' || principal.AWS === undefined) return principal
  return { ...principal, AWS: typeof principal.AWS === 'string' ? inItsPlace(principal.AWS) : principal.AWS.map(inItsPlace) }
}

const isAccountOrSession = (principal: string, partition: string): boolean =>
  principal === '*' ||
  /^\d{12}$/.test(principal) ||
  [/^iam::\d{12}:root$/, /^sts::\d{12}:assumed-role\/./].some((form) => form.test(principal.replace(`arn:${partition}:`, '')))

function entityAt(state: State, arn: string): Entity | undefined {
  const [, account = ''] = /^arn:[\w-]+:iam::(\d{12}):(?:role|user)\//.exec(arn) ?? []
  const { roles = [], users = [] } = state.accounts[account] ?? {}
  return [...roles, ...users].find((entity) => entity.arn === arn)
}
