import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListGroupPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AwsStandIn } from '../../../src/dev/aws/index.ts'
import { clientsFor, keysOf, POLICY, policyOfLength, startInMemory, TRUST } from './support.ts'

let standIn: AwsStandIn
let iam: IAMClient
let accounts = 100_000_000_000

beforeAll(async () => {
  standIn = await startInMemory()
})
afterAll(() => standIn.close())
beforeEach(() => {
  accounts += 1
  iam = clientsFor(standIn, keysOf(String(accounts))).iam
})

const kinds = [
  {
    kind: 'role',
    quota: 10_240,
    create: () => iam.send(new CreateRoleCommand({ RoleName: 'bob', AssumeRolePolicyDocument: TRUST })),
    put: (name: string, document: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: 'bob', PolicyName: name, PolicyDocument: document })),
    get: (name: string) => iam.send(new GetRolePolicyCommand({ RoleName: 'bob', PolicyName: name })),
    remove: (name: string) => iam.send(new DeleteRolePolicyCommand({ RoleName: 'bob', PolicyName: name })),
    list: (page: { Marker?: string; MaxItems?: number } = {}) => iam.send(new ListRolePoliciesCommand({ RoleName: 'bob', ...page })),
  },
  {
    kind: 'user',
    quota: 2_048,
    create: () => iam.send(new CreateUserCommand({ UserName: 'bob' })),
    put: (name: string, document: string) =>
      iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: name, PolicyDocument: document })),
    get: (name: string) => iam.send(new GetUserPolicyCommand({ UserName: 'bob', PolicyName: name })),
    remove: (name: string) => iam.send(new DeleteUserPolicyCommand({ UserName: 'bob', PolicyName: name })),
    list: (page: { Marker?: string; MaxItems?: number } = {}) => iam.send(new ListUserPoliciesCommand({ UserName: 'bob', ...page })),
  },
  {
    kind: 'group',
    quota: 5_120,
    create: () => iam.send(new CreateGroupCommand({ GroupName: 'bob' })),
    put: (name: string, document: string) =>
      iam.send(new PutGroupPolicyCommand({ GroupName: 'bob', PolicyName: name, PolicyDocument: document })),
    get: (name: string) => iam.send(new GetGroupPolicyCommand({ GroupName: 'bob', PolicyName: name })),
    remove: (name: string) => iam.send(new DeleteGroupPolicyCommand({ GroupName: 'bob', PolicyName: name })),
    list: (page: { Marker?: string; MaxItems?: number } = {}) => iam.send(new ListGroupPoliciesCommand({ GroupName: 'bob', ...page })),
  },
]

describe.each(kinds)('inline policies of a $kind', ({ kind, quota, create, put, get, remove, list }) => {
  it('come back byte for byte, URL-encoded as RFC 3986 has it', async () => {
    await create()
    const document = ` {"Version":"2012-10-17",\r\n\t"Statement":{"Sid":"", "Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::a/é!'()*&<+%20"}} `
    await put('odd', document)
    const { PolicyDocument = '' } = await get('odd')
    expect(PolicyDocument).toMatch(/^[A-Za-z0-9\-._~%]+$/)
    expect(decodeURIComponent(PolicyDocument)).toBe(document)
  })

  it('are replaced under the same name and gone when deleted', async () => {
    await create()
    await put('one', POLICY)
    await put('one', policyOfLength(200))
    expect(decodeURIComponent((await get('one')).PolicyDocument ?? '')).toBe(policyOfLength(200))
    await remove('one')
    expect((await list()).PolicyNames).toEqual([])
    await expect(get('one')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The ${kind} policy with name one cannot be found.`,
    })
    await expect(remove('one')).rejects.toMatchObject({ name: 'NoSuchEntityException', $metadata: { httpStatusCode: 404 } })
  })

  it('are refused for one that does not exist', async () => {
    const refusal = {
      name: 'NoSuchEntityException',
      message: `The ${kind} with name bob cannot be found.`,
      $metadata: { httpStatusCode: 404 },
    }
    await expect(put('one', POLICY)).rejects.toMatchObject(refusal)
    await expect(get('one')).rejects.toMatchObject(refusal)
    await expect(remove('one')).rejects.toMatchObject(refusal)
    await expect(list()).rejects.toMatchObject(refusal)
  })

  it('may have exactly the quota together, and not one character more', async () => {
    await create()
    await put('one', policyOfLength(quota - 500))
    const refusal = { name: 'LimitExceededException', Code: 'LimitExceeded', $metadata: { httpStatusCode: 409 } }
    await expect(put('two', policyOfLength(501))).rejects.toMatchObject({
      ...refusal,
      message: `Maximum policy size of ${quota} bytes exceeded for ${kind} bob`,
    })
    await put('two', policyOfLength(500))
    await put('two', policyOfLength(400)) // the one replaced does not count
    await put('two', policyOfLength(500))
    await expect(put('three', POLICY)).rejects.toMatchObject(refusal)
    await expect(put('one', policyOfLength(quota - 499))).rejects.toMatchObject(refusal)
    expect((await list()).PolicyNames).toEqual(['one', 'two'])
  })

  it('are counted without blanks', async () => {
    await create()
    await put('blank', policyOfLength(quota).replaceAll(',', ' ,\r\n\t'))
    await expect(put('more', POLICY)).rejects.toMatchObject({ name: 'LimitExceededException' })
  })

  it('are listed by pages that together hold each once', async () => {
    await create()
    for (const name of ['c', 'a', 'e', 'b', 'd']) await put(name, policyOfLength(100))
    const first = await list({ MaxItems: 2 })
    expect(first).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: true })
    await remove('b')
    const second = await list({ MaxItems: 2, Marker: first.Marker ?? '' })
    expect(second).toMatchObject({ PolicyNames: ['c', 'd'], IsTruncated: true })
    const third = await list({ MaxItems: 2, Marker: second.Marker ?? '' })
    expect(third).toMatchObject({ PolicyNames: ['e'], IsTruncated: false })
    expect(third.Marker).toBeUndefined()
    await expect(list({ Marker: 'nonsense' })).rejects.toMatchObject({ name: 'ValidationError' })
    await expect(list({ MaxItems: 0 })).rejects.toMatchObject({ name: 'ValidationError' })
    await expect(list({ MaxItems: 1001 })).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('have names of 1 to 128 characters that IAM allows', async () => {
    await create()
    await put('n'.repeat(128), policyOfLength(100))
    await put('__proto__', policyOfLength(100))
    await put('a+=,.@-_', policyOfLength(100))
    for (const name of ['n'.repeat(129), 'a b', 'a/b', 'é', 'a*', 'a\n']) {
      await expect(put(name, POLICY), name).rejects.toMatchObject({ name: 'ValidationError', $metadata: { httpStatusCode: 400 } })
    }
  })

  it('must be policy documents', async () => {
    await create()
    const one = { Effect: 'Allow', Action: 'rds-db:connect', Resource: '*' }
    const version = '2012-10-17'
    const malformed = {
      'not JSON': 'policy',
      'a JSON array': '[]',
      'no Version': JSON.stringify({ Statement: one }),
      'an old Version': JSON.stringify({ Version: '2008-10-17', Statement: one }),
      'no Statement': JSON.stringify({ Version: version }),
      'an empty Statement': JSON.stringify({ Version: version, Statement: [] }),
      'an unknown element': JSON.stringify({ Version: version, Statement: { ...one, Effekt: 'Allow' } }),
      'no Effect': JSON.stringify({ Version: version, Statement: { ...one, Effect: undefined } }),
      'an Effect in lower case': JSON.stringify({ Version: version, Statement: { ...one, Effect: 'allow' } }),
      'no Action': JSON.stringify({ Version: version, Statement: { ...one, Action: undefined } }),
      'an empty Action': JSON.stringify({ Version: version, Statement: { ...one, Action: [] } }),
      'an Action without its service': JSON.stringify({ Version: version, Statement: { ...one, Action: 'connect' } }),
      'Action and NotAction': JSON.stringify({ Version: version, Statement: { ...one, NotAction: 'iam:*' } }),
      'no Resource': JSON.stringify({ Version: version, Statement: { ...one, Resource: undefined } }),
      'a Resource that is no ARN': JSON.stringify({ Version: version, Statement: { ...one, Resource: 'cluster-X/db_user' } }),
      'a Principal': JSON.stringify({ Version: version, Statement: { ...one, Principal: '*' } }),
      'a Sid with a blank': JSON.stringify({ Version: version, Statement: { ...one, Sid: 'a b' } }),
      'a Sid twice': JSON.stringify({
        Version: version,
        Statement: [
          { ...one, Sid: 'a' },
          { ...one, Sid: 'a' },
        ],
      }),
      'a character beyond U+00FF': JSON.stringify({ Version: version, Statement: { ...one, Resource: 'arn:aws:s3:::ł' } }),
      'a control character': `${POLICY}\u0001`,
      'more than 131,072 characters': POLICY + ' '.repeat(131_073 - POLICY.length),
    }
    for (const [what, document] of Object.entries(malformed)) {
      await expect(put('one', document), what).rejects.toMatchObject({
        name: 'MalformedPolicyDocumentException',
        Code: 'MalformedPolicyDocument',
        $metadata: { httpStatusCode: 400 },
      })
    }
    expect((await list()).PolicyNames).toEqual([])
    await put('one', POLICY + ' '.repeat(131_072 - POLICY.length))
  })
})
