import { policiesOf, type SeenGroup, type SeenPrincipal } from '../snapshot/index.ts'
import { ASSUME_ROLE, canAssume, withstandsDeny } from './assume-role.ts'
import type { Candidate } from './direct-access.ts'
import { type Connecting, connects, type Hop, type Surroundings, type Try, tryingWith } from './hop.ts'
import { policyHops } from './policy-hops.ts'

/**
 * The single changes by which a principal could give itself what it was asked about: of its own policies and boundary, of
 * those of a role that it can assume, of whom a role trusts, of the credentials of a user; joining a group; and assuming a
 * role, which changes nothing. Pure.
 */
export function hopsOf({ seen, held }: Candidate, surroundings: Surroundings): Hop[] {
  const { resources, connecting, trustOf } = surroundings
  const attempt = tryingWith(held)
  const own = policyHops(seen, held, resources).flatMap(({ action, on, conditional }) => attempt(action, on, conditional))
  const joining = seen.kind === 'user' ? surroundings.groups.flatMap((group) => join(seen, attempt, group, surroundings)) : []
  const other = ({ arn }: Connecting) => arn !== seen.arn
  const assuming = connecting.role.filter(other).flatMap(({ arn, conditional }) => {
    const answer = canAssume(seen, held, { arn, trust: trustOf(arn) })
    return onlyIf(answer, [{ action: ASSUME_ROLE, on: arn, conditional }])
  })
  const taking = connecting.user.filter(other).flatMap((user) => takeOver(attempt, user))
  const trusted = connecting.role.filter(other).flatMap(({ arn, conditional }) => {
    const hops = attempt('iam:UpdateAssumeRolePolicy', arn, conditional)
    // Who writes it can name his session there, and then needs no Allow, nor minds his boundary.
    return hops.length === 0 ? [] : onlyIf(withstandsDeny(held, arn), hops)
  })
  const through = surroundings.roles.flatMap((arn) => {
    const hops =
      arn === seen.arn ? [] : surroundings.changesOf(arn).flatMap(({ action, on, conditional }) => attempt(action, on, conditional))
    return hops.length === 0 ? [] : onlyIf(canAssume(seen, held, { arn, trust: trustOf(arn) }), hops)
  })
  return distinct([...own, ...joining, ...assuming, ...taking, ...trusted, ...through])
}

/** Joining a group whose policies let connect, unless the user is in it. */
function join(seen: SeenPrincipal, attempt: Try, group: SeenGroup, { read, resources }: Surroundings): Hop[] {
  if (seen.groups.some(({ arn }) => arn === group.arn)) return []
  const hops = attempt('iam:AddUserToGroup', group.arn)
  if (hops.length === 0) return []
  const { policies, ...rest } = policiesOf({ ...seen, groups: [...seen.groups, group] }, read)
  return onlyIf(connects({ ...rest, policies: policies.map(({ policy }) => policy) }, resources), hops)
}

/** Credentials of a user who can connect. Whether he has a password already is not known, and decides which of two calls it takes. */
function takeOver(attempt: Try, { arn, conditional }: Connecting): Hop[] {
  const password = [...attempt('iam:CreateLoginProfile', arn, conditional), ...attempt('iam:UpdateLoginProfile', arn, conditional)]
  return [...attempt('iam:CreateAccessKey', arn, conditional), ...onlyIf(password.length === 2 ? 'yes' : 'conditional', password)]
}

const onlyIf = (answer: 'yes' | 'conditional' | 'no', hops: readonly Hop[]): Hop[] =>
  answer === 'no' ? [] : hops.map((hop) => ({ ...hop, conditional: hop.conditional || answer === 'conditional' }))

/** One managed policy may be held by several. A way without conditions makes the same way under conditions needless. */
function distinct(hops: readonly Hop[]): Hop[] {
  const found = new Map<string, Hop>()
  for (const hop of hops) {
    const key = `${hop.action} ${hop.on}`
    if (found.get(key)?.conditional !== false) found.set(key, hop)
  }
  return [...found.values()]
}
