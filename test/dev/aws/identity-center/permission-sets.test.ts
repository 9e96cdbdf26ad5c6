import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateInstanceCommand,
  CreatePermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionSetCommand,
  DescribePermissionSetCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  PutInlinePolicyToPermissionSetCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../../src/dev/aws/index.ts'
import { ACCOUNT, callJson, clientsFor, keysOf, POLICY, policyOfLength, startInMemory } from '../support.ts'
import { makeSet, type Organisation, openOrganisation } from './organisation.ts'

let standIn: AwsStandIn
let organisation: Organisation
let of: { InstanceArn: string; PermissionSetArn: string }

beforeAll(async () => {
  standIn = await startInMemory()
  organisation = await openOrganisation(standIn)
})
afterAll(() => standIn.close())
beforeEach(async () => {
  of = { InstanceArn: organisation.InstanceArn, PermissionSetArn: await makeSet(organisation) }
})

const refused = (name: string, status = 400) => ({ name, $metadata: { httpStatusCode: status } })

describe('an instance', () => {
  it('is listed to its own account in its own region', async () => {
    const { Instances } = await organisation.sso.send(new ListInstancesCommand({}))
    expect(Instances).toMatchObject([
      {
        InstanceArn: expect.stringMatching(/^arn:aws:sso:::instance\/ssoins-[0-9a-f]{16}$/),
        IdentityStoreId: expect.stringMatching(/^d-[0-9a-f]{10}$/),
        OwnerAccountId: ACCOUNT,
        Status: 'ACTIVE',
      },
    ])
    for (const { sso } of [clientsFor(standIn, keysOf('400000000001')), clientsFor(standIn, keysOf(ACCOUNT), 'eu-west-1')]) {
      expect((await sso.send(new ListInstancesCommand({}))).Instances).toEqual([])
      await expect(sso.send(new DescribePermissionSetCommand(of))).rejects.toMatchObject(refused('AccessDeniedException'))
    }
    await expect(organisation.sso.send(new CreateInstanceCommand({}))).rejects.toMatchObject(refused('ConflictException'))
  })
})

describe('a permission set', () => {
  it('is described as it was made and changed', async () => {
    const { PermissionSet } = await organisation.sso.send(
      new CreatePermissionSetCommand({ InstanceArn: of.InstanceArn, Name: 'developers', Description: 'd' }),
    )
    expect(PermissionSet).toEqual({
      Name: 'developers',
      Description: 'd',
      SessionDuration: 'PT1H',
      CreatedDate: expect.any(Date),
      PermissionSetArn: expect.stringMatching(/^arn:aws:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/),
    })
    const named = { InstanceArn: of.InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn }
    await organisation.sso.send(new UpdatePermissionSetCommand({ ...named, SessionDuration: 'PT8H' }))
    expect((await organisation.sso.send(new DescribePermissionSetCommand(named))).PermissionSet).toEqual({
      ...PermissionSet,
      SessionDuration: 'PT8H',
    })
    await organisation.sso.send(new DeletePermissionSetCommand(named))
    await expect(organisation.sso.send(new DescribePermissionSetCommand(named))).rejects.toMatchObject(refused('ResourceNotFoundException'))
  })

  it('is refused when it is impossible', async () => {
    const create = (Name: string, more: { SessionDuration?: string } = {}) =>
      organisation.sso.send(new CreatePermissionSetCommand({ InstanceArn: of.InstanceArn, Name, ...more }))
    await create('Taken')
    await expect(create('taken')).rejects.toMatchObject(refused('ConflictException'))
    for (const name of ['', 'a b', 'x'.repeat(33)]) await expect(create(name), name).rejects.toMatchObject(refused('ValidationException'))
    await expect(create('long', { SessionDuration: 'PT13H' })).rejects.toMatchObject(refused('ValidationException'))
  })

  it('is listed by pages', async () => {
    const all = (await organisation.sso.send(new ListPermissionSetsCommand({ InstanceArn: of.InstanceArn }))).PermissionSets ?? []
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = await organisation.sso.send(new ListPermissionSetsCommand({ InstanceArn: of.InstanceArn, MaxResults: 2, NextToken }))
      expect(page.PermissionSets?.length).toBeLessThanOrEqual(2)
      seen.push(...(page.PermissionSets ?? []))
      NextToken = page.NextToken
    } while (NextToken)
    expect(seen).toEqual(all)
    const wrong = new ListPermissionSetsCommand({ InstanceArn: of.InstanceArn, NextToken: 'nonsense' })
    await expect(organisation.sso.send(wrong)).rejects.toMatchObject(refused('ValidationException'))
  })
})

describe('the inline policy', () => {
  const put = (InlinePolicy: string) => organisation.sso.send(new PutInlinePolicyToPermissionSetCommand({ ...of, InlinePolicy }))
  const get = async () => (await organisation.sso.send(new GetInlinePolicyForPermissionSetCommand(of))).InlinePolicy

  it('is kept byte for byte, and is empty where there is none', async () => {
    expect(await get()).toBe('')
    const spaced = `\n${POLICY.replaceAll(',', ' ,\t')}`
    await put(spaced)
    expect(await get()).toBe(spaced)
    await organisation.sso.send(new DeleteInlinePolicyFromPermissionSetCommand(of))
    expect(await get()).toBe('')
    await expect(organisation.sso.send(new DeleteInlinePolicyFromPermissionSetCommand(of))).rejects.toMatchObject(
      refused('ResourceNotFoundException'),
    )
  })

  it('has at most 10,240 characters that are not blank, and 32,768 in all', async () => {
    await put(policyOfLength(10_240))
    await expect(put(policyOfLength(10_241))).rejects.toMatchObject(refused('ServiceQuotaExceededException'))
    const blank = (length: number) => POLICY + ' '.repeat(length - POLICY.length)
    await put(blank(32_768))
    await expect(put(blank(32_769))).rejects.toMatchObject(refused('ValidationException'))
  })

  it.each(['{', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}', POLICY.replace('db_user', 'ሴ')])(
    'is refused when it is no policy: %s',
    (document) => expect(put(document)).rejects.toMatchObject(refused('ValidationException')),
  )
})

describe('managed policies', () => {
  const references = async () =>
    (await organisation.sso.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand(of))).CustomerManagedPolicyReferences
  const attach = (Name: string, Path?: string) =>
    organisation.sso.send(
      new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({ ...of, CustomerManagedPolicyReference: { Name, Path } }),
    )
  const detach = (Name: string, Path?: string) =>
    organisation.sso.send(
      new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand({ ...of, CustomerManagedPolicyReference: { Name, Path } }),
    )

  it('of the accounts are referred to by name and path, whether or not they are there', async () => {
    await attach('grants', '/sallyport/')
    await attach('grants')
    expect(await references()).toEqual([
      { Name: 'grants', Path: '/' },
      { Name: 'grants', Path: '/sallyport/' },
    ])
    await expect(attach('grants')).rejects.toMatchObject(refused('ConflictException'))
    await expect(attach('grants', 'sallyport')).rejects.toMatchObject(refused('ValidationException'))
    await detach('grants')
    expect(await references()).toEqual([{ Name: 'grants', Path: '/sallyport/' }])
    await expect(detach('grants')).rejects.toMatchObject(refused('ResourceNotFoundException'))
  })

  it('of AWS are attached by ARN', async () => {
    const managed = { ...of, ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }
    await organisation.sso.send(new AttachManagedPolicyToPermissionSetCommand(managed))
    expect((await organisation.sso.send(new ListManagedPoliciesInPermissionSetCommand(of))).AttachedManagedPolicies).toEqual([
      { Name: 'ReadOnlyAccess', Arn: managed.ManagedPolicyArn },
    ])
    const again = new AttachManagedPolicyToPermissionSetCommand(managed)
    await expect(organisation.sso.send(again)).rejects.toMatchObject(refused('ConflictException'))
    const unknown = new AttachManagedPolicyToPermissionSetCommand({ ...of, ManagedPolicyArn: 'arn:aws:iam::aws:policy/Nothing' })
    await expect(organisation.sso.send(unknown)).rejects.toMatchObject(refused('ResourceNotFoundException'))
    await organisation.sso.send(new DetachManagedPolicyFromPermissionSetCommand(managed))
    await expect(organisation.sso.send(new DetachManagedPolicyFromPermissionSetCommand(managed))).rejects.toMatchObject(
      refused('ResourceNotFoundException'),
    )
  })

  it('are at most 20, of both kinds together', async () => {
    const managed = { ...of, ManagedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }
    await organisation.sso.send(new AttachManagedPolicyToPermissionSetCommand(managed))
    for (let number = 2; number <= 20; number += 1) await attach(`p${number}`)
    await expect(attach('p21')).rejects.toMatchObject(refused('ServiceQuotaExceededException'))
  })
})

it('refuses in JSON, also what it does not know', async () => {
  const wrong = await callJson(standIn, 'sso', 'SWBExternalService.DescribePermissionSet', { InstanceArn: 'x' })
  expect(wrong).toMatchObject({
    status: 400,
    type: 'application/x-amz-json-1.1',
    body: { __type: 'ValidationException', Message: expect.stringContaining("Value at 'InstanceArn' failed to satisfy constraint") },
  })
  for (const target of ['SWBExternalService.Nothing', 'Other.ListInstances', 'SWBExternalService.constructor']) {
    expect((await callJson(standIn, 'sso', target, {})).body, target).toMatchObject({ __type: 'UnknownOperationException' })
  }
})
