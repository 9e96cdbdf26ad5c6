import {
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepAccount } from '../../src/reconcile/index.ts'
import { eventually, testApi } from '../support/api.ts'
import { Refused } from '../support/client.ts'
import type { RuleChange } from '../support/rules.ts'

const HOME = '123456789012'
const ELSEWHERE = '210987654321'
const UNKNOWN = '444455556666'
const resource = `arn:aws:rds-db:us-east-2:${HOME}:dbuser:cluster-ABCDEFGHIJKL01234/db_user`

/** Databases in one account; principals in another that Sallyport manages, and in one that it does not. */
const twoAccounts: RuleChange = (file) => {
  file.accounts.push({ id: ELSEWHERE, name: 'elsewhere', regions: ['us-east-2'], role: `arn:aws:iam::${ELSEWHERE}:role/sallyport` })
  file.rules.push({
    name: 'through-a-role',
    who: { groups: ['developers'] },
    databases: {},
    dbUsers: ['db_user'],
    principals: [`arn:aws:iam::${ELSEWHERE}:*`, `arn:aws:iam::${UNKNOWN}:role/*`, `arn:aws:iam::${HOME}:role/administrator`],
    paths: ['access-role'],
    approvals: [{ from: { groups: ['dba'] } }],
    duration: { default: 'PT1H', longest: 'PT8H' },
    standing: { reviewEvery: 'P90D', remindBefore: 'P14D', reviewers: { groups: ['dba'] } },
    extensions: { count: 1, total: 'PT4H' },
  })
}
const api = testApi({ rules: twoAccounts, worker: true })
const developer = api.as('developer')
const dba = api.as('dba')

const clients = new Map<string, IAMClient>()
const iamOf = (account: string): IAMClient => {
  const known = clients.get(account)
  if (known !== undefined) return known
  const made = new IAMClient({ endpoint: api.standIn.url, region: 'us-east-2', credentials: keysOf(account) })
  clients.set(account, made)
  return made
}
const keysOf = (account: string) => ({ accessKeyId: account, secretAccessKey: 'secret' })

const trusting = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
  })

async function newRole(account: string, name: string, by = account, path = '/'): Promise<string> {
  const { Role } = await iamOf(account).send(new CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: trusting(by) }))
  return Role?.Arn ?? ''
}

async function allowEverything(account: string, role: string): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
  const { Policy } = await iamOf(account).send(new CreatePolicyCommand({ PolicyName: `everything-for-${role}`, PolicyDocument }))
  await iamOf(account).send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: Policy?.Arn }))
}

beforeAll(async () => {
  await newRole(ELSEWHERE, 'sallyport', HOME)
  await allowEverything(ELSEWHERE, 'sallyport')
})
afterAll(() => {
  for (const client of clients.values()) client.destroy()
})

/** Assumes a role with the credentials of a session of the principal. */
async function assume(principal: string, roleArn: string, sessionName: string): Promise<string> {
  const sts = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
    new STSClient({ endpoint: api.standIn.url, region: 'us-east-2', credentials })
  const outer = sts(keysOf(principal.split(':')[4] ?? ''))
  const { Credentials: own } = await outer.send(new AssumeRoleCommand({ RoleArn: principal, RoleSessionName: 'developer' }))
  const inner = sts({
    accessKeyId: own?.AccessKeyId ?? '',
    secretAccessKey: own?.SecretAccessKey ?? '',
    sessionToken: own?.SessionToken ?? '',
  })
  try {
    const { AssumedRoleUser } = await inner.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName }))
    return AssumedRoleUser?.Arn ?? ''
  } finally {
    outer.destroy()
    inner.destroy()
  }
}

/** The statement of a role's trust policy. */
async function trustOf(roleArn: string | null): Promise<unknown> {
  const { Role } = await iamOf(HOME).send(new GetRoleCommand({ RoleName: roleArn?.split('/').at(-1) }))
  return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).Statement[0]
}

async function grantedTo(principal: string, changes: object = {}) {
  const { id } = await developer.ask({ principal, path: 'access-role', ...changes })
  const grant = (await dba.approve(id)).grants[0]
  if (grant === undefined) throw new Error('an approved request has grants')
  await eventually(async () => expect(await developer.grant(grant.id)).toMatchObject({ status: 'active', attention: null }))
  return developer.grant(grant.id)
}

const refusal = async (asking: Promise<unknown>): Promise<Refused> => {
  const refused = await asking.then(
    () => null,
    (error: unknown) => error,
  )
  if (refused instanceof Refused) return refused
  throw new Error('it was not refused')
}

const until = (endsAt: string) => ({ Condition: { DateLessThan: { 'aws:CurrentTime': `${endsAt.slice(0, 19)}Z` } } })

describe('standing access through a role', () => {
  it('has its next review in the trust policy, and is moved with it when it is kept', async () => {
    const grant = await grantedTo(await newRole(ELSEWHERE, 'app-standing'), { duration: null })
    expect(await trustOf(grant.accessRole)).toMatchObject(until(grant.endsAt))
    await api.change('grant', `starts_at = now() - interval '80 days', ends_at = now() + interval '10 days'`, grant.id)
    const [review] = (await dba.reviews({ request: grant.request })).items
    expect(review).toMatchObject({ status: 'open', turn: ['dba', 'dba-2'] })
    await dba.sign(review?.id ?? '', 'keep')
    const kept = await developer.grant(grant.id)
    await eventually(async () => expect(await trustOf(grant.accessRole)).toMatchObject(until(kept.endsAt)))
    expect(kept.endsAt > grant.endsAt).toBe(true)
  })
})

describe('access through a role that is extended', () => {
  it('has the new end in the trust policy, which is all that is written', async () => {
    const grant = await grantedTo(await newRole(ELSEWHERE, 'app-extended'), { duration: 'PT1H' })
    const auditor = api.as('auditor')
    const [event] = (await auditor.events({ type: 'grant.opened', grant: grant.id })).items
    const writes = async () => (await auditor.events({ type: 'iam.write.done', target: event?.target ?? '' })).items
    const before = await writes()
    expect(before.length).toBeGreaterThan(0)
    expect(await trustOf(grant.accessRole)).toMatchObject(until(grant.endsAt))
    await dba.approve((await developer.extend(grant.id, { duration: 'PT2H' })).id)
    const extended = await developer.grant(grant.id)
    expect(Date.parse(extended.endsAt) - Date.parse(grant.endsAt)).toBe(2 * 3_600_000)
    await eventually(async () => expect(await trustOf(grant.accessRole)).toMatchObject(until(extended.endsAt)))
    await eventually(async () => expect(await writes()).toHaveLength(before.length + 1))
    const [written] = await writes() // the newest first
    expect(written?.payload).toMatchObject({ operation: 'put_trust' })
    expect(await developer.grant(grant.id)).toMatchObject({ status: 'active', attention: null })
  })
})

describe('access from another account', () => {
  it('is asked for, previewed, approved, used through the role and taken away', async () => {
    const principal = await newRole(ELSEWHERE, 'app-reader')
    const direct = await refusal(developer.ask({ principal }))
    expect([direct.code, direct.detail]).toEqual([
      'cross_account',
      expect.stringContaining('The rules allow it with `path: "access-role"`.'),
    ])

    const preview = await developer.preview({ principal, path: 'access-role' })
    const accessRole = preview.policies?.after?.[0]?.entity ?? ''
    expect(accessRole).toMatch(new RegExp(`^arn:aws:iam::${HOME}:role/sallyport/\\w+/sallyport-\\w+-VIAAROA\\w+$`))
    expect(preview.policies?.after?.map(({ entity, document }) => [entity, JSON.parse(document).Statement])).toEqual([
      [accessRole, [{ Effect: 'Allow', Action: ['rds-db:connect'], Resource: [resource] }]],
      [principal, [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [accessRole] }]],
    ])

    const grant = await grantedTo(principal)
    expect(grant).toMatchObject({ principal, accessRole, resource })
    expect(await trustOf(accessRole)).toMatchObject({
      Principal: { AWS: principal },
      Condition: { DateLessThan: { 'aws:CurrentTime': `${grant.endsAt.slice(0, 19)}Z` } },
    })

    const connect = await developer.connect(grant.id)
    expect(connect.assume).toEqual({ role: accessRole, policy: null })
    expect(connect.steps[0]?.command).toContain(`aws sts assume-role --role-arn=${accessRole} --role-session-name=developer`)
    const used = await eventually(() => assume(principal, accessRole, 'developer'))
    expect(used).toBe(`arn:aws:sts::${HOME}:assumed-role/${accessRole.split('/').at(-1)}/developer`)

    const { db, aws, deployment } = api.parts
    await sweepAccount({ database: db, aws, deploymentId: deployment.id }, pino({ level: 'silent' }))(HOME)
    const { items } = await api.as('auditor').access({ database: grant.database?.resourceId ?? '', dbUser: 'db_user' })
    expect(items.find(({ principal: { arn } }) => arn === accessRole)).toMatchObject({
      access: [{ dbUser: 'db_user', result: 'allowed', policies: [], grants: [{ grant: grant.id }] }],
      sharedWith: { principals: [{ id: principal }] },
    })

    await dba.revoke(grant.id)
    await eventually(async () => expect((await developer.grant(grant.id)).status).toBe('ended'))
    await expect(assume(principal, accessRole, 'developer')).rejects.toThrow('is not authorized to perform: sts:AssumeRole')
  })

  it('from an account that is not managed, the permission to paste is shown', async () => {
    const principal = await newRole(UNKNOWN, 'app-reader')
    await allowEverything(UNKNOWN, 'app-reader')
    const grant = await grantedTo(principal)
    expect(grant.principalUniqueId).toBeNull()
    const connect = await developer.connect(grant.id)
    expect(JSON.parse(connect.assume?.policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [grant.accessRole] }],
    })
    expect(await assume(principal, grant.accessRole ?? '', 'developer')).toContain(':assumed-role/')
    expect((await developer.grants({ principal })).items.map(({ id }) => id)).toEqual([grant.id])
  })

  it('a role of Identity Center is trusted whatever its suffix becomes, and told what its permission set needs', async () => {
    const principal = await newRole(
      ELSEWHERE,
      'AWSReservedSSO_Readers_0123456789abcdef',
      ELSEWHERE,
      '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    )
    const grant = await grantedTo(principal)
    expect(JSON.parse((await developer.connect(grant.id)).assume?.policy ?? '')).toMatchObject({
      Statement: [{ Action: ['sts:AssumeRole'], Resource: [grant.accessRole] }],
    })
    expect(await trustOf(grant.accessRole)).toMatchObject({
      Principal: { AWS: `arn:aws:iam::${ELSEWHERE}:root` },
      Condition: { ArnLike: { 'aws:PrincipalArn': principal.replace('0123456789abcdef', '????????????????') } },
    })
  })

  it('databases are named by tag in the account where they are', async () => {
    const principal = await newRole(ELSEWHERE, 'app-by-tag')
    const asked = await developer.ask({
      principal,
      path: 'access-role',
      entitlements: [{ database: { account: HOME, region: 'us-east-2', tags: { environment: 'production' } }, dbUser: 'db_user' }],
    })
    expect(asked.entitlements.map(({ database }) => database?.account)).toContain(HOME)
  })
})

describe('an administrator’s lesser role', () => {
  it('is an access role in the same account, for which nothing is written to the administrator', async () => {
    const principal = await newRole(HOME, 'administrator')
    await allowEverything(HOME, 'administrator')
    const grant = await grantedTo(principal)
    expect(await assume(principal, grant.accessRole ?? '', 'developer')).toContain(':assumed-role/')
    expect((await developer.connect(grant.id)).assume?.policy).toBeNull()
    expect(await api.document('role', 'administrator')).toBeNull()
  })
})

describe('what cannot be asked for', () => {
  it('the path where no rule gives it', async () => {
    const refused = await refusal(developer.ask({ path: 'access-role' }))
    expect([refused.code, refused.detail]).toEqual(['refused_by_rules', expect.stringContaining('its `paths` do not include access-role')])
  })

  it('a group, which no role can trust', async () => {
    await iamOf(ELSEWHERE).send(new CreateGroupCommand({ GroupName: 'readers' }))
    const refused = await refusal(developer.ask({ principal: `arn:aws:iam::${ELSEWHERE}:group/readers`, path: 'access-role' }))
    expect([refused.code, refused.detail]).toEqual(['unsupported_principal', expect.stringContaining('ask for each of its users')])
  })

  it('a principal of another partition', async () => {
    const refused = await refusal(developer.ask({ principal: `arn:aws-cn:iam::${UNKNOWN}:role/app-reader`, path: 'access-role' }))
    expect(refused.code).toBe('unsupported_path')
  })
})
