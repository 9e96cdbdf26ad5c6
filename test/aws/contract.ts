import { randomBytes } from 'node:crypto'
import { CreateRoleCommand, CreateUserCommand, DeleteRoleCommand, DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccountSession, type Aws, type AwsAccount, createAws, type IamEntity } from '../../src/aws/index.ts'

export const account: AwsAccount = { id: '123456789012', partition: 'aws', regions: ['us-east-2'], roleArn: null, externalId: null }
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

/**
 * What AccountSession promises, asked of whatever answers at `endpoint()` for account 123456789012: the stand-in and moto alike.
 * It makes its own entities there by the SDK, and takes them away again.
 */
export function accountSessionContract(endpoint: () => string): void {
  const suffix = randomBytes(4).toString('hex')
  const role: IamEntity = { kind: 'role', name: `reader-${suffix}` }
  const user: IamEntity = { kind: 'user', name: `jane-${suffix}` }
  let iam: IAMClient
  let aws: Aws
  let session: AccountSession

  beforeAll(async () => {
    iam = new IAMClient({ endpoint: endpoint(), region: 'us-east-2', credentials })
    aws = createAws({ endpoint: endpoint(), region: 'us-east-2', credentials })
    session = aws.session(account)
    await iam.send(new CreateRoleCommand({ RoleName: role.name, Path: '/team/', AssumeRolePolicyDocument: trustPolicy }))
    await iam.send(new CreateUserCommand({ UserName: user.name, Path: '/team/' }))
  })

  afterAll(async () => {
    await iam.send(new DeleteRoleCommand({ RoleName: role.name }))
    await iam.send(new DeleteUserCommand({ UserName: user.name }))
    iam.destroy()
    aws.close()
  })

  test('getPrincipal tells ARN, path and unique id', async () => {
    const found = await Promise.all([role, user].map((entity) => session.getPrincipal(entity)))
    expect(found).toMatchObject([
      { arn: `arn:aws:iam::123456789012:role/team/${role.name}`, path: '/team/', uniqueId: expect.stringMatching(/\S/) },
      { arn: `arn:aws:iam::123456789012:user/team/${user.name}`, path: '/team/', uniqueId: expect.stringMatching(/\S/) },
    ])
  })

  test('an entity made again under its name has another unique id', async () => {
    const passing: IamEntity = { kind: 'user', name: `passing-${suffix}` }
    const ids = new Set<string | undefined>()
    for (const _ of ['first', 'second']) {
      await iam.send(new CreateUserCommand({ UserName: passing.name }))
      ids.add((await session.getPrincipal(passing))?.uniqueId)
      await iam.send(new DeleteUserCommand({ UserName: passing.name }))
    }
    expect(ids.size).toBe(2)
  })

  describe.each([
    { entity: role, many: 105 }, // IAM's page has 100
    { entity: user, many: 20 }, // a user's quota has no room for more
  ])('for a $entity.kind', ({ entity, many }) => {
    const nobody: IamEntity = { ...entity, name: `nobody-${suffix}` }

    test('an entity that does not exist is null, not an error', async () => {
      expect(await session.getPrincipal(nobody)).toBeNull()
      expect(await session.listInlinePolicies(nobody)).toBeNull()
    })

    test('an entity without inline policies has an empty list', async () => {
      expect(await session.listInlinePolicies(entity)).toEqual([])
    })

    test('a document comes back byte for byte, replaced by the next one, and is gone when deleted', async () => {
      for (const document of [document1, document2]) {
        const receipt = await session.putInlinePolicy(entity, 'sallyport-x', document, allow)
        expect(receipt.awsRequestId).toMatch(/\S/)
        expect(await session.listInlinePolicies(entity)).toEqual([{ name: 'sallyport-x', document }])
      }
      await session.deleteInlinePolicy(entity, 'sallyport-x', allow)
      expect(await session.listInlinePolicies(entity)).toEqual([])
    })

    test('all policies are listed, however many pages they take', async () => {
      const names = Array.from({ length: many }, (_, index) => `policy-${index}`)
      for (const name of names) await session.putInlinePolicy(entity, name, tiny, allow)
      const listed = await session.listInlinePolicies(entity)
      expect(listed?.map((policy) => policy.name).sort()).toEqual(names.toSorted())
      expect(listed?.every((policy) => policy.document === tiny)).toBe(true)
      for (const name of names) await session.deleteInlinePolicy(entity, name, allow)
    })

    test('deleting what is not there is done', async () => {
      await expect(session.deleteInlinePolicy(entity, 'sallyport-never', allow)).resolves.toBeDefined()
      await expect(session.deleteInlinePolicy(nobody, 'sallyport-never', allow)).resolves.toBeDefined()
    })

    test('putting on an entity that is gone is refused as not_found', async () => {
      await expect(session.putInlinePolicy(nobody, 'sallyport-x', tiny, allow)).rejects.toMatchObject({
        reason: 'not_found',
        awsCode: 'NoSuchEntity',
        answered: true,
      })
    })

    test('a document that is no policy is refused as malformed', async () => {
      await expect(session.putInlinePolicy(entity, 'sallyport-x', '{"Version":', allow)).rejects.toMatchObject({
        reason: 'malformed',
        awsCode: 'MalformedPolicyDocument',
        answered: true,
      })
    })
  })

  test('a role is created, changed and deleted as it is asked', async () => {
    const name = `made-${suffix}`
    const trusting = (date: string) => trustPolicy.replace('"StringEquals"', `"DateLessThan":{"aws:CurrentTime":"${date}"},"StringEquals"`)
    const made = {
      name,
      path: '/sallyport/test/',
      description: 'Sallyport: made by a test',
      trustPolicy: trusting('2030-01-01T00:00:00Z'),
      sessionSeconds: 3_600,
      boundary: null,
      tags: { 'sallyport:deployment': 'test' },
    }
    expect(await session.getRole(name)).toBeNull()
    await session.createRole(made, allow)
    const { name: _, description: __, ...shown } = made
    expect(await session.getRole(name)).toMatchObject({ ...shown, arn: `arn:aws:iam::123456789012:role/sallyport/test/${name}` })
    await expect(session.createRole(made, allow)).rejects.toMatchObject({ reason: 'conflict', answered: true })
    await session.putTrustPolicy(name, trusting('2031-01-01T00:00:00Z'), allow)
    await session.putSessionSeconds(name, 7_200, allow)
    expect(await session.getRole(name)).toMatchObject({ trustPolicy: trusting('2031-01-01T00:00:00Z'), sessionSeconds: 7_200 })
    const boundary = `arn:aws:iam::123456789012:policy/boundary-${suffix}`
    await session.createManagedPolicy({ name: `boundary-${suffix}`, path: '/', document: tiny }, allow)
    await session.putBoundary(name, boundary, allow)
    expect(await session.getRole(name)).toMatchObject({ boundary })
    await session.putInlinePolicy({ kind: 'role', name }, 'in-the-way', tiny, allow)
    await expect(session.deleteRole(name, allow)).rejects.toMatchObject({ reason: 'conflict', awsCode: 'DeleteConflict' })
    await session.deleteInlinePolicy({ kind: 'role', name }, 'in-the-way', allow)
    await session.deleteRole(name, allow)
    await session.deleteRole(name, allow)
    await session.deleteManagedPolicy(boundary, allow)
    expect(await session.getRole(name)).toBeNull()
  })

  test('an account with a role is entered by AssumeRole, for reading and for a plan', async () => {
    const assuming = { ...account, roleArn: `arn:aws:iam::123456789012:role/team/${role.name}`, externalId: 'sallyport-test' }
    await session.putInlinePolicy(role, 'own', mayRead, allow)
    expect(await aws.session(assuming).getPrincipal(role)).not.toBeNull()
    expect(await aws.session(assuming, 'pln_01h455vb4pex5vsknk084sn02q').getPrincipal(role)).not.toBeNull()
    await session.deleteInlinePolicy(role, 'own', allow)
  })
}

const allow = () => {}

const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'sallyport-test' } },
    },
  ],
})

const mayRead = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}]}'

const tiny = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}'

/** What other people's policies may hold: white space, and characters that URL encodings disagree about. */
const document1 = `{\r\n\t"Version": "2012-10-17",
  "Statement": [ { "Sid": "PlusAndPercent", "Effect": "Allow", "Action": ["s3:*"],
    "Resource": ["arn:aws:s3:::a+b%20c&d=e;f/*~(x)!'é<ÿ>"] } ] }  `

const document2 =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["rds-db:connect"],"Resource":["arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user"]}]}'
