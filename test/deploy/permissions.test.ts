import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { entity, onPrincipal, ownEntities, type Permission, permissionSets, reading } from '../../src/doctor/needed-permissions.ts'
import { evaluateAction, type Policy, readPolicy, requestContext } from '../../src/policy/index.ts'
import { dangers } from './dangers.ts'
import { filled, fillingFor, policiesOf, type TierName } from './documents.ts'

const ACCOUNT = '123456789012'
const set = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef'
const filling = fillingFor(ACCOUNT, 'abcdefghij', { permission_sets: [set] })
const place = { partition: 'aws', account: ACCOUNT, deploymentId: filling.deployment }
const tiers = ['contained', 'bounded', 'any'] as const

const read = (name: string): Policy => {
  const { policy } = readPolicy(filled(name, filling))
  if (policy === null) throw new Error(`${name} is no policy`)
  return policy
}
const policies = (tier: TierName): readonly Policy[] => policiesOf(tier, filling).map(read)

const judge = (tier: TierName, { action, resource, context = {} }: Partial<Permission> & Pick<Permission, 'action' | 'resource'>) =>
  evaluateAction({ policies: policies(tier), boundary: null, action, resource, context: requestContext(context) }).result

const application = `arn:aws:iam::${ACCOUNT}:role/app-orders`
const developer = `arn:aws:iam::${ACCOUNT}:user/developers/jane_doe`
const needed: Readonly<Record<TierName, readonly Permission[]>> = {
  contained: [...reading(place), ...ownEntities(place), ...permissionSets(place, set)],
  bounded: [...onPrincipal(place, 'Role', application), ...onPrincipal(place, 'User', developer)],
  any: (['Role', 'User', 'Group'] as const).flatMap((kind) => onPrincipal(place, kind, entity(place, kind))),
}

/** IAM says of the role or user that it is within this boundary; of one that has none, nothing. */
const within = ({ context, bounded, ...rest }: Permission, boundary: string | null) => ({
  ...rest,
  context: bounded ? { ...context, 'iam:PermissionsBoundary': boundary === null ? [] : [boundary] } : context,
})

describe.each(tiers)('tier %s', (tier) => {
  test('allows everything that Sallyport does in every account, and nothing hangs on a condition', () => {
    const results = needed.contained.map((permission) => [permission.action, judge(tier, within(permission, filling.boundary))])
    expect(results.filter(([, result]) => result !== 'allowed')).toEqual([])
  })

  test.each(dangers(filling, '{}').filter(({ possibleIn = [] }) => !possibleIn.includes(tier)))('cannot $what', (danger) => {
    expect(judge(tier, danger)).toMatch(/denied$/)
  })
})

describe('tier bounded', () => {
  test('changes the policies of the principals that are named, while they carry the boundary', () => {
    for (const permission of needed.bounded) {
      expect([permission.action, judge('bounded', within(permission, filling.boundary))]).toEqual([permission.action, 'allowed'])
      expect([permission.action, judge('bounded', within(permission, null))]).toEqual([permission.action, 'implicitly-denied'])
    }
  })

  test('leaves alone who is not named', () => {
    for (const permission of onPrincipal(place, 'Role', `arn:aws:iam::${ACCOUNT}:role/other`))
      expect(judge('bounded', within(permission, filling.boundary))).toBe('implicitly-denied')
  })
})

describe('tier any', () => {
  test('changes the policies of every role, user and group, but attaches only its own', () => {
    expect(needed.any.map((permission) => judge('any', within(permission, null)))).toEqual(needed.any.map(() => 'allowed'))
  })

  test.each(dangers(filling, '{}').filter(({ possibleIn }) => possibleIn?.includes('any')))('can $what: README.md says so', (danger) => {
    expect(judge('any', danger)).toBe('allowed')
  })

  test('leaves alone the role that Sallyport’s processes run as, which can be in the same account', () => {
    expect(judge('any', { action: 'iam:PutRolePolicy', resource: filling.trusted })).toBe('denied')
  })
})

test('the boundary lets a role connect to the databases of its account, and do nothing else whatever its policies say', () => {
  const everything = readPolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }).policy
  if (everything === null) throw new Error('no policy')
  const may = (action: string, resource: string) =>
    evaluateAction({ policies: [everything], boundary: read('boundary'), action, resource, context: new Map() }).result
  expect(may('rds-db:connect', `arn:aws:rds-db:eu-west-1:${ACCOUNT}:dbuser:cluster-X/jane_doe`)).toBe('allowed')
  expect(may('rds-db:connect', 'arn:aws:rds-db:eu-west-1:210987654321:dbuser:cluster-X/jane_doe')).toBe('implicitly-denied')
  for (const { action, resource } of dangers(filling, '{}').filter(({ action }) => action !== 'rds-db:connect'))
    expect([action, may(action, resource)]).toEqual([action, 'implicitly-denied'])
})

const prefixes: Readonly<Record<string, string>> = { 'sso-admin': 'sso' }

/** Every call that src/aws makes, by the commands that it imports of the SDK; dev mode's alone, which fills emulators, left out. */
function callsOfSallyport(): readonly string[] {
  const folder = new URL('../../src/aws/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('emulat'),
  )
  const calls = files.flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z-]+)'/g)].flatMap(
      ([, names = '', client = '']) =>
        [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name = '']) => `${prefixes[client] ?? client}:${name}`),
    ),
  )
  return [...new Set(calls)].sort()
}

test('every call that src/aws makes is allowed in some tier', () => {
  const listed = new Set(tiers.flatMap((tier) => needed[tier]).map(({ action }) => action))
  const calls = callsOfSallyport()
  expect(calls).toContain('iam:PutRolePolicy')
  // Nobody needs a permission to ask who he is; the role is assumed by the process’s own identity.
  const withoutPermission = ['sts:AssumeRole', 'sts:GetCallerIdentity']
  expect(calls.filter((call) => !listed.has(call) && !withoutPermission.includes(call))).toEqual([])
})
