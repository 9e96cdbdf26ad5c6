import { AttachRolePolicyCommand, CreatePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { permissionSets } from '../../src/catalog/index.ts'
import { beginDue } from '../../src/grants/index.ts'
import { type Id, newId } from '../../src/kernel/ids.ts'
import { enqueueDueMatching, matchLater, mayStart } from '../../src/requests/index.ts'
import { testApi } from '../support/api.ts'
import type { RuleChange } from '../support/rules.ts'

const api = testApi()
const developer = api.as('developer')
const dba = api.as('dba')
const region = 'us-east-2'
const place = { accountId: '123456789012', region }

/** What is declared by now; each test adds to it under a tag of its own. */
const declared: { resourceId: string; [part: string]: unknown }[] = []
const database = (resourceId: string, tags: object, facts: object = {}) => ({
  resourceId: `cluster-${resourceId.toUpperCase().replaceAll('-', '')}`,
  arn: `arn:aws:rds:${region}:123456789012:cluster:${resourceId}`,
  engine: 'aurora-postgresql',
  host: `${resourceId}.example`,
  tags,
  ...facts,
})
const rules: RuleChange = (file) => {
  file.databases.push(...declared)
  const rule = (name: string, databases: object, groups: readonly string[]) => ({
    name,
    who: { groups: ['developers'] },
    databases,
    dbUsers: ['jane_doe'],
    principals: ['arn:aws:iam::123456789012:role/*'],
    approvals: groups.map((group) => ({ from: { groups: [group] }, count: 1 })),
    duration: { default: 'PT1H', longest: 'PT8H' },
  })
  file.rules = [rule('payroll', { tags: { class: 'payroll' } }, ['dba', 'security']), rule('shop', {}, ['dba'])]
}
const declare = async (...databases: readonly ReturnType<typeof database>[]) => {
  declared.push(...databases)
  await api.useRules(rules)
}

const log = pino({ enabled: false })
const match = () =>
  matchLater(
    { ...api.parts, deploymentId: api.parts.deployment.id, permissionSets: permissionSets(api.parts.db, api.parts.aws) },
    log,
  )(place)
/** The places in which something is still to be judged. */
const due = async () => {
  const { db } = api.database
  await db.pool.query('delete from graphile_worker._private_jobs')
  await db.inTransaction(enqueueDueMatching.run)
  const { rows } = await db.pool.query<{ key: string }>(`select key from graphile_worker.jobs where task_identifier = 'matchLater'`)
  return rows.map(({ key }) => key)
}

let names = 0
let team = ''
beforeEach(() => {
  names += 1
  team = `team-${names}`
})

/** A request for what has the tag of this test, approved by the dba. */
async function approvedByTag(changes: object = {}, caller = developer) {
  const role = `later-${newId('tgt').slice(-8)}`
  await api.makeRole(role)
  const principal = `arn:aws:iam::123456789012:role/${role}`
  const asked = await caller.ask({
    principal,
    entitlements: [{ database: { region, tags: { team } }, dbUser: 'jane_doe' }],
    duration: 'PT4H',
    ...changes,
  })
  const { id, grants } = await dba.approve(asked.id)
  return { id, role, grants }
}

const later = async (id: string) => (await developer.request(id)).later

describe('matching what came later', () => {
  it('is done once: a second run finds nothing, and changes nothing', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id } = await approvedByTag()
    await match()
    await declare(
      database(`${team}-b`, { team }),
      database(`${team}-c`, { team, class: 'payroll' }),
      database(`${team}-d`, { team, class: 'payroll' }),
    )
    expect(await due()).toEqual(['match 123456789012 us-east-2'])
    await match()
    const found = await later(id)
    expect(found.map(({ outcome }) => outcome)).toEqual(['joined', 'asked', 'asked'])
    expect(found[1]?.request).toBe(found[2]?.request)
    expect((await developer.request(found[1]?.request ?? '')).entitlements).toHaveLength(2)
    const before = await api.snapshot()
    await match()
    expect(await api.snapshot()).toEqual(before)
    expect(await due()).toEqual([])
  })

  it('is done once by two workers at the same moment', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id } = await approvedByTag()
    await declare(database(`${team}-b`, { team }), database(`${team}-c`, { team, class: 'payroll' }))
    await Promise.all([match(), match(), match()])
    expect((await later(id)).map(({ outcome }) => outcome)).toEqual(['joined', 'asked'])
    expect((await developer.request(id)).grants).toHaveLength(2)
    expect(await api.database.db.prisma.request.count({ where: { originId: id } })).toBe(1)
    expect((await api.eventsOf(id)).filter((type) => type === 'request.database_matched')).toHaveLength(2)
  })

  it('opens nothing twice, whatever has become of the request that it opened', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id } = await approvedByTag()
    await declare(database(`${team}-b`, { team, class: 'payroll' }))
    await match()
    const [first] = await later(id)
    await developer.withdraw(first?.request ?? '')
    declared.pop()
    await declare(database(`${team}-b`, { class: 'payroll' }))
    await match()
    declared.pop()
    await declare(database(`${team}-b`, { team, class: 'payroll', more: 'tags' }))
    await match()
    expect(await later(id)).toEqual([first])
  })

  it('is judged by the rules of now, which somebody changed in between', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id } = await approvedByTag()
    await declare(database(`${team}-b`, { team }))
    await api.useRules(rules, (file) => {
      file.rules = file.rules.map((rule) => (rule.name === 'shop' ? { ...rule, databases: { identifiers: [`${team}-a`] } } : rule))
    })
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'refused', detail: expect.stringContaining('No rule allows jane_doe on') }])
    expect(await due()).toEqual([])
    await api.useRules(rules)
    expect(await due()).toEqual(['match 123456789012 us-east-2'])
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'joined' }])
  })

  it('leaves out what does not accept IAM authentication, until it does', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id } = await approvedByTag()
    await declare(database(`${team}-b`, { team }, { iamAuthentication: false }))
    await match()
    expect(await later(id)).toEqual([])
    declared.pop()
    await declare(database(`${team}-b`, { team }))
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'joined' }])
  })
})

describe('what would join and cannot', () => {
  it('is told, and joins when there is room for it in IAM', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id, role } = await approvedByTag()
    const statement = (sid: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, Effect: 'Deny', Action: 's3:*', Resource: '*' }] })
    for (let index = 0; index < 10; index++) {
      const { Policy } = await api.iam.send(new CreatePolicyCommand({ PolicyName: `full-${role}-${index}`, PolicyDocument: statement('') }))
      await api.iam.send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: Policy?.Arn }))
    }
    const fill = (length: number) =>
      api.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: 'full', PolicyDocument: statement('x'.repeat(length)) }))
    await fill(9_950)
    await declare(database(`${team}-b`, { team }))
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'blocked', rule: 'shop', detail: expect.stringContaining('have no room for this') }])
    expect(await due()).toEqual([])
    await fill(10)
    await api.database.db.pool.query(`update later_match set judged_at = judged_at - interval '6 minutes' where request_id = '${id}'`)
    expect(await due()).toEqual(['match 123456789012 us-east-2'])
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'joined' }])
    expect((await developer.request(id)).grants).toHaveLength(2)
  })

  it('is told if the principal is another one by now', async () => {
    await declare(database(`${team}-a`, { team }))
    const { id, role } = await approvedByTag()
    await api.deleteRole(role)
    await api.makeRole(role)
    await declare(database(`${team}-b`, { team }))
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'blocked', detail: expect.stringContaining('when it was asked for and is') }])
    expect((await developer.request(id)).grants).toHaveLength(1)
  })
})

describe('a request that was opened for what came later', () => {
  it('is decided by nobody who could not have decided the first', async () => {
    await declare(database(`${team}-a`, { team }))
    const portal = await api.key({ name: `portal-${team}`, scopes: ['read', 'ask', 'decide'], decideGroups: ['dba'], ownerId: 'dba-2' })
    const { id } = await approvedByTag({}, api.withKey(portal.token, 'developer'))
    await declare(database(`${team}-b`, { team, class: 'payroll' }))
    await match()
    const [{ request = null } = {}] = await later(id)
    const opened = await developer.request(request ?? '')
    expect(opened).toMatchObject({ via: 'catalog', origin: id, approvals: { approvers: ['dba', 'security'] } })
    await expect(developer.approve(opened.id)).rejects.toMatchObject({ code: 'self_approval' })
    await expect(api.as('dba-2').approve(opened.id)).rejects.toMatchObject({ code: 'self_approval' })
    await expect(api.withKey(portal.token, 'dba').approve(opened.id)).rejects.toMatchObject({ status: 403 })
    await api.revokeKey(`portal-${team}`)
    await dba.approve(opened.id)
    expect(await api.as('security').approve(opened.id)).toMatchObject({ status: 'approved', grants: [{ joined: null }] })
  })

  it('is opened though the key of the first is no longer good, because it is not asked with it', async () => {
    await declare(database(`${team}-a`, { team }))
    const bot = await api.key({ name: `bot-${team}`, scopes: ['read', 'ask'] })
    const { id } = await approvedByTag({}, api.withKey(bot.token, 'developer'))
    await api.revokeKey(`bot-${team}`)
    await declare(database(`${team}-b`, { team, class: 'payroll' }))
    await match()
    expect(await later(id)).toMatchObject([{ outcome: 'asked' }])
  })
})

describe('what joins before the start', () => {
  it('starts with the others, and only if the rules still allow it then', async () => {
    await declare(database(`${team}-a`, { team }))
    const startsAt = new Date(Date.now() + 86_400_000).toISOString()
    const { id, grants } = await approvedByTag({ startsAt })
    await declare(database(`${team}-b`, { team }), database(`${team}-c`, { team }))
    await match()
    const all = (await developer.request(id)).grants
    expect(all.map((grant) => [grant.status, grant.startsAt, grant.endsAt])).toEqual(
      Array.from({ length: 3 }, () => ['scheduled', grants[0]?.startsAt, grants[0]?.endsAt]),
    )
    for (const grant of all) await api.change('grant', `starts_at = now(), ends_at = now() + interval '4 hours'`, grant.id)
    declared.pop()
    await declare(database(`${team}-c`, { team, class: 'payroll' }))
    const { db } = api.database
    const { targetId } = await db.prisma.grant.findUniqueOrThrow({ where: { id: all[0]?.id ?? '' } })
    await db.inTransaction(async (tx) => beginDue(tx, targetId as Id<'tgt'>, await tx.now(), mayStart(api.parts, log)))
    const after = (await developer.request(id)).grants
    expect(after.map(({ database: of, status, endReason }) => [of?.identifier, status, endReason])).toEqual([
      [`${team}-a`, 'applying', null],
      [`${team}-b`, 'applying', null],
      [`${team}-c`, 'revoking', 'rules_changed'],
    ])
  })
})
