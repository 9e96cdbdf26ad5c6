import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { countedCharacters, readPolicy } from '../../src/policy/index.ts'
import { stack } from './cloudformation.ts'
import { type Filling, filled, fillingFor, folder, policiesOf, type TierName } from './documents.ts'

const permissionSets = ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef']
const choices: readonly [string, TierName, Filling][] = [
  ['contained', 'contained', fillingFor('123456789012', 'abcdefghij')],
  ['bounded', 'bounded', fillingFor('123456789012', 'abcdefghij')],
  [
    'bounded, by a boundary of their own, in China',
    'bounded',
    fillingFor('123456789012', 'abcdefghij', { partition: 'aws-cn', principal_boundary: 'arn:aws-cn:iam::123456789012:policy/at-most' }),
  ],
  ['any, with permission sets', 'any', fillingFor('123456789012', 'abcdefghij', { permission_sets: permissionSets })],
]

const parametersFor = (tier: TierName, filling: Filling): Record<string, string> => ({
  DeploymentId: filling.deployment,
  TrustedPrincipalArn: filling.trusted,
  ExternalId: filling.external_id,
  Tier: tier,
  ...(tier === 'bounded' ? { PrincipalArns: filling.principals.join(',') } : {}),
  ...(filling.principal_boundary === filling.boundary ? {} : { PrincipalBoundaryArn: filling.principal_boundary }),
  ...(filling.permission_sets.length === 0 ? {} : { PermissionSetArns: filling.permission_sets.join(',') }),
})

const names = readdirSync(new URL('policies/', folder)).map((file) => file.replace(/\.json$/, ''))
const document = (name: string, filling: Filling): unknown => JSON.parse(filled(name, filling))

describe.each(choices)('a role of tier %s', (_, tier, filling) => {
  const { Boundary, Role } = stack(filling.account, filling.partition, parametersFor(tier, filling)).Resources

  test('has from CloudFormation exactly the policies of the tier', () => {
    expect(Role?.Properties['RoleName']).toBe(filling.role)
    expect(Role?.Properties['Policies']).toEqual(
      policiesOf(tier, filling).map((name) => ({ PolicyName: name, PolicyDocument: document(name, filling) })),
    )
    expect(Role?.Properties['AssumeRolePolicyDocument']).toEqual(document('trust', filling))
    expect(Boundary?.Properties['PolicyDocument']).toEqual(document('boundary', filling))
  })

  test('fits on a role: its inline policies are within the quota together', () => {
    const total = policiesOf(tier, filling).reduce((sum, name) => sum + countedCharacters(filled(name, filling)), 0)
    expect(total).toBeLessThan(10_240)
  })

  test('is written in policies that IAM takes, whose statements say by their Sid what they are for', () => {
    for (const name of names) {
      const { policy, faults } = readPolicy(filled(name, filling), name === 'trust' ? 'resource' : 'identity')
      expect(faults).toEqual([])
      const sids = policy?.statements.map(({ sid }) => sid ?? '') ?? []
      expect(sids.filter((sid) => !/^[A-Z][A-Za-z0-9]+$/.test(sid))).toEqual([])
    }
  })
})

test('tier contained is what CloudFormation makes without being told, and bounded without principals is no more', () => {
  const { DeploymentId, TrustedPrincipalArn, ExternalId } = parametersFor('contained', fillingFor('123456789012', 'abcdefghij'))
  const given = { DeploymentId: `${DeploymentId}`, TrustedPrincipalArn: `${TrustedPrincipalArn}`, ExternalId: `${ExternalId}` }
  const untold = stack('123456789012', 'aws', given).Resources
  expect(untold).toEqual(stack('123456789012', 'aws', { ...given, Tier: 'contained' }).Resources)
  expect(untold).toEqual(stack('123456789012', 'aws', { ...given, Tier: 'bounded' }).Resources)
})

describe('Terraform', () => {
  const main = readFileSync(new URL('terraform/main.tf', folder), 'utf8')
  const variables = readFileSync(new URL('terraform/variables.tf', folder), 'utf8')

  test('takes every policy from the same files, and writes none itself', () => {
    const taken = [...main.matchAll(/"([a-z-]+)(?:\.json)?"/g)].map(([, name = '']) => name)
    const files = [...main.matchAll(/policies\/([a-z-]+)\.json/g)].map(([, name = '']) => name)
    expect([...new Set([...taken, ...files])].filter((name) => names.includes(name)).sort()).toEqual([...names].sort())
    expect(main).toContain('templatefile("${path.module}/../policies/${each.key}.json", local.filling)')
    expect(main).not.toMatch(/Statement|jsonencode|aws_iam_policy_document/)
  })

  test('fills in every placeholder that they have', () => {
    const placeholders = names.flatMap((name) =>
      [...readFileSync(new URL(`policies/${name}.json`, folder), 'utf8').matchAll(/\$\{(\w+)\}/g)].map(([, key = '']) => key),
    )
    const [, block = ''] = /filling = \{\n([\s\S]*?)\n {2}\}/.exec(main) ?? []
    const keys = [...block.matchAll(/^ +(\w+) +=/gm)].map(([, key = '']) => key)
    expect(keys.sort()).toEqual([...new Set(placeholders)].sort())
  })

  test('asks for what it uses, with the same tiers as CloudFormation and contained as the default', () => {
    const asked = [...variables.matchAll(/^variable "(\w+)"/gm)].map(([, name = '']) => name)
    expect([...new Set([...main.matchAll(/var\.(\w+)/g)].map(([, name = '']) => name))].sort()).toEqual(asked.sort())
    expect(variables).toMatch(/variable "tier" \{[^}]*default += "contained"/)
    expect(variables).toContain('contains(["contained", "bounded", "any"], var.tier)')
  })
})
