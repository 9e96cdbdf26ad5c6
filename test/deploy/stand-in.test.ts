import {
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureTarget } from '../../src/grants/index.ts'
import type { EntityIdentity } from '../../src/grants/target-store.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { guardName, hashDocument, printGuard } from '../../src/policy/index.ts'
import { keysOf, policyAllowing, sessionOf, trustOf } from '../dev/aws/support.ts'
import { testWorld } from '../reconcile/world.ts'
import { ACCOUNT } from '../reconcile/world-aws.ts'
import { dangers } from './dangers.ts'
import { type Filling, fillingFor, type TierName } from './documents.ts'
import { deploy } from './role-in-stand-in.ts'

const world = testWorld()
const trust = trustOf({ AWS: `arn:aws:iam::${ACCOUNT}:root` })
const filling = (): Filling => fillingFor(ACCOUNT, world.deploymentId, { trusted: `arn:aws:iam::${ACCOUNT}:root` })
const path = () => `/sallyport/${world.deploymentId}/`

/** The role of a tier is in the account, and the worker acts through it. */
async function actThrough(tier: TierName): Promise<void> {
  const roleArn = await deploy(world.iam, tier, filling())
  await world.db.prisma.account.update({ where: { id: ACCOUNT }, data: { roleArn, externalId: filling().external_id } })
}

async function sessionIn(): Promise<IAMClient> {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/sallyport`
  const credentials = await sessionOf(world.standIn, roleArn, keysOf(ACCOUNT), { ExternalId: filling().external_id })
  return new IAMClient({ endpoint: world.standIn.url, region: 'us-east-2', credentials, maxAttempts: 1 })
}

/** A role within the boundary under the deployment's path, such as an access role is. */
async function accessRole(name: string): Promise<EntityIdentity> {
  const { boundary } = filling()
  const made = { RoleName: name, Path: path(), PermissionsBoundary: boundary, AssumeRolePolicyDocument: trust }
  const { Role } = await world.iam.send(new CreateRoleCommand(made))
  return { accountId: ACCOUNT, kind: 'role', name, arn: Role?.Arn ?? '', uniqueId: Role?.RoleId ?? '' }
}

/** Takes up all of a role's inline quota, so that what it is granted goes to managed policies. */
async function fillUp(name: string): Promise<void> {
  const frame = policyAllowing('s3:GetObject', 'arn:aws:s3:::')
  const PolicyDocument = frame.replace(':::', `:::${'x'.repeat(10_240 - frame.length)}`)
  await world.iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'of-others', PolicyDocument }))
}

/** Guards an entity, as the sweep does, and has it reconciled. */
async function guarded(entity: EntityIdentity): Promise<Id<'tgt'>> {
  const target = await world.db.inTransaction(async (tx) => {
    const id = await ensureTarget(tx, entity)
    await tx.prisma.target.update({ where: { id }, data: { guarded: true } })
    return id
  })
  await world.reconcile(target)
  return target
}

/** What is on record when a guard is in place. */
const guardOf = ({ uniqueId }: EntityIdentity) => ({ [guardName(world.deploymentId, uniqueId)]: hashDocument(printGuard([])) })

beforeAll(async () => {
  await actThrough('contained')
  await accessRole('within')
  await world.role('application')
  await world.user('developer')
  await world.iam.send(new CreateGroupCommand({ GroupName: 'developers' }))
  await world.iam.send(new CreatePolicyCommand({ PolicyName: 'others', PolicyDocument: policyAllowing('s3:ListBucket') }))
})

describe('the worker in the role of tier contained', () => {
  beforeAll(() => actThrough('contained'))

  test('gives and takes away access by inline policies of roles under its path', async () => {
    const grant = await world.grant(await accessRole('inline'), 'jane_doe')
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
    await world.revoke(grant.id)
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('ended')
  })

  test('and by managed policies, from making them to deleting them', async () => {
    const role = await accessRole('managed')
    await fillUp('managed')
    const foreign = { characters: 10_240, attached: 0 }
    const first = await world.grant(role, 'jane_doe', { foreign })
    const calls = await world.callsDuring(async () => {
      await world.reconcile(first.targetId)
      const second = await world.grant(role, 'mary_roe', { foreign })
      await world.reconcile(first.targetId)
      for (const { id } of [first, second]) await world.revoke(id)
      await world.reconcile(first.targetId)
    })
    expect(calls.filter((call) => call.includes('AccessDenied'))).toEqual([])
    expect(calls).toEqual(
      expect.arrayContaining(['CreatePolicy', 'AttachRolePolicy', 'CreatePolicyVersion', 'DetachRolePolicy', 'DeletePolicy']),
    )
    expect(await world.status(first.id)).toBe('ended')
  })

  test('cannot guard a principal, and the target says so', async () => {
    expect(await world.target(await guarded(await world.user('administrator')))).toMatchObject({ attentionCode: 'aws_denied' })
  })

  test('is refused elsewhere, and the grant says so', async () => {
    const grant = await world.grant(await world.role('elsewhere'), 'jane_doe')
    await world.reconcile(grant.targetId)
    expect(await world.target(grant.targetId)).toMatchObject({ attentionCode: 'aws_denied' })
  })
})

describe('the worker in the role of tier any', () => {
  beforeAll(() => actThrough('any'))

  test.each([
    ['role', () => world.role('admin-role')],
    ['user', () => world.user('admin-user')],
    ['group', () => world.group('admins')],
  ] as const)('guards a %s, and lets it go', async (_, make) => {
    const entity = await make()
    const target = await guarded(entity)
    expect(await world.target(target)).toMatchObject({ attentionCode: null, written: guardOf(entity) })
    await world.db.prisma.target.update({ where: { id: target }, data: { guarded: false } })
    await world.reconcile(target)
    expect(await world.target(target)).toMatchObject({ attentionCode: null, written: {} })
  })

  test.each([
    ['role', () => world.role('of-a-team')],
    ['user', () => world.user('jane_doe')],
    ['group', () => world.group('readers')],
  ] as const)('gives a %s access and takes it away', async (_, make) => {
    const grant = await world.grant(await make(), 'jane_doe')
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
    await world.revoke(grant.id)
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('ended')
  })
})

describe('the worker in the role of tier bounded', () => {
  beforeAll(() => actThrough('bounded'))

  test('guards a named principal that carries the boundary', async () => {
    const role = await world.role('app-guarded')
    await world.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'app-guarded', PermissionsBoundary: filling().boundary }))
    expect(await world.target(await guarded(role))).toMatchObject({ attentionCode: null, written: guardOf(role) })
  })

  test('gives access to a named principal once it carries the boundary', async () => {
    const grant = await world.grant(await world.role('app-orders'), 'jane_doe')
    await world.reconcile(grant.targetId)
    expect(await world.target(grant.targetId)).toMatchObject({ attentionCode: 'aws_denied' })
    const within = { RoleName: 'app-orders', PermissionsBoundary: filling().boundary }
    await world.iam.send(new PutRolePermissionsBoundaryCommand(within))
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
  })
})

describe.each(['contained', 'bounded', 'any'] as const)('a session of the role of tier %s', (tier) => {
  let session: IAMClient
  beforeAll(async () => {
    await actThrough(tier)
    session = await sessionIn()
  })

  test('makes, dates, shrinks and removes an access role', async () => {
    const name = { RoleName: 'made' }
    const { boundary } = filling()
    const role = { ...name, Path: path(), PermissionsBoundary: boundary, AssumeRolePolicyDocument: trust }
    await session.send(new CreateRoleCommand({ ...role, Tags: [{ Key: 'sallyport:deployment', Value: world.deploymentId }] }))
    await session.send(new PutRolePolicyCommand({ ...name, PolicyName: 'p', PolicyDocument: policyAllowing('rds-db:connect') }))
    await session.send(new UpdateAssumeRolePolicyCommand({ ...name, PolicyDocument: trust }))
    await session.send(new UpdateRoleCommand({ ...name, MaxSessionDuration: 3_600 }))
    await session.send(new PutRolePermissionsBoundaryCommand({ ...name, PermissionsBoundary: boundary }))
    await session.send(new DeleteRolePolicyCommand({ ...name, PolicyName: 'p' }))
    await session.send(new DeleteRoleCommand(name))
    await expect(session.send(new GetRoleCommand(name))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })

  test('reads the account', async () => {
    await session.send(new GetAccountAuthorizationDetailsCommand({}))
    await session.send(new GetAccountSummaryCommand({}))
  })

  test('is refused everything dangerous', async () => {
    for (const { what, send, possibleIn = [] } of dangers(filling(), trust)) {
      if (send === undefined || possibleIn.includes(tier)) continue
      await expect(send(session), what).rejects.toMatchObject({ name: 'AccessDenied' })
    }
  })
})

test('whoever steals the contained role and makes a role with everything has made one that connects to databases', async () => {
  await actThrough('contained')
  const thief = await sessionIn()
  const name = { RoleName: 'stolen' }
  const { boundary } = filling()
  await thief.send(new CreateRoleCommand({ ...name, Path: path(), PermissionsBoundary: boundary, AssumeRolePolicyDocument: trust }))
  await thief.send(new PutRolePolicyCommand({ ...name, PolicyName: 'everything', PolicyDocument: policyAllowing('*') }))
  const credentials = await sessionOf(world.standIn, `arn:aws:iam::${ACCOUNT}:role${path()}stolen`, keysOf(ACCOUNT))
  const loot = new IAMClient({ endpoint: world.standIn.url, region: 'us-east-2', credentials, maxAttempts: 1 })
  await expect(loot.send(new CreateUserCommand({ UserName: 'free' }))).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(loot.send(new GetRoleCommand(name))).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('the role is not assumed without its external id, nor under another session name', async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:role/sallyport`
  const ExternalId = filling().external_id
  await expect(sessionOf(world.standIn, arn, keysOf(ACCOUNT))).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(sessionOf(world.standIn, arn, keysOf(ACCOUNT), { ExternalId, RoleSessionName: 'somebody' })).rejects.toMatchObject({
    name: 'AccessDenied',
  })
  await sessionOf(world.standIn, arn, keysOf(ACCOUNT), { ExternalId, RoleSessionName: 'sallyport-pln_1' })
})
