import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { trustPolicy } from '../../src/policy/index.ts'
import { accessWorld, ELSEWHERE } from './access-world.ts'
import { documentFor } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

const access = accessWorld()
const { world } = access
const writes = /^(Put|Create|Update|Delete|Attach|Detach)/

/** A principal elsewhere with one grant, which has been brought to IAM. */
async function granted(name: string, dbUser = 'db_user') {
  const principal = await access.principal(name)
  const role = access.roleOf(principal)
  const grant = await access.open(principal, role, dbUser)
  await world.reconcile(grant.targetId)
  await world.reconcile(grant.callerId)
  return { principal, role, grant }
}

describe('an access role', () => {
  test('is made with its trust, its end and its policy, and only its principal can assume it', async () => {
    const principal = await access.principal('app-reader')
    const stranger = await access.principal('app-stranger')
    const role = access.roleOf(principal)
    const grant = await access.open(principal, role, 'db_user')
    const calls = await world.callsDuring(() => world.reconcile(grant.targetId))
    expect(calls.filter((call) => writes.test(call))).toEqual(['CreateRole', 'PutRolePolicy'])
    expect(await access.found(role)).toMatchObject({
      Path: `/sallyport/${world.deploymentId}/`,
      MaxSessionDuration: 3_600,
      Tags: [{ Key: 'sallyport:deployment', Value: world.deploymentId }],
    })
    expect(await access.trustOf(role)).toBe(trustPolicy(role.principal, grant.endsAt))
    expect(await access.inline(world.iam, role.name)).toEqual(JSON.parse(documentFor('db_user')))
    expect(await world.status(grant.id)).toBe('active')
    expect(await world.payloads(grant.targetId, 'iam.write.done')).toMatchObject([
      { operation: 'create_role', policyName: 'access-role', before: null },
      { operation: 'put_inline' },
    ])

    expect(await access.canAssume(principal, role)).toBe(false) // its own account has yet to let it
    await world.reconcile(grant.callerId)
    expect(await access.canAssume(principal, role)).toBe(true)
    await access.elsewhere().send(
      new PutRolePolicyCommand({
        RoleName: stranger.name,
        PolicyName: 'assume',
        PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}',
      }),
    )
    expect(await access.canAssume(stranger, role)).toBe(false)
  })

  test('that is as it should be is only read', async () => {
    const { grant } = await granted('app-unchanged')
    const calls = await world.callsDuring(async () => {
      await world.reconcile(grant.targetId)
      await world.reconcile(grant.callerId)
    })
    expect(calls.filter((call) => writes.test(call))).toEqual([])
  })

  test('gets the permissions boundary of its account, and again when somebody takes it away', async () => {
    const { Policy } = await world.iam.send(new CreatePolicyCommand({ PolicyName: 'boundary', PolicyDocument: documentFor('*') }))
    const boundary = Policy?.Arn ?? ''
    const { role, grant } = await granted('app-bounded')
    await world.db.prisma.account.update({ where: { id: ACCOUNT }, data: { boundary } })
    await world.reconcile(grant.targetId)
    expect((await access.found(role))?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(boundary)
    const other = await granted('app-bounded-2')
    expect((await access.found(other.role))?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(boundary)
    await world.db.prisma.account.update({ where: { id: ACCOUNT }, data: { boundary: null } })
  })

  test('is refused by STS once its date has passed, though nobody has taken anything away', async () => {
    const { principal, role } = await granted('app-late')
    const past = trustPolicy(role.principal, new Date(Date.now() - 1_000))
    await world.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role.name, PolicyDocument: past }))
    expect(await access.canAssume(principal, role)).toBe(false)
  })
})

describe('the date in the trust policy', () => {
  test('is the latest end; more time widens it, and what ends brings it forward before anything else', async () => {
    const { principal, role, grant } = await granted('app-dates')
    const longer = await access.open(principal, role, 'jane_doe', { endsIn: 7_200 })
    await world.reconcile(longer.targetId)
    expect(await access.trustOf(role)).toBe(trustPolicy(role.principal, longer.endsAt))
    expect(await access.inline(world.iam, role.name)).toEqual(JSON.parse(documentFor('db_user', 'jane_doe')))
    await world.revoke(longer.id)
    const calls = await world.callsDuring(() => world.reconcile(longer.targetId))
    expect(calls.filter((call) => writes.test(call))).toEqual(['UpdateAssumeRolePolicy', 'PutRolePolicy'])
    expect(await access.trustOf(role)).toBe(trustPolicy(role.principal, grant.endsAt))
    expect(await world.status(longer.id)).toBe('ended')
  })

  test('a role that is not to be any more is shut, emptied and deleted, and so is the caller’s permission', async () => {
    const { principal, role, grant } = await granted('app-ends')
    expect(await access.inline(access.elsewhere(), principal.name)).toMatchObject({
      Statement: [{ Action: ['sts:AssumeRole'], Resource: [role.arn] }],
    })
    await world.expire(grant.id)
    const calls = await world.callsDuring(() => world.reconcile(grant.targetId))
    expect(calls.filter((call) => writes.test(call))).toEqual(['UpdateAssumeRolePolicy', 'DeleteRolePolicy', 'DeleteRole'])
    await world.reconcile(grant.callerId)
    expect([await access.found(role), await access.inline(access.elsewhere(), principal.name)]).toEqual([null, null])
    expect(await world.status(grant.id)).toBe('ended')
    const again = await access.open(principal, role, 'db_user')
    await world.reconcile(again.targetId)
    expect(await world.status(again.id)).toBe('active')
  })

  test('a role on which others have put a policy cannot be deleted, and nobody can assume it', async () => {
    const { principal, role, grant } = await granted('app-in-use')
    await world.iam.send(new PutRolePolicyCommand({ RoleName: role.name, PolicyName: 'of-others', PolicyDocument: documentFor('admin') }))
    await world.revoke(grant.id)
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('ended')
    expect((await world.target(grant.targetId)).attentionCode).toBe('access_role_in_use')
    expect(await access.canAssume(principal, role)).toBe(false)
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: 'of-others' }))
    await world.reconcile(grant.targetId)
    expect([await access.found(role), (await world.target(grant.targetId)).attentionCode]).toEqual([null, null])
  })
})

describe('what others do to an access role', () => {
  test('a changed trust policy is drift, and put right', async () => {
    const { principal, role, grant } = await granted('app-drift')
    const wide = (await access.trustOf(role)).replace(principal.arn, `arn:aws:iam::${ELSEWHERE}:root`)
    await world.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role.name, PolicyDocument: wide }))
    await world.iam.send(new UpdateRoleCommand({ RoleName: role.name, MaxSessionDuration: 43_200 }))
    await world.pass(grant.targetId, 120)
    await world.reconcile(grant.targetId)
    expect(await access.trustOf(role)).toBe(trustPolicy(role.principal, grant.endsAt))
    expect((await access.found(role))?.MaxSessionDuration).toBe(3_600)
    expect(await world.payloads(grant.targetId, 'target.drift_found')).toMatchObject([{ policyName: 'access-role' }])
  })

  test('a deleted role is made again', async () => {
    const { principal, role, grant } = await granted('app-deleted')
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName: role.name, PolicyName: world.policy }))
    await world.iam.send(new DeleteRoleCommand({ RoleName: role.name }))
    await world.pass(grant.targetId, 120)
    await world.reconcile(grant.targetId)
    expect(await access.canAssume(principal, role)).toBe(true)
  })

  test.each([
    ['another path', '/', true],
    ['no tag of ours', null, false],
  ])('a role of the name with %s is not touched', async (name, path, tagged) => {
    const principal = await access.principal(`app-taken-${name.length}`)
    const role = access.roleOf(principal)
    await world.iam.send(
      new CreateRoleCommand({
        RoleName: role.name,
        Path: path ?? `/sallyport/${world.deploymentId}/`,
        AssumeRolePolicyDocument: trustPolicy(role.principal, new Date(0)),
        Tags: [{ Key: 'sallyport:deployment', Value: world.deploymentId }],
      }),
    )
    if (!tagged) await world.iam.send(new UntagRoleCommand({ RoleName: role.name, TagKeys: ['sallyport:deployment'] }))
    const grant = await access.open(principal, role, 'db_user')
    const calls = await world.callsDuring(() => world.reconcile(grant.targetId))
    expect(calls.filter((call) => writes.test(call))).toEqual([])
    expect((await world.target(grant.targetId)).attentionCode).toBe('access_role_taken')
    expect(await world.status(grant.id)).toBe('applying')
  })

  test('a principal made again under its name is not trusted, and its grants wait', async () => {
    const { principal, role, grant } = await granted('app-again')
    await access.elsewhere().send(new DeleteRolePolicyCommand({ RoleName: principal.name, PolicyName: world.policy }))
    await access.elsewhere().send(new DeleteRoleCommand({ RoleName: principal.name }))
    const impostor = await access.principal(principal.name)
    await access.elsewhere().send(
      new PutRolePolicyCommand({
        RoleName: impostor.name,
        PolicyName: 'assume',
        PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}',
      }),
    )
    await world.pass(grant.targetId, 120)
    const calls = await world.callsDuring(() => world.reconcile(grant.targetId))
    expect(calls.filter((call) => writes.test(call))).toEqual([])
    expect(await world.payloads(grant.targetId, 'target.drift_found')).toEqual([])
    expect((await world.target(grant.targetId)).attentionCode).toBe('principal_gone')
    await world.iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: role.name, PolicyDocument: trustPolicy(role.principal, grant.endsAt) }),
    )
    expect(await access.canAssume(impostor, role)).toBe(false) // pinned by its unique id as well
    await world.revoke(grant.id)
    await world.reconcile(grant.targetId)
    expect([await access.found(role), await world.status(grant.id)]).toEqual([null, 'ended'])
  })
})

describe('when AWS does not do what it is asked', () => {
  test('a lost answer to CreateRole is settled by reading back', async () => {
    const principal = await access.principal('app-lost')
    const role = access.roleOf(principal)
    const grant = await access.open(principal, role, 'db_user')
    world.standIn.faults.add({ action: 'CreateRole', kind: 'lost-answer', times: 1 })
    await world.reconcile(grant.targetId)
    await world.reconcile(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
    const events = await world.events(grant.targetId)
    expect(events).not.toContain('target.drift_found')
    expect(events.filter((type) => type === 'iam.write.unknown')).toHaveLength(1)
  })

  test('a principal that does not exist is told as such, and tried again', async () => {
    const principal = await access.principal('app-never')
    const role = access.roleOf({ arn: `${principal.arn}-known-by-nobody`, uniqueId: null })
    const grant = await access.open(principal, role, 'db_user', { caller: false })
    await world.reconcile(grant.targetId)
    expect((await world.target(grant.targetId)).attentionCode).toBe('principal_not_trusted')
  })

  test('what ends is taken away though the date cannot be moved for what is new', async () => {
    const { principal, role, grant } = await granted('app-order')
    const longer = await access.open(principal, role, 'jane_doe', { endsIn: 7_200 })
    await world.revoke(grant.id)
    world.standIn.faults.add({ action: 'UpdateAssumeRolePolicy', kind: 'error', code: 'AccessDenied', status: 403, times: 1 })
    await world.reconcile(grant.targetId)
    expect([await world.status(grant.id), await world.status(longer.id)]).toEqual(['ended', 'applying'])
    await world.reconcile(grant.targetId)
    expect(await world.status(longer.id)).toBe('active')
  })
})

describe('the caller’s own permission', () => {
  test('stands beside what the principal may connect to itself, and goes without it', async () => {
    const { principal, role, grant } = await granted('app-both')
    await world.grant(principal, 'mary_roe')
    await world.reconcile(grant.callerId)
    expect(await access.inline(access.elsewhere(), principal.name)).toMatchObject({
      Statement: [{ Action: ['rds-db:connect'] }, { Action: ['sts:AssumeRole'], Resource: [role.arn] }],
    })
    await world.revoke(grant.id)
    await world.reconcile(grant.callerId)
    expect(await access.inline(access.elsewhere(), principal.name)).toMatchObject({ Statement: [{ Action: ['rds-db:connect'] }] })
  })

  test('is not needed within the account, where the trust policy names the principal', async () => {
    const principal = await access.principal('app-same', ACCOUNT)
    const role = access.roleOf(principal)
    const grant = await access.open(principal, role, 'db_user')
    await world.reconcile(grant.targetId)
    expect(grant.callerId).toBeNull()
    expect(await access.canAssume(principal, role)).toBe(true)
  })
})

test('a role that is full keeps the rest in managed policies, which go with it', async () => {
  const principal = await access.principal('app-full')
  const role = access.roleOf(principal)
  const users = Array.from({ length: 120 }, (_, index) => `jane_${String(index).padStart(40, '0')}`)
  const { id, targetId } = await access.open(principal, role, users)
  await world.reconcile(targetId)
  expect(await world.status(id)).toBe('active')
  expect(Object.keys((await world.target(targetId)).written as object)).toContain(`${world.policy}-${role.uniqueId}-1`)
  await world.db.prisma.$executeRaw`update "grant" set ends_at = starts_at + interval '1 millisecond' where target_id = ${targetId}`
  await world.reconcile(targetId)
  expect(await access.found(role)).toBeNull()
  expect((await world.target(targetId)).written).toEqual({})
})
