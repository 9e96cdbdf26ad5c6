import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Aws, AwsError, createAws, type IdentityCenter, type IdentityCenterSession } from '../../src/aws/index.ts'
import type { AwsStandIn } from '../../src/dev/aws/index.ts'
import { assign, makeSet, type Organisation, openOrganisation } from '../dev/aws/identity-center/organisation.ts'
import { ACCOUNT, callJson, keysOf, POLICY, startInMemory } from '../dev/aws/support.ts'

const ELSEWHERE = '210987654321'
const allow = () => {}

let standIn: AwsStandIn
let organisation: Organisation
let aws: Aws
let center: IdentityCenter
let session: IdentityCenterSession

beforeAll(async () => {
  standIn = await startInMemory()
  organisation = await openOrganisation(standIn)
  aws = createAws({ endpoint: standIn.url, region: 'eu-west-1', credentials: keysOf(ACCOUNT) })
  const account = { id: ACCOUNT, partition: 'aws', regions: ['eu-west-1'], roleArn: null, externalId: null }
  center = { instanceArn: organisation.InstanceArn, region: 'us-east-2', account }
  session = aws.identityCenter(center)
})
afterAll(async () => {
  aws.close()
  await standIn.close()
})

const refusalOf = (call: Promise<unknown>): Promise<AwsError> =>
  call.then(
    () => {
      throw new Error('it was not refused')
    },
    (error: unknown) => {
      if (error instanceof AwsError) return error
      throw error
    },
  )

/** Asks until the work is over, as the worker does with a job each time. */
async function outcomeOf(id: string) {
  let found = await session.getProvisioning(id)
  while (found?.status === 'IN_PROGRESS') found = await session.getProvisioning(id)
  return found
}

test('it is asked in the home region of the instance, whatever regions the account has', async () => {
  const arn = await makeSet(organisation, 'reader')
  expect(await session.getPermissionSet(arn)).toEqual({ name: 'reader' })
})

test('a permission set that is not there is null', async () => {
  const none = (await makeSet(organisation)).replace(/.{4}$/, 'none')
  expect([await session.getPermissionSet(none), await session.getPolicies(none)]).toEqual([null, null])
  expect(await refusalOf(session.listAccounts(none))).toMatchObject({ reason: 'not_found', answered: true })
})

test('what is on a set is read: its inline policy byte for byte, its references, and AWS’s own policies', async () => {
  const arn = await makeSet(organisation)
  expect(await session.getPolicies(arn)).toEqual({ inlinePolicy: null, references: [], awsManaged: [] })
  const document = `${POLICY.slice(0, -1)} }`
  await session.putInlinePolicy(arn, document, allow)
  await session.attachReference(arn, { name: 'connect', path: '/team/' }, allow)
  expect(await session.getPolicies(arn)).toEqual({
    inlinePolicy: document,
    references: [{ name: 'connect', path: '/team/' }],
    awsManaged: [],
  })
  expect(await session.getInlinePolicy(arn)).toBe(document)
})

test('to delete an inline policy that is not there is done', async () => {
  const arn = await makeSet(organisation)
  await session.putInlinePolicy(arn, POLICY, allow)
  await session.deleteInlinePolicy(arn, allow)
  await session.deleteInlinePolicy(arn, allow)
  expect(await session.getInlinePolicy(arn)).toBeNull()
})

test('accounts and sets are listed through all their pages', async () => {
  const arn = await makeSet(organisation)
  const accounts = Array.from({ length: 103 }, (_, index) => String(500_000_000_000 + index))
  standIn.pace.calls = 1
  for (const account of accounts) await assign(organisation, arn, account)
  standIn.pace.calls = 2
  expect((await session.listAccounts(arn)).length).toBe(103)
  expect(await session.listPermissionSets(accounts[0] ?? '')).toEqual([arn])
})

test('who is assigned to a set in an account is listed, users and groups, and of another account nobody', async () => {
  const arn = await makeSet(organisation)
  await assign(organisation, arn, ACCOUNT)
  const group = { IdentityStoreId: organisation.IdentityStoreId, DisplayName: 'developers' }
  const { body } = await callJson(standIn, 'identitystore', 'AWSIdentityStore.CreateGroup', group)
  await assign(organisation, arn, ACCOUNT, body.GroupId)
  expect([...(await session.listAssignees(arn, ACCOUNT))].sort((one, other) => other.kind.localeCompare(one.kind))).toEqual([
    { kind: 'user', id: organisation.userId },
    { kind: 'group', id: body.GroupId },
  ])
  expect(await session.listAssignees(arn, ELSEWHERE)).toEqual([])
})

describe('provisioning', () => {
  test('goes on after the call, and its end is asked for', async () => {
    const arn = await makeSet(organisation)
    await assign(organisation, arn, ACCOUNT)
    const { provisioningId, awsRequestId } = await session.provision(arn, ACCOUNT, allow)
    expect(awsRequestId).not.toBeNull()
    expect(await session.getProvisioning(provisioningId)).toEqual({ status: 'IN_PROGRESS', failure: null })
    expect(await outcomeOf(provisioningId)).toEqual({ status: 'SUCCEEDED', failure: null })
    expect(await session.getProvisioning('00000000-0000-4000-8000-000000000000')).toBeNull()
  })

  test('of an account at a time: a second one meanwhile is a conflict, told at once', async () => {
    const arn = await makeSet(organisation)
    await assign(organisation, arn, ELSEWHERE)
    const { provisioningId } = await session.provision(arn, ELSEWHERE, allow)
    standIn.calls.reset()
    expect(await refusalOf(session.provision(arn, ELSEWHERE, allow))).toMatchObject({ reason: 'conflict', awsCode: 'Conflict' })
    expect(standIn.calls.list()).toHaveLength(1)
    await outcomeOf(provisioningId)
  })

  test('fails where the account has no policy that the set refers to, and says so', async () => {
    const arn = await makeSet(organisation)
    await assign(organisation, arn, ELSEWHERE)
    await session.attachReference(arn, { name: 'missing', path: '/' }, allow)
    const { provisioningId } = await session.provision(arn, ELSEWHERE, allow)
    expect(await outcomeOf(provisioningId)).toEqual({ status: 'FAILED', failure: expect.stringContaining('policy/missing') })

    const iam = new IAMClient({ endpoint: standIn.url, region: 'us-east-2', credentials: keysOf(ELSEWHERE) })
    await iam.send(new CreatePolicyCommand({ PolicyName: 'missing', PolicyDocument: POLICY }))
    iam.destroy()
    expect(await outcomeOf((await session.provision(arn, ELSEWHERE, allow)).provisioningId)).toMatchObject({ status: 'SUCCEEDED' })
  })

  test('of an account that does not have the set is not found', async () => {
    expect(await refusalOf(session.provision(await makeSet(organisation), ACCOUNT, allow))).toMatchObject({ reason: 'not_found' })
  })
})

test('a reference that is there already is a conflict, a document that IAM cannot take malformed, and too many policies a quota', async () => {
  const arn = await makeSet(organisation)
  const attach = (name: string) => session.attachReference(arn, { name, path: '/' }, allow)
  await attach('first')
  expect(await refusalOf(attach('first'))).toMatchObject({ reason: 'conflict' })
  expect(await refusalOf(session.putInlinePolicy(arn, '{}', allow))).toMatchObject({ reason: 'malformed' })
  for (let count = 1; count < 20; count++) await attach(`more-${count}`)
  standIn.calls.reset()
  expect(await refusalOf(attach('one-too-many'))).toMatchObject({ reason: 'quota' })
  expect(standIn.calls.list()).toHaveLength(1)
})

test('a write is asked of its guard last thing, and is not sent if that throws', async () => {
  const arn = await makeSet(organisation)
  const stop = new Error('the lease was lost')
  await expect(
    session.putInlinePolicy(arn, POLICY, () => {
      throw stop
    }),
  ).rejects.toBe(stop)
  expect(await session.getInlinePolicy(arn)).toBeNull()
})

test('the roles that Identity Center made in an account are found by their path', async () => {
  await assign(organisation, await makeSet(organisation, 'support'), '444455556666')
  const account = { ...center.account, id: '444455556666' }
  const roles = createAws({ endpoint: standIn.url, region: 'us-east-2', credentials: keysOf('444455556666') })
  try {
    const found = await roles.session(account).listRoles('/aws-reserved/sso.amazonaws.com/')
    expect(found).toEqual([expect.stringMatching(/^AWSReservedSSO_support_[0-9a-f]{16}$/)])
  } finally {
    roles.close()
  }
})
