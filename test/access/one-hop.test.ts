import { describe, expect, test } from 'vitest'
import { judgePrincipal } from '../../src/access/direct-access.ts'
import { accessReader } from '../../src/access/hop.ts'
import { hopsOf } from '../../src/access/one-hop.ts'
import { surroundingsOf } from '../../src/access/surroundings.ts'
import type { SeenGroup, SeenManaged, SeenPrincipal } from '../../src/snapshot/snapshot.ts'

const ACCOUNT = '123456789012'
const arnOf = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`
const prefix = `arn:aws:rds-db:us-east-2:${ACCOUNT}:dbuser:cluster-ABCDEFGHIJKL01234/`

type Statement = Readonly<Record<string, unknown>>
const policy = (...statements: readonly Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', Resource: '*', ...each })) })
const may = (Action: string | readonly string[], Resource = '*', more: Statement = {}): Statement => ({ Action, Resource, ...more })
const denied = (Action: string, Resource = '*'): Statement => ({ Effect: 'Deny', Action, Resource })
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
const connect = may('rds-db:connect', `${prefix}db_user`)
const noConnect = denied('rds-db:connect')
const trust = (AWS: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }] })
const account = `arn:aws:iam::${ACCOUNT}:root`

const managed = (name: string, document: string, versions = 1): SeenManaged => ({ arn: arnOf('policy', name), name, document, versions })
const principal = (kind: SeenPrincipal['kind'], name: string, more: Partial<SeenPrincipal> = {}): SeenPrincipal => ({
  kind,
  name,
  arn: arnOf(kind, name),
  uniqueId: `ID${name}`,
  inline: [],
  attached: [],
  boundary: null,
  groups: [],
  members: kind === 'group' ? [] : null,
  trust: kind === 'role' ? trust(account) : null,
  ...more,
})
const holding = (...statements: readonly Statement[]) => ({ inline: [{ name: 'own', document: policy(...statements) }] })
const asGroup = ({ name, arn, uniqueId, inline, attached }: SeenPrincipal): SeenGroup => ({ name, arn, uniqueId, inline, attached })

// What there is besides in the account: a role and a user that can connect, a group that lets connect, and a role that cannot.
const appRole = principal('role', 'app', holding(connect))
const operator = principal('user', 'operator', holding(connect))
const readers = principal('group', 'readers', holding(connect))
const plain = principal('role', 'plain', { attached: [managed('plain-policy', policy(may('s3:*')))] })
const own = arnOf('user', 'me')

/** What `me` could do to connect as db_user, as `action on whom`, and `?` where under conditions. */
function hops(me: SeenPrincipal, ...others: readonly SeenPrincipal[]): readonly string[] {
  const all = [me, appRole, operator, readers, plain, ...others]
  const read = accessReader()
  const question = { deploymentId: 'deployment', prefix, dbUser: 'db_user', grants: [], targets: new Map() }
  const candidates = all.filter(({ kind }) => kind !== 'group').map((seen) => judgePrincipal(seen, question, read))
  const [candidate] = candidates
  if (candidate === undefined) throw new Error('me is among them')
  const short = (arn: string) => arn.replace(/^.*:/, '')
  return hopsOf(candidate, surroundingsOf(all, candidates, question, read)).map(
    ({ action, on, conditional }) => `${action} ${short(on)}${conditional ? '?' : ''}`,
  )
}
const user = (...statements: readonly Statement[]) => principal('user', 'me', holding(...statements))
const role = (...statements: readonly Statement[]) => principal('role', 'me', holding(...statements))

describe('by one change a principal can let itself', () => {
  const shared = (versions: number) => managed('shared', policy(may(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'])), versions)
  const inGroup = (action: string) => {
    const staff = principal('group', 'staff', holding(may(action)))
    return { ...principal('user', 'me'), groups: [asGroup(staff)] }
  }

  test.each<[string, SeenPrincipal, readonly string[]]>([
    ['write a policy of its own, as a user', user(may('iam:PutUserPolicy', own)), ['iam:PutUserPolicy user/me']],
    ['write a policy of its own, as a role', role(may('iam:PutRolePolicy', arnOf('role', 'me'))), ['iam:PutRolePolicy role/me']],
    ['attach a policy, as a user', user(may('iam:AttachUserPolicy', own)), ['iam:AttachUserPolicy user/me']],
    ['attach a policy, as a role', role(may('iam:AttachRolePolicy', arnOf('role', 'me'))), ['iam:AttachRolePolicy role/me']],
    ['write a policy of its group', inGroup('iam:PutGroupPolicy'), ['iam:PutGroupPolicy group/staff']],
    ['attach a policy to its group', inGroup('iam:AttachGroupPolicy'), ['iam:AttachGroupPolicy group/staff']],
    [
      'make a version of a policy that it has',
      principal('user', 'me', { attached: [shared(1)] }),
      ['iam:CreatePolicyVersion policy/shared'],
    ],
    [
      'go to another version of a policy that has some',
      principal('user', 'me', { attached: [shared(2)] }),
      ['iam:CreatePolicyVersion policy/shared', 'iam:SetDefaultPolicyVersion policy/shared'],
    ],
    ['join a group that lets connect', user(may('iam:AddUserToGroup', readers.arn)), ['iam:AddUserToGroup group/readers']],
    ['assume a role that can connect', user(may('sts:AssumeRole', appRole.arn)), ['sts:AssumeRole role/app']],
    ['make a key of a user who can connect', user(may('iam:CreateAccessKey', operator.arn)), ['iam:CreateAccessKey user/operator']],
    [
      'give a user who can connect a password, if he has none',
      user(may('iam:CreateLoginProfile', operator.arn)),
      ['iam:CreateLoginProfile user/operator?'],
    ],
    [
      'change the password of a user who can connect, if he has one',
      user(may('iam:UpdateLoginProfile', operator.arn)),
      ['iam:UpdateLoginProfile user/operator?'],
    ],
    [
      'either of them, whichever it takes',
      user(may('iam:*LoginProfile', operator.arn)),
      ['iam:CreateLoginProfile user/operator', 'iam:UpdateLoginProfile user/operator'],
    ],
    [
      'let itself be trusted by a role that can connect',
      user(may('iam:UpdateAssumeRolePolicy', appRole.arn)),
      ['iam:UpdateAssumeRolePolicy role/app'],
    ],
    [
      'change a role that it can assume',
      user(may('iam:PutRolePolicy', plain.arn), may('sts:AssumeRole', plain.arn)),
      ['iam:PutRolePolicy role/plain'],
    ],
    [
      'make a version of a policy of a role that it can assume',
      user(may('iam:CreatePolicyVersion', arnOf('policy', 'plain-policy')), may('sts:AssumeRole', plain.arn)),
      ['iam:CreatePolicyVersion policy/plain-policy'],
    ],
  ])('%s', (_, me, found) => {
    expect(hops(me)).toEqual(found)
  })
})

describe('by taking away what stands against it', () => {
  const boundary = (...statements: readonly Statement[]) => managed('boundary', policy(...statements))
  const bounded = (actions: readonly string[], ...limits: readonly Statement[]) => ({
    ...user(connect, may(actions)),
    boundary: boundary(...limits, may(actions)),
  })
  const denying = principal('group', 'denying', holding(noConnect))
  const inDenying = (...actions: readonly string[]) => ({ ...user(connect, may(actions)), groups: [asGroup(denying)] })

  test.each<[string, SeenPrincipal, readonly string[]]>([
    ['its boundary goes', bounded(['iam:DeleteUserPermissionsBoundary']), ['iam:DeleteUserPermissionsBoundary user/me']],
    ['its boundary is replaced', bounded(['iam:PutUserPermissionsBoundary']), ['iam:PutUserPermissionsBoundary user/me']],
    ['nothing, where the boundary lets it connect anyway', bounded(['iam:DeleteUserPermissionsBoundary'], may('rds-db:*')), []],
    ['a group’s Deny goes by leaving the group', inDenying('iam:RemoveUserFromGroup'), ['iam:RemoveUserFromGroup group/denying']],
    ['a group’s Deny goes by deleting it', inDenying('iam:DeleteGroupPolicy'), ['iam:DeleteGroupPolicy group/denying']],
    [
      'an attached Deny goes by detaching it',
      { ...user(connect, may('iam:DetachUserPolicy')), attached: [managed('shut', policy(noConnect))] },
      ['iam:DetachUserPolicy user/me'],
    ],
    [
      'a Deny of its own goes by deleting it, but not of two the one',
      {
        ...user(may('iam:DeleteUserPolicy')),
        inline: [connect, noConnect, noConnect].map((each, index) => ({
          name: `p${index}`,
          document: policy(each, may('iam:DeleteUserPolicy')),
        })),
      },
      [],
    ],
  ])('%s', (_, me, found) => {
    expect(hops(me)).toEqual(found)
  })
})

describe('it cannot', () => {
  const limited = (me: SeenPrincipal, ...statements: readonly Statement[]) => ({ ...me, boundary: managed('limit', policy(...statements)) })

  test.each<[string, SeenPrincipal]>([
    ['without any such right', user(may(['s3:*', 'iam:Get*', 'iam:List*']))],
    ['where the right is about somebody else', user(may('iam:PutUserPolicy', arnOf('user', 'other')))],
    ['where a Deny takes the right', user(may('iam:*'), denied('iam:*'), denied('sts:*'))],
    ['where its boundary has not the right', limited(user(may('iam:*')), may('s3:*'))],
    ['where its boundary does not let it connect, whatever it writes', limited(user(may('iam:PutUserPolicy')), may('iam:PutUserPolicy'))],
    ['where a Deny of a managed policy stays', { ...user(may('iam:PutUserPolicy')), attached: [managed('shut', policy(noConnect))] }],
    [
      'by a policy of AWS’s, which it cannot change',
      principal('user', 'me', {
        attached: [{ ...managed('x', policy(may('iam:CreatePolicyVersion'))), arn: 'arn:aws:iam::aws:policy/x' }],
      }),
    ],
    ['by keys or a password of a user who cannot connect', user(may('iam:CreateAccessKey', arnOf('user', 'nobody')))],
    ['by a role that it may write but not assume', user(may('iam:PutRolePolicy', plain.arn))],
    [
      'by a role whose trust it may write, where sts:AssumeRole is denied',
      user(may('iam:UpdateAssumeRolePolicy'), denied('sts:AssumeRole')),
    ],
    ['by joining, as a role, for only users join', role(may('iam:AddUserToGroup'))],
    [
      'by joining a group that it is in',
      { ...user(may('iam:AddUserToGroup', arnOf('group', 'staff'))), groups: [asGroup(principal('group', 'staff'))] },
    ],
    ['by passing a role to a service: that takes more than one step', user(may(['iam:PassRole', 'lambda:*', 'ec2:RunInstances']))],
  ])('%s', (_, me) => {
    expect(hops(me)).toEqual([])
  })
})

describe('conditions', () => {
  test.each<[string, SeenPrincipal, readonly string[]]>([
    ['of the right make the hop conditional', user(may('iam:PutUserPolicy', own, withMfa)), ['iam:PutUserPolicy user/me?']],
    ['of a Deny too', user(may('iam:PutUserPolicy', own), { ...denied('iam:PutUserPolicy'), ...withMfa }), ['iam:PutUserPolicy user/me?']],
    [
      'of the boundary too',
      { ...user(may('iam:CreateAccessKey')), boundary: managed('limit', policy(may('iam:*', '*', withMfa))) },
      ['iam:CreateAccessKey user/operator?'],
    ],
    [
      'that are known to be met do not',
      user(may('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNT}:user/\${aws:username}`)),
      ['iam:PutUserPolicy user/me'],
    ],
    [
      'of a Deny on sts:AssumeRole make being trusted conditional',
      user(may('iam:UpdateAssumeRolePolicy', appRole.arn), { ...denied('sts:AssumeRole'), ...withMfa }),
      ['iam:UpdateAssumeRolePolicy role/app?'],
    ],
  ])('%s', (_, me, found) => {
    expect(hops(me)).toEqual(found)
  })
})

describe('a role that trusts the principal by name', () => {
  const by = (kind: 'user' | 'role') => principal('role', 'by-name', { ...holding(connect), trust: trust(arnOf(kind, 'me')) })
  const onlyS3 = managed('limit', policy(may('s3:*')))

  test.each<[string, SeenPrincipal, SeenPrincipal, readonly string[]]>([
    ['is assumed without any policy', principal('user', 'me'), by('user'), ['sts:AssumeRole role/by-name']],
    [
      'is assumed by a user in spite of his boundary',
      principal('user', 'me', { boundary: onlyS3 }),
      by('user'),
      ['sts:AssumeRole role/by-name'],
    ],
    ['is assumed by a role', principal('role', 'me'), by('role'), ['sts:AssumeRole role/by-name']],
    ['is not assumed by a role whose boundary has not the right', principal('role', 'me', { boundary: onlyS3 }), by('role'), []],
    ['is not assumed where a Deny stands against it', user(denied('sts:AssumeRole')), by('user'), []],
    [
      'may be assumed where a Deny has conditions',
      user({ ...denied('sts:AssumeRole'), ...withMfa }),
      by('user'),
      ['sts:AssumeRole role/by-name?'],
    ],
  ])('%s', (_, me, trusting, found) => {
    expect(hops(me, trusting)).toEqual(found)
  })
})
