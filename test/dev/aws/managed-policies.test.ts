import {
  CreatePolicyCommand,
  type CreatePolicyCommandInput,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListPoliciesCommand,
  type ListPoliciesCommandInput,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  PutRolePermissionsBoundaryCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, policyOfLength, startInMemory, trustOf } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let account = ''
let accounts = 300_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  account = String(accounts)
  iam = clientsFor(standIn, keysOf(account)).iam
})

const create = async (name: string, more: Partial<CreatePolicyCommandInput> = {}): Promise<string> => {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: POLICY, ...more }))
  return Policy?.Arn ?? ''
}
const addVersion = (arn: string, document = POLICY, SetAsDefault = false) =>
  iam.send(new CreatePolicyVersionCommand({ PolicyArn: arn, PolicyDocument: document, SetAsDefault }))
const versionsOf = async (arn: string) =>
  (await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }))).Versions?.map(
    ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? ' default' : ''}`,
  )

const refused = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } })
const conflict = refused('DeleteConflictException', 409)
const overQuota = refused('LimitExceededException', 409)
const gone = refused('NoSuchEntityException', 404)

describe('a customer managed policy', () => {
  it('is described as IAM does, and its path is part of its ARN', async () => {
    const made = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'readers',
        Path: '/sallyport/',
        PolicyDocument: POLICY,
        Description: 'Reads',
        Tags: [{ Key: 'team', Value: 'dba' }],
      }),
    )
    const PolicyArn = `arn:aws:iam::${account}:policy/sallyport/readers`
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    expect(Policy).toEqual(made.Policy)
    expect(Policy).toEqual({
      PolicyName: 'readers',
      PolicyId: expect.stringMatching(/^ANPA[A-Z0-9]{17}$/),
      Arn: PolicyArn,
      Path: '/sallyport/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: 'Reads',
      CreateDate: expect.any(Date),
      UpdateDate: expect.any(Date),
      Tags: [{ Key: 'team', Value: 'dba' }],
    })
  })

  it('has its name for itself, whatever the case and the path', async () => {
    await create('readers')
    for (const more of [{ PolicyName: 'Readers' }, { Path: '/other/' }]) {
      await expect(create('readers', more)).rejects.toMatchObject(refused('EntityAlreadyExistsException', 409))
    }
  })

  it('has a name of 1 to 128 characters that IAM allows and a path between slashes', async () => {
    await create('n'.repeat(128))
    for (const name of ['n'.repeat(129), 'a b', 'a/b', 'é', '']) {
      await expect(create(name), name).rejects.toMatchObject(refused('ValidationError', 400))
    }
    for (const Path of ['sallyport', '/a', '/a b/'])
      await expect(create('p', { Path }), Path).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('has 6,144 characters that are not blank, and not one more, in any version', async () => {
    const arn = await create('long', { PolicyDocument: policyOfLength(6_144).replace(',', ' ,\n') })
    await addVersion(arn, policyOfLength(6_144))
    await expect(addVersion(arn, policyOfLength(6_145))).rejects.toMatchObject(overQuota)
    await expect(create('longer', { PolicyDocument: policyOfLength(6_145) })).rejects.toMatchObject(overQuota)
    expect(await versionsOf(arn)).toEqual(['v1 default', 'v2'])
  })

  it('must be a policy document', async () => {
    const malformed = refused('MalformedPolicyDocumentException', 400)
    const arn = await create('good')
    for (const PolicyDocument of ['policy', '{}', trustOf({ AWS: account })]) {
      await expect(create('bad', { PolicyDocument })).rejects.toMatchObject(malformed)
      await expect(addVersion(arn, PolicyDocument)).rejects.toMatchObject(malformed)
    }
  })

  it('can be tagged and untagged', async () => {
    const PolicyArn = await create('tagged')
    const tagsNow = async () => (await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'a', Value: '1' }] }))
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'b', Value: '2' }] }))
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['a', 'never'] }))
    expect(await tagsNow()).toEqual([{ Key: 'b', Value: '2' }])
    const twice = ['c', 'C'].map((Key) => ({ Key, Value: '' }))
    await expect(iam.send(new TagPolicyCommand({ PolicyArn, Tags: twice }))).rejects.toMatchObject(refused('InvalidInputException', 400))
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: '' }))
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: many(49) }))
    await expect(iam.send(new TagPolicyCommand({ PolicyArn, Tags: many(50) }))).rejects.toMatchObject(overQuota)
    expect(await tagsNow()).toHaveLength(50)
  })

  it('is asked for by an ARN of a policy', async () => {
    const ask = (PolicyArn: string) => iam.send(new GetPolicyCommand({ PolicyArn }))
    await expect(ask(`arn:aws:iam::${account}:policy/none`)).rejects.toMatchObject(gone)
    await expect(ask(`arn:aws:iam::${account}:role/readers`)).rejects.toMatchObject(refused('InvalidInputException', 400))
    await expect(ask(`arn:aws-cn:iam::${account}:policy/readers`)).rejects.toMatchObject(refused('InvalidInputException', 400))
    await expect(ask('readers')).rejects.toMatchObject(refused('ValidationError', 400))
  })

  it('exists 1,500 times in an account, and not once more', async () => {
    const policies = Array.from({ length: 1_499 }, (_, number) => ({ PolicyName: `p${number}`, PolicyDocument: POLICY }))
    const call = { account, region: 'us-east-2', service: 'iam', action: 'CreatePolicy' } as const
    standIn.seed(policies.map((parameters) => ({ ...call, parameters })))
    await create('last')
    await expect(create('too-many')).rejects.toMatchObject(overQuota)
  })
})

describe('the versions of a policy', () => {
  it('are five at most, and their numbers are never used again', async () => {
    const PolicyArn = await create('p')
    for (const _ of [2, 3, 4, 5]) await addVersion(PolicyArn)
    await expect(addVersion(PolicyArn)).rejects.toMatchObject(overQuota)
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
    await addVersion(PolicyArn)
    expect(await versionsOf(PolicyArn)).toEqual(['v1 default', 'v2', 'v3', 'v4', 'v6'])
  })

  it('are in force one at a time, chosen when made or later', async () => {
    const PolicyArn = await create('p')
    expect((await addVersion(PolicyArn, policyOfLength(100))).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: false })
    await addVersion(PolicyArn, policyOfLength(200), true)
    expect(await versionsOf(PolicyArn)).toEqual(['v1', 'v2', 'v3 default'])
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId).toBe('v2')
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
    expect(PolicyVersion).toEqual({
      VersionId: 'v2',
      IsDefaultVersion: true,
      CreateDate: expect.any(Date),
      Document: encodeURIComponent(policyOfLength(100)).replaceAll('*', '%2A'),
    })
  })

  it('cannot be deleted while in force, or when they do not exist', async () => {
    const PolicyArn = await create('p')
    await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))).rejects.toMatchObject(conflict)
    await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))).rejects.toMatchObject(gone)
    await expect(iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))).rejects.toMatchObject(gone)
    await expect(iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))).rejects.toMatchObject(gone)
    await expect(iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: '2' }))).rejects.toMatchObject({ name: 'ValidationError' })
  })
})

describe('a policy can be deleted', () => {
  const remove = (PolicyArn: string) => iam.send(new DeletePolicyCommand({ PolicyArn }))

  it('once, when it has one version', async () => {
    const arn = await create('p')
    await addVersion(arn, POLICY, true)
    await expect(remove(arn)).rejects.toMatchObject(conflict)
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }))
    await remove(arn)
    await expect(remove(arn)).rejects.toMatchObject(gone)
    expect((await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies).toEqual([])
  })

  it('when nobody is bounded by it', async () => {
    const PermissionsBoundary = await create('boundary')
    const RoleName = 'bounded'
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustOf({ AWS: account }), PermissionsBoundary }))
    await expect(remove(PermissionsBoundary)).rejects.toMatchObject(conflict)
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: await create('other') }))
    await remove(PermissionsBoundary)
  })
})

describe('policies are listed', () => {
  const list = async (more: ListPoliciesCommandInput = {}) => {
    const { Policies, ...page } = await iam.send(new ListPoliciesCommand(more))
    return { ...page, names: Policies?.map(({ PolicyName }) => PolicyName) }
  }

  it('by pages, by path, and AWS’s own with them or apart', async () => {
    for (const name of ['c', 'a', 'b']) await create(name, { Path: name === 'b' ? '/other/' : '/sallyport/' })
    const aws = ['AdministratorAccess', 'IAMFullAccess', 'PowerUserAccess', 'ReadOnlyAccess']
    expect((await list()).names?.toSorted()).toEqual([...aws, 'a', 'b', 'c'])
    expect((await list({ Scope: 'AWS' })).names).toEqual(aws)
    expect((await list({ Scope: 'Local', PathPrefix: '/sallyport/' })).names).toEqual(['a', 'c'])
    const first = await list({ Scope: 'Local', MaxItems: 2 })
    expect(first).toMatchObject({ IsTruncated: true })
    const second = await list({ Scope: 'Local', MaxItems: 2, Marker: first.Marker ?? '' })
    expect(second).toMatchObject({ IsTruncated: false })
    expect([...(first.names ?? []), ...(second.names ?? [])].toSorted()).toEqual(['a', 'b', 'c'])
  })

  it('by what they are used for', async () => {
    const PermissionsBoundary = await create('boundary')
    await create('unused')
    await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trustOf({ AWS: account }), PermissionsBoundary }))
    expect((await list({ OnlyAttached: true })).names).toEqual(['boundary'])
    expect((await list({ PolicyUsageFilter: 'PermissionsBoundary' })).names).toEqual(['boundary'])
    expect((await list({ PolicyUsageFilter: 'PermissionsPolicy' })).names).toEqual([])
  })
})

describe('a policy of AWS', () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'

  it('can be read', async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    expect(Policy).toMatchObject({ PolicyName: 'AdministratorAccess', Arn: PolicyArn, DefaultVersionId: 'v1', AttachmentCount: 0 })
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ''))).toMatchObject({ Statement: [{ Action: '*', Resource: '*' }] })
    expect(await versionsOf(PolicyArn)).toEqual(['v1 default'])
  })

  it('can be changed by AWS alone', async () => {
    const denied = { Code: 'AccessDenied', ...refused('AccessDenied', 403) }
    await expect(addVersion(PolicyArn)).rejects.toMatchObject(denied)
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(denied)
    await expect(iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))).rejects.toMatchObject(denied)
  })

  it('belongs to a partition', async () => {
    const { iam: china } = clientsFor(standIn, keysOf(account), 'cn-north-1')
    await china.send(new GetPolicyCommand({ PolicyArn: 'arn:aws-cn:iam::aws:policy/AdministratorAccess' }))
    await expect(china.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({ Code: 'InvalidInput' })
  })
})
