import type pg from 'pg'
import { newId } from '../../src/kernel/ids.ts'

type Row = Readonly<Record<string, unknown>>

const hash = 'a'.repeat(64)
const actor = { kind: 'system', person: null, credential: 'test', via: 'cli' }
const ids = { database: newId('dbs'), request: newId('req'), target: newId('tgt'), webhook: newId('whk'), event: newId('evt') }
const review = newId('rev')
const arn = 'arn:aws:iam::123456789012:role/app-reader'

/** A row of each table that its constraints accept: Jane asked, for Bob, and Diego is neither. */
const valid = {
  rule_set: { hash, content: {} },
  active_rule_set: { hash, activated_by: actor },
  pending_rule_set: { hash, proposed_by: actor },
  account: { id: '123456789012', name: 'demo', partition: 'aws', regions: ['us-east-2'] },
  database: {
    id: ids.database,
    account_id: '123456789012',
    partition: 'aws',
    region: 'us-east-2',
    kind: 'cluster',
    resource_id: 'cluster-ABCDEFGHIJKL01234',
    identifier: 'orders',
    arn: 'arn:aws:rds:us-east-2:123456789012:cluster:orders',
    engine: 'aurora-postgresql',
    host: 'orders.example',
    port: 5432,
    iam_auth: true,
  },
  region_sync: { account_id: '123456789012', region: 'us-east-2', started_at: '2026-11-24T12:00:00Z', ended_at: '2026-11-24T12:00:01Z' },
  request: {
    id: ids.request,
    requester_id: 'jane',
    beneficiary_id: 'bob',
    asked_by: actor,
    principal_arn: arn,
    principal_kind: 'role',
    principal_unique_id: 'AROAEXAMPLE',
    shared_with: { summary: 'Nobody else', principals: [] },
    account_id: '123456789012',
    path: 'direct',
    duration_seconds: 3600,
    starts_at: '2026-11-24T15:00:00Z',
    reason: 'Investigate slow invoices',
    ticket: { system: 'jira', key: 'OPS-17' },
    judgement: {},
    rule_set_hash: hash,
    approver_groups: ['dba'],
    approver_people: [],
    created_at: '2026-11-24T12:00:00Z',
    expires_at: '2026-11-25T12:00:00Z',
    origin_id: ids.request,
  },
  request_entitlement: {
    request_id: ids.request,
    position: 0,
    database_id: ids.database,
    account_id: '123456789012',
    partition: 'aws',
    region: 'us-east-2',
    db_user: 'db_user',
    resource_arn: 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user',
  },
  review: {
    id: review,
    request_id: ids.request,
    kind: 'standing',
    reviewer_groups: ['dba'],
    reviewer_people: [],
    remind_seconds: 60,
    created_at: '2026-11-24T12:00:00Z',
  },
  later_match: {
    request_id: ids.request,
    database_id: ids.database,
    db_user: 'db_user',
    outcome: 'joined',
    rule: 'shop',
    detail: 'Rule shop applies to it.',
    rule_set_hash: hash,
    facts: '',
    matched_at: '2026-11-24T13:00:00Z',
    judged_at: '2026-11-24T13:00:00Z',
  },
  decision: {
    id: newId('dec'),
    request_id: ids.request,
    person_id: 'diego',
    decided_by: actor,
    nth: 1,
    verdict: 'approve',
    positions: [0],
    rule_set_hash: hash,
    created_at: '2026-11-24T13:00:00Z',
  },
  request_comment: { id: newId('cmt'), request_id: ids.request, person_id: 'diego', via: 'dev', text: 'Is one hour enough?' },
  target: { id: ids.target, account_id: '123456789012', kind: 'role', name: 'app-reader', arn, unique_id: 'AROAEXAMPLE', recheck_at: [] },
  grant: {
    id: newId('grt'),
    request_id: ids.request,
    target_id: ids.target,
    database_id: ids.database,
    db_user: 'db_user',
    placement: 0,
    resource_arn: 'arn:aws:rds-db:us-east-2:123456789012:dbuser:cluster-ABCDEFGHIJKL01234/db_user',
    requester_id: 'jane',
    beneficiary_id: 'bob',
    approver_groups: ['dba'],
    approver_people: [],
    status: 'scheduled',
    created_at: '2026-11-24T13:00:00Z',
    starts_at: '2026-11-24T13:00:00Z',
    ends_at: '2026-11-24T14:00:00Z',
  },
  iam_write: { id: newId('wrt'), target_id: ids.target, plan_id: newId('pln'), operation: 'put_inline', policy_name: 'sallyport-test' },
  account_snapshot: {
    account_id: '123456789012',
    as_of: '2026-11-24T12:00:00Z',
    tried_at: '2026-11-24T12:00:00Z',
    next_at: '2026-11-24T12:15:00Z',
  },
  snapshot_principal: {
    account_id: '123456789012',
    unique_id: 'AROAEXAMPLE',
    kind: 'role',
    name: 'app-reader',
    arn,
    groups: [],
    inline: '[]',
    attached: [],
    trust: '{}',
    hash,
  },
  audit_event: { id: newId('evt'), type: 'request.created', version: 1, actor, payload: {} },
  webhook: {
    id: ids.webhook,
    url: 'https://portal.example.com/',
    description: '',
    types: ['grant.ended'],
    accounts: [],
    databases: [],
    secret: `${'a'.repeat(16)}:c2VhbGVk`,
  },
  webhook_message: { event_id: ids.event, body: '{}' },
  webhook_delivery: { webhook_id: ids.webhook, event_id: ids.event, type: 'grant.ended' },
  ticket: { source: 'jira', key: 'OPS-17', status: 'Open', at: '2026-11-24T12:00:00Z' },
  ticket_delivery: { source: 'jira', id: '1', key: 'OPS-17', reading: {}, answer: {} },
  ticket_comment: { event_id: ids.event, source: 'jira', key: 'OPS-17' },
  scim_user: { id: newId('scu'), user_name: 'jane', person_id: 'jane', active: true, profile: {} },
  scim_group: { id: newId('scg'), display_name: 'dba' },
  departure: { id: newId('dep'), person_id: 'jane', at: '2026-11-24T12:00:00Z', actor },
  slack_workspace: { team: 'T0123ABCD' },
  slack_note: { event_id: ids.event },
  slack_request: { request_id: ids.request },
  slack_message: {
    request_id: ids.request,
    role: 'approver',
    recipient: 'C0123ABCD',
    channel: 'C0123ABCD',
    ts: '1.2',
    stage: 'asked',
    shown: hash,
  },
  identity: { id: newId('idn'), issuer: 'https://login.example', subject: '1', person_id: 'jane', declared: true },
  api_key: { id: newId('key'), name: 'portal', secret_hash: hash, scopes: ['ask'], decide_groups: [] },
} satisfies Record<string, Row>

export type Table = keyof typeof valid

/** Inserts the valid row of a table, with some of its columns changed. */
export async function insert(client: pg.ClientBase, table: Table, changes: Row = {}): Promise<void> {
  const row: Row = { ...valid[table], ...changes }
  const columns = Object.keys(row).map((column) => `"${column}"`)
  const places = columns.map((_, index) => `$${index + 1}`)
  await client.query(`insert into "${table}" (${columns.join(', ')}) values (${places.join(', ')})`, Object.values(row))
}

/** Inserts the valid row of every table; each stands for itself afterwards. */
export async function insertAll(client: pg.ClientBase): Promise<void> {
  for (const id of ['jane', 'bob', 'diego']) await client.query('insert into person (id, username, display_name) values ($1, $1, $1)', [id])
  for (const table of Object.keys(valid) as Table[]) await insert(client, table)
}
