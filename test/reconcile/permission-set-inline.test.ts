import { GetInlinePolicyForPermissionSetCommand, PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin'
import { afterEach, describe, expect, test } from 'vitest'
import type { Aws } from '../../src/aws/index.ts'
import { takeLease } from '../../src/grants/index.ts'
import { takeCalls } from '../../src/jobs/index.ts'
import { setSid } from '../../src/policy/index.ts'
import { reconcileTarget } from '../../src/reconcile/index.ts'
import { LeaseHeld } from '../../src/reconcile/lease.ts'
import { provision } from '../dev/aws/identity-center/organisation.ts'
import { ELSEWHERE, setWorld } from './set-world.ts'
import { documentFor, silent } from './world.ts'
import { ACCOUNT } from './world-aws.ts'

const sets = setWorld()
const { world } = sets
const isWrite = (call: string): boolean => !/^(Describe|Get|List|AssumeRole)/.test(call)

/** Of others, with blanks that nobody would write twice. */
const foreign = '{ "Version":"2012-10-17",\n  "Statement": [ {"Sid":"Theirs", "Effect":"Deny","Action": "s3:*" ,"Resource":"*"}\t] }\n'

/** The statement of ours for the database's account. */
const own = (...dbUsers: readonly string[]): string =>
  documentFor(...dbUsers)
    .replace(/^.*"Statement":\[\{/, `{"Sid":"${setSid(world.deploymentId, ACCOUNT)}",`)
    .replace(/\]\}$/, '')
const among = (...dbUsers: readonly string[]): string => foreign.replace('"Resource":"*"}', `"Resource":"*"},${own(...dbUsers)}`)

const put = (PermissionSetArn: string, InlinePolicy: string) => {
  const { sso, InstanceArn } = sets.organisation()
  return sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }))
}
const inlineOf = async (PermissionSetArn: string): Promise<string | undefined> => {
  const { sso, InstanceArn } = sets.organisation()
  return (await sso.send(new GetInlinePolicyForPermissionSetCommand({ InstanceArn, PermissionSetArn }))).InlinePolicy
}

afterEach(() => {
  world.standIn.pace.calls = 2
  world.standIn.faults.clear()
})

describe('a permission set’s inline policy', () => {
  test('gets a statement of Sallyport’s among those of others, which stay byte for byte, and is provisioned', async () => {
    const set = await sets.set('shared', ACCOUNT, ELSEWHERE)
    await put(set.arn, foreign)
    const grant = await sets.open(set, 'jane_doe', 'inline')
    world.standIn.pace.calls = null
    const calls = await world.callsDuring(() => world.reconcile(grant.targetId))
    expect(calls.filter(isWrite)).toEqual(['PutInlinePolicyToPermissionSet', 'ProvisionPermissionSet'])
    expect(await inlineOf(set.arn)).toBe(among('jane_doe'))
    expect([await world.status(grant.id), await sets.inline(ACCOUNT, 'shared')]).toEqual(['applying', null])
    world.standIn.pace.calls = 1
    await sets.settle(grant.targetId)
    expect([await world.status(grant.id), await sets.inline(ACCOUNT, 'shared')]).toEqual(['active', among('jane_doe')])
    expect(await sets.inline(ELSEWHERE, 'shared')).toBeNull()
    expect((await world.callsDuring(() => world.reconcile(grant.targetId))).filter(isWrite)).toEqual([])

    const second = await sets.open(set, 'mary_roe', 'inline')
    await world.revoke(grant.id)
    await sets.settle(grant.targetId)
    expect([await world.status(grant.id), await world.status(second.id)]).toEqual(['ended', 'active'])
    expect(await sets.inline(ACCOUNT, 'shared')).toBe(among('mary_roe'))

    await world.revoke(second.id)
    await sets.settle(grant.targetId)
    expect(await world.status(second.id)).toBe('ended')
    expect(await inlineOf(set.arn)).toBe(foreign)
    expect(await sets.inline(ACCOUNT, 'shared')).toBe(foreign)
  })

  test('loses what has ended before it gains anything', async () => {
    const set = await sets.set('orderly', ACCOUNT)
    const first = await sets.open(set, 'jane_doe', 'inline')
    await sets.settle(first.targetId)
    const second = await sets.open(set, 'mary_roe', 'inline')
    await world.revoke(first.id)
    world.standIn.pace.calls = null
    await world.reconcile(first.targetId)
    expect(await inlineOf(set.arn)).toBe('')
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['revoking', 'applying'])
    world.standIn.pace.calls = 1
    await sets.settle(first.targetId)
    expect([await world.status(first.id), await world.status(second.id)]).toEqual(['ended', 'active'])
  })

  test('keeps what others put there between our look and our write', async () => {
    const set = await sets.set('busy', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe', 'inline')
    let asked = 0
    const late: Aws = {
      ...world.aws,
      identityCenter: (...args) => {
        const session = world.aws.identityCenter(...args)
        return {
          ...session,
          getPolicies: async (arn) => {
            const found = await session.getPolicies(arn)
            if (asked++ === 0) await put(set.arn, foreign)
            return found
          },
        }
      },
    }
    await world.reconcile(grant.targetId, { aws: late })
    expect(await inlineOf(set.arn)).toBe(among('jane_doe'))
  })

  test('from which others took ours is mended, and is drift', async () => {
    const set = await sets.set('overwritten', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe', 'inline')
    await sets.settle(grant.targetId)
    await world.pass(grant.targetId, 120)
    await put(set.arn, foreign)
    await provision(sets.organisation(), set.arn, ACCOUNT)
    for (let round = 0; round < 5; round++) await world.reconcile(grant.targetId)
    expect(await sets.inline(ACCOUNT, 'overwritten')).toBe(among('jane_doe'))
    expect(await world.payloads(grant.targetId, 'target.drift_found')).toMatchObject([{ policyName: world.policy, found: null }])
  })

  test('that is full takes nothing more, and the reason is told before it is approved', async () => {
    const set = await sets.set('full', ACCOUNT)
    const many = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix.repeat(56)}_${index}`)
    const { targetId } = await sets.open(set, many('x', 70), 'inline')
    const refused = await sets.open(set, many('y', 20), 'inline').catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'quota_exceeded', message: expect.stringContaining('10240 characters') })
    await sets.settle(targetId)
    expect(await world.db.prisma.grant.count({ where: { targetId, status: 'active' } })).toBe(70)
  })
})

describe('what permission sets share', () => {
  test('of the targets of one set one is leased at a time', async () => {
    const set = await sets.set('leased', ACCOUNT, ELSEWHERE)
    const grant = await sets.open(set, 'jane_doe')
    const { uniqueId, instanceArn } = await world.target(grant.targetId)
    const row = { id: `tgt_${'0'.repeat(26)}`, accountId: ELSEWHERE, kind: 'permission_set' as const, name: set.name, arn: set.arn }
    await world.db.prisma.target.create({ data: { ...row, uniqueId, instanceArn, recheckAt: [] } })
    await world.db.inTransaction((tx) => takeLease(tx, 'tgt_00000000000000000000000000', 'another'))
    await expect(world.reconcile(grant.targetId)).rejects.toBeInstanceOf(LeaseHeld)
    await world.db.prisma.$executeRaw`update target set lease_until = now() where id = ${row.id}`
    await sets.settle(grant.targetId)
    expect(await world.status(grant.id)).toBe('active')
  })

  test('the calls that administer them have a budget of their own', async () => {
    const set = await sets.set('thrifty', ACCOUNT)
    const grant = await sets.open(set, 'jane_doe')
    await world.db.prisma.callBudget.upsert({
      where: { accountId_service: { accountId: ACCOUNT, service: 'sso' } },
      create: { accountId: ACCOUNT, service: 'sso', calls: 0 },
      update: { calls: 0, asOf: new Date() },
    })
    expect(await world.callsDuring(() => reconcileTarget(world.parts(), silent)(grant.targetId))).toEqual([])
    expect((await world.target(grant.targetId)).nextCheckAt).not.toBeNull()
    expect(await world.db.inTransaction((tx) => takeCalls(tx, ACCOUNT, 4, 'check'))).toBe(0)
  })

  test('a call in another account goes by the budget of that account, and waits for it without holding up what is here', async () => {
    const set = await sets.set('frugal', ACCOUNT, ELSEWHERE)
    const grant = await sets.open(set, 'jane_doe')
    const reconcile = () => world.callsDuring(() => reconcileTarget(world.parts(), silent)(grant.targetId))
    await world.db.prisma.$executeRaw`update call_budget set calls = 100 where service = 'sso'`
    await leave(ACCOUNT, 600)
    await leave(ELSEWHERE, 0, 30)
    expect((await reconcile()).filter(isWrite)).toEqual(['CreatePolicy'])
    expect([await sets.document(ACCOUNT, set.arn), await sets.document(ELSEWHERE, set.arn)]).toEqual([documentFor('jane_doe'), null])
    const { attentionCode, nextCheckAt, leaseHolder } = await world.target(grant.targetId)
    expect([attentionCode, leaseHolder]).toEqual([null, null])
    expect(nextCheckAt?.getTime()).toBeLessThan(Date.now() + 15_000)
    expect((await reconcile()).filter(isWrite)).toEqual([]) // nor is it put off by trying

    await leave(ELSEWHERE, 160, 30)
    const calls = await reconcile()
    expect(calls.filter(isWrite).slice(0, 2)).toEqual(['CreatePolicy', 'AttachCustomerManagedPolicyReferenceToPermissionSet'])
    const { calls: left } = await world.db.prisma.callBudget.findUniqueOrThrow({
      where: { accountId_service: { accountId: ELSEWHERE, service: 'iam' } },
    })
    expect(left).toBe(160 - 2 - 1) // looked for, and made
  })
})

/** Makes an account's budget so many calls, which stay so many for so many seconds: a time to come fills nothing up. */
async function leave(accountId: string, calls: number, ahead = 0): Promise<void> {
  await world.db.prisma.$executeRaw`
    insert into call_budget (account_id, service, calls, as_of) values (${accountId}, 'iam', ${calls}, now() + ${ahead} * interval '1 second')
    on conflict (account_id, service) do update set calls = excluded.calls, as_of = excluded.as_of`
}
