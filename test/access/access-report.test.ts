import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { pino } from 'pino'
import { beforeAll, describe, expect, test } from 'vitest'
import { showAccessCommand } from '../../src/app/show-access.ts'
import type { Id } from '../../src/kernel/ids.ts'
import { reconcileTarget, sweepAccount } from '../../src/reconcile/index.ts'
import { testApi } from '../support/api.ts'

const api = testApi()
const ACCOUNT = '123456789012'
const ORDERS = 'cluster-ABCDEFGHIJKL01234'
const silent = pino({ level: 'silent' })
const arn = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`
const dbUser = (name: string, database = ORDERS) => `arn:aws:rds-db:us-east-2:${ACCOUNT}:dbuser:${database}/${name}`
const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement })) })
const connect = (Resource: string | string[], more: object = {}) => ({ Action: 'rds-db:connect', Resource, ...more })
const trustOf = (AWS: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }] })

const role = (name: string, trusted = `arn:aws:iam::${ACCOUNT}:root`) =>
  api.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustOf(trusted) }))
const onRole = (RoleName: string, PolicyDocument: string, PolicyName = 'own') =>
  api.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
const user = async (UserName: string, PolicyDocument?: string) => {
  await api.iam.send(new CreateUserCommand({ UserName }))
  if (PolicyDocument !== undefined) await api.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
}
const managed = async (PolicyName: string, PolicyDocument: string) =>
  (await api.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))).Policy?.Arn ?? ''

const parts = () => ({
  database: api.parts.db,
  aws: api.parts.aws,
  deploymentId: api.parts.deployment.id,
  mayStart: async () => new Map(),
  holder: 'test',
})
const sweep = () => sweepAccount(parts(), silent)(ACCOUNT)
async function grant(): Promise<string> {
  const { id } = await api.as('developer').ask()
  const { grants } = await api.as('dba').approve(id)
  const granted = grants[0]?.id ?? ''
  const { targetId } = await api.parts.db.prisma.grant.findUniqueOrThrow({ where: { id: granted } })
  await reconcileTarget(parts(), silent)(targetId as Id<'tgt'>) // as the stores make them
  return granted
}

let granted = ''
beforeAll(async () => {
  await role('admin')
  await onRole('admin', policy({ Action: '*' }))
  await role('wide')
  await api.iam.send(
    new AttachRolePolicyCommand({ RoleName: 'wide', PolicyArn: await managed('wide-connect', policy(connect('*', { Sid: 'Wide' }))) }),
  )
  await role('bounded')
  await onRole('bounded', policy(connect('*')))
  const boundary = await managed('only-s3', policy({ Action: 's3:*' }))
  await api.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'bounded', PermissionsBoundary: boundary }))
  await role('denied')
  await onRole('denied', policy(connect('*'), connect(dbUser('db_user'), { Effect: 'Deny' })))
  await role('all-but')
  await onRole('all-but', policy({ NotAction: 'iam:*', Resource: undefined, NotResource: dbUser('jane_doe') }))
  await role('elsewhere')
  await onRole('elsewhere', policy(connect(dbUser('db_user', 'cluster-STAGINGSTAGING01234567890'))))
  await api.iam.send(new CreateGroupCommand({ GroupName: 'analysts' }))
  await api.iam.send(
    new PutGroupPolicyCommand({ GroupName: 'analysts', PolicyName: 'read', PolicyDocument: policy(connect(dbUser('db_*'))) }),
  )
  await user('member')
  await api.iam.send(new AddUserToGroupCommand({ GroupName: 'analysts', UserName: 'member' }))
  await user('office', policy(connect(dbUser('db_user'), { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })))
  await user('own-name', policy(connect(dbUser(`\${aws:username}`))))
  await user('writer', policy({ Action: 'iam:PutUserPolicy', Resource: arn('user', 'writer') }))
  await user('joiner', policy({ Action: 'iam:AddUserToGroup', Resource: arn('group', 'analysts') }))
  await user('assumer', policy({ Action: 'sts:AssumeRole', Resource: arn('role', 'wide') }))
  await user('bystander', policy({ Action: 'sts:AssumeRole', Resource: arn('role', 'elsewhere') }))
  await user('named')
  await role('by-name', arn('user', 'named'))
  await onRole('by-name', policy(connect(dbUser('db_user'))))
})

test('before the account was read there is no answer, and the answer says what keeps it from that', async () => {
  await expect(api.as('admin').access({ database: ORDERS })).rejects.toMatchObject({ status: 503, code: 'account_not_read' })
  api.standIn.faults.add({ kind: 'error', code: 'AccessDenied', status: 403, action: 'GetAccountAuthorizationDetails', times: 1 })
  await sweep()
  await expect(api.as('admin').access({ database: ORDERS })).rejects.toMatchObject({
    code: 'account_not_read',
    detail: expect.stringContaining('iam:GetAccountAuthorizationDetails'),
  })
})

describe('who can connect', () => {
  beforeAll(async () => {
    granted = await grant()
    await sweep()
  })
  const report = (query: object = {}) => api.as('admin').access({ database: ORDERS, limit: '200', ...query })
  const itemsOf = async (query: object) =>
    new Map((await report(query)).items.map((item) => [item.principal.arn.replace(/^.*:/, ''), item]))

  test('as one database user is told with grants, policies, administrators and groups', async () => {
    const items = await itemsOf({ dbUser: 'db_user' })
    const result = [...items].map(([name, { access }]) => [name, access.map((each) => each.result).join()])
    expect(result.filter(([, each]) => each !== '')).toEqual([
      ['role/admin', 'allowed'],
      ['role/all-but', 'allowed'],
      ['role/app-reader', 'allowed'],
      ['role/by-name', 'allowed'],
      ['role/wide', 'allowed'],
      ['user/member', 'allowed'],
      ['user/office', 'conditional'],
    ])
    expect(items.get('role/app-reader')?.access).toMatchObject([
      { grants: [{ grant: granted, status: 'active', group: null }], policies: [] },
    ])
    expect(items.get('role/admin')?.access).toMatchObject([
      { administrator: true, policies: [{ policy: 'own', policyArn: null, statement: 0 }] },
    ])
    expect(items.get('role/all-but')?.access).toMatchObject([{ administrator: true }])
    expect(items.get('role/wide')?.access).toMatchObject([
      { administrator: false, policies: [{ policyArn: arn('policy', 'wide-connect'), sid: 'Wide', conditions: [] }] },
    ])
    expect(items.get('user/member')?.access).toMatchObject([{ policies: [{ policy: 'read', group: arn('group', 'analysts') }] }])
    expect(items.get('user/office')?.access).toMatchObject([{ policies: [{ conditions: ['Bool aws:MultiFactorAuthPresent: true'] }] }])
    expect(items.get('role/by-name')?.sharedWith).toMatchObject({ principals: [{ kind: 'user', id: arn('user', 'named') }] })
  })

  test('by one more call to AWS is told too', async () => {
    const items = await itemsOf({ dbUser: 'db_user' })
    const hops = [...items].filter(([, { access }]) => access.length === 0).map(([name, { couldObtain }]) => [name, couldObtain])
    expect(Object.fromEntries(hops)).toMatchObject({
      'user/assumer': [{ action: 'sts:AssumeRole', on: arn('role', 'wide'), conditional: false }],
      'user/joiner': [{ action: 'iam:AddUserToGroup', on: arn('group', 'analysts'), conditional: false }],
      'user/named': [{ action: 'sts:AssumeRole', on: arn('role', 'by-name'), conditional: false }],
      'user/writer': [{ action: 'iam:PutUserPolicy', on: arn('user', 'writer'), conditional: false }],
    })
    expect(items.has('user/bystander')).toBe(false)
  })

  test('as anybody is told by the names and patterns of each principal’s policies', async () => {
    const items = await itemsOf({})
    const named = (principal: string) => items.get(principal)?.access.map((each) => each.dbUser)
    expect(named('role/admin')).toEqual(['*'])
    expect(named('role/app-reader')).toEqual(['db_user'])
    expect(named('role/denied')).toEqual(['*'])
    expect(named('user/member')).toEqual(['db_*'])
    expect(named('user/own-name')).toEqual(['own-name'])
    expect(items.has('role/bounded')).toBe(false)
    expect(items.has('role/elsewhere')).toBe(false)
  })

  test('comes in pages that make the whole', async () => {
    const all = (await report()).items.map(({ principal }) => principal.arn)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof report>> = await report({ limit: '3', ...(cursor === null ? {} : { cursor }) })
      paged.push(...page.items.map(({ principal }) => principal.arn))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(all)
    await expect(report({ cursor: 'bm90aGluZw' })).rejects.toMatchObject({ code: 'invalid_cursor' })
  })

  test('is told to others only as far as grants concern them', async () => {
    const mine = await api.as('developer').access({ database: ORDERS })
    expect(mine.shows).toBe('own grants')
    expect(mine.items.map(({ principal }) => principal.arn)).toEqual([arn('role', 'app-reader')])
    expect((await api.as('developer-2').access({ database: ORDERS })).items).toEqual([])
    expect((await report()).shows).toBe('everything')
  })

  test('says what is not looked at, and refuses what is no database or database user', async () => {
    expect((await report()).notChecked.join()).toMatch(/service control policies.*session policies/)
    await expect(report({ database: 'cluster-NONE' })).rejects.toMatchObject({ code: 'database_not_found' })
    await expect(report({ dbUser: 'a*' })).rejects.toMatchObject({ code: 'invalid_db_user' })
  })

  test('is printed by the command line, as a table and as JSON', async () => {
    const asked = { database: ORDERS, dbUser: 'db_user' }
    const table = await showAccessCommand(api.database.url, { ...asked, json: false })
    expect(table).toContain(`grant ${granted}`)
    expect(table).toContain('could let itself')
    const json: unknown = JSON.parse(await showAccessCommand(api.database.url, { ...asked, json: true }))
    expect(json).toEqual(await report({ dbUser: 'db_user' }))
  })

  test('is as of now where a grant has just ended', async () => {
    await api.as('admin').revoke(granted)
    const { targetId } = await api.parts.db.prisma.grant.findUniqueOrThrow({ where: { id: granted } })
    await reconcileTarget(parts(), silent)(targetId as Id<'tgt'>) // as the stores make them
    expect((await itemsOf({ dbUser: 'db_user' })).get('role/app-reader')?.access ?? []).toEqual([])
  })
})

describe('unmanaged access', () => {
  test('is a warning on a request, a preview and a revocation, and nothing but that', async () => {
    await onRole('app-writer', policy(connect(dbUser('db_user'), { Sid: 'ByHand' })), 'by-hand')
    const asked = { principal: arn('role', 'app-writer') }
    expect((await api.as('developer').preview(asked)).warnings).toEqual([])
    await sweep()
    const warning = { code: 'unmanaged_access', resource: dbUser('db_user'), through: ['its inline policy by-hand, statement ByHand'] }
    expect((await api.as('developer').preview(asked)).warnings).toMatchObject([warning])
    const { id, warnings } = await api.as('developer').ask(asked)
    expect(warnings).toMatchObject([warning])
    expect((await api.as('dba').request(id)).warnings).toMatchObject([warning])
    const approved = await api.as('dba').approve(id)
    expect((await api.as('admin').revoke(approved.grants[0]?.id ?? '')).warnings).toMatchObject([warning])
  })

  test('of others is no matter of a request for something else', async () => {
    const entitlements = [{ database: ORDERS, dbUser: 'mary_roe' }]
    expect((await api.as('developer').ask({ principal: arn('role', 'app-writer'), entitlements })).warnings).toEqual([])
  })
})

describe('who else can use the principal of a request', () => {
  const sharing = async (principal: string) => (await api.as('developer').ask({ principal })).principal.sharedWith

  test('is read from the last sweep, or looked up where it has not seen the principal', async () => {
    const account = { principals: [{ kind: 'account', id: ACCOUNT, conditional: false }] }
    expect(await sharing(arn('role', 'app-reader'))).toMatchObject(account)
    expect(await sharing(arn('user', 'developer'))).toMatchObject({ principals: [], summary: expect.stringContaining('Nobody else') })
    await role('app-unseen', '*')
    expect(await sharing(arn('role', 'app-unseen'))).toMatchObject({ principals: [{ kind: 'everyone', id: '*' }] })
  })

  test('is known to approvers as it was when nobody can look any more', async () => {
    await role('app-later', arn('user', 'member'))
    const { id } = await api.as('developer').ask({ principal: arn('role', 'app-later') })
    expect((await api.as('dba').request(id)).principal.sharedWith).toMatchObject({
      principals: [{ kind: 'user', id: arn('user', 'member') }],
    })
  })

  test('keeps nothing from being asked for where AWS does not tell', async () => {
    await role('app-silent')
    api.standIn.faults.add({ kind: 'error', code: 'AccessDenied', status: 403, action: 'GetRole', times: null })
    await expect(sharing(arn('role', 'app-silent'))).rejects.toMatchObject({ code: 'aws_denied' }) // who it is must be known
    api.standIn.faults.clear()
  })
})
