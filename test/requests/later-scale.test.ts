import { pino } from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { permissionSets } from '../../src/catalog/index.ts'
import { matchLater } from '../../src/requests/index.ts'
import { requestsStatement } from '../../src/requests/later-match-view.ts'
import { testApi } from '../support/api.ts'
import { roundTrips } from '../support/round-trips.ts'
import type { RuleChange } from '../support/rules.ts'

const account = '123456789012'
const region = 'us-east-2'

/** Two approvals for what is tagged `payroll`, and one for the rest. */
const rules: RuleChange = (file) => {
  const rule = (name: string, databases: object, groups: readonly string[]) => ({
    name,
    who: { groups: ['developers'] },
    databases,
    dbUsers: ['jane_doe'],
    principals: [`arn:aws:iam::${account}:role/*`],
    approvals: groups.map((group) => ({ from: { groups: [group] }, count: 1 })),
    duration: { default: 'PT1H', longest: 'PT8H' },
  })
  file.rules = [rule('payroll', { tags: { class: 'payroll' } }, ['dba', 'security']), rule('shop', {}, ['dba'])]
}
const api = testApi({ rules })
const match = () =>
  matchLater(
    { ...api.parts, deploymentId: api.parts.deployment.id, permissionSets: permissionSets(api.parts.db, api.parts.aws) },
    pino({ enabled: false }),
  )({ accountId: account, region })
const count = (call: () => Promise<unknown>) => roundTrips(api.parts.db.pool, call)

/** 1,000 open grants, each of a request for the databases with a tag of its own, which ten of the 10,000 databases have. */
beforeAll(async () => {
  const owner = await api.database.client()
  await owner.query(`
    insert into database (id, account_id, partition, region, kind, resource_id, identifier, arn, engine, host, port, iam_auth, tags)
    select 'dbs_' || lpad(n::text, 26, '0'), '${account}', 'aws', '${region}', 'cluster', 'cluster-N' || n, 'n' || n,
      'arn:aws:rds:${region}:${account}:cluster:n' || n, 'aurora-mysql', n || '.example', 3306, true, jsonb_build_object('team', 'team-' || n % 1000)
    from generate_series(0, 9999) n`)
  await owner.query(`
    insert into request (id, status, requester_id, beneficiary_id, asked_by, principal_arn, principal_kind, principal_unique_id, account_id, path,
      duration_seconds, reason, judgement, rule_set_hash, approver_groups, approver_people, created_at, expires_at, decided_at)
    select 'req_' || lpad(n::text, 26, '0'), 'approved', 'developer', 'developer', '{"kind":"person","person":"developer","credential":"dev:developer","via":"dev"}',
      'arn:aws:iam::${account}:role/app-' || n, 'role', 'AROA' || n, '${account}', 'direct', 14400, 'Look after the shop',
      '{"matched":[{"position":0,"rule":"shop"}],"stages":[],"durationLongest":28800}', (select hash from active_rule_set), '{dba}', '{}',
      now(), now() + interval '1 day', now()
    from generate_series(0, 999) n`)
  await owner.query(`
    insert into target (id, account_id, kind, name, arn, unique_id, recheck_at)
    select 'tgt_' || lpad(n::text, 26, '0'), '${account}', 'role', 'app-' || n, 'arn:aws:iam::${account}:role/app-' || n, 'AROA' || n, '{}'
    from generate_series(0, 999) n`)
  await owner.query(`
    insert into request_entitlement (request_id, position, database_id, account_id, partition, region, db_user, resource_arn, selector)
    select r.id, row_number() over (partition by r.id order by d.id) - 1, d.id, d.account_id, 'aws', d.region, 'jane_doe',
      'arn:aws:rds-db:${region}:${account}:dbuser:' || d.resource_id || '/jane_doe',
      jsonb_build_object('account', null, 'region', d.region, 'tags', d.tags)
    from request r join database d on d.tags = jsonb_build_object('team', 'team-' || right(r.id, 4)::int)`)
  await owner.query(`
    insert into "grant" (id, request_id, target_id, database_id, db_user, resource_arn, placement, beneficiary_id, requester_id,
      approver_groups, approver_people, status, created_at, starts_at, ends_at, active_at)
    select 'grt_' || right(request_id, 26), request_id, 'tgt_' || right(request_id, 26), database_id, db_user, resource_arn, 0, 'developer', 'developer',
      '{dba}', '{}', 'active', now(), now(), now() + interval '4 hours', now()
    from request_entitlement where position = 0`)
  await owner.query('vacuum analyze')
}, 60_000)

describe('with 10,000 databases and 1,000 open grants by tags', () => {
  it('nothing to do is found out by asking once', async () => {
    expect(await count(match)).toBe(1)
  })

  it('a database that gets a tag costs as much as there are requests which name it', async () => {
    const owner = await api.database.client()
    await owner.query(`update database set tags = '{"team":"team-7","class":"payroll"}' where identifier = 'n8'`)
    const trips = await count(match)
    const { rows } = await owner.query<{ outcome: string; count: number }>(`select outcome, count(*)::int from later_match group by 1`)
    expect(rows).toEqual([{ outcome: 'asked', count: 1 }])
    expect(trips).toBeLessThanOrEqual(20)
    expect(await count(match)).toBe(1)
  })

  it('no selector is held against databases that do not have its tags', async () => {
    const owner = await api.database.client()
    const values = [account, region, '', 50].map((value) => `'${value}'`)
    const text = requestsStatement.text.replaceAll(/\$([1-4])/g, (_, place: string) => values[Number(place) - 1] ?? '')
    const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${text}`)
    const nodes = rows.flatMap((row) => flat(row['QUERY PLAN'][0].Plan)).filter((node) => node['Relation Name'] === 'database')
    const read = nodes.map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'])
    expect(read.reduce((sum, each) => sum + each, 0)).toBeLessThan(25_000)
  })
})

interface Plan {
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]
