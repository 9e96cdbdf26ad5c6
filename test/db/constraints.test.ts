import type pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { testDatabase } from '../support/database.ts'
import { insert, insertAll, type Table } from './rows.ts'

const database = testDatabase()
let client: pg.Client

beforeAll(async () => {
  client = await database.client()
  await insertAll(client)
})

/** For each check a row that only this one refuses. */
const refused: readonly [check: string, table: Table, changes: Record<string, unknown>][] = [
  ['active_rule_set_single_row', 'active_rule_set', { singleton: false }],
  ['rule_set_hash_form', 'rule_set', { hash: 'A'.repeat(64) }],
  ['account_id_form', 'account', { id: '1234567890' }],
  ['database_id_form', 'database', { id: newId('req') }],
  ['database_port_range', 'database', { id: newId('dbs'), port: 65_536 }],
  ['database_resource_id_of_kind', 'database', { id: newId('dbs'), resource_id: 'db-ABCDEFGHIJKL01234' }],
  ['request_id_form', 'request', { id: newId('grt') }],
  ['request_duration_positive', 'request', { id: newId('req'), duration_seconds: 0 }],
  ['request_waits', 'request', { id: newId('req'), expires_at: '2026-11-24T12:00:00Z' }],
  ['request_decided_iff_not_pending', 'request', { id: newId('req'), status: 'approved' }],
  ['request_path_known', 'request', { id: newId('req'), path: 'sideways' }],
  ['request_direct_is_pinned', 'request', { id: newId('req'), principal_unique_id: null }],
  ['request_account_unless_permission_set', 'request', { id: newId('req'), account_id: null }],
  ['request_reason_given', 'request', { id: newId('req'), reason: '  ' }],
  ['request_entitlement_pattern_iff_no_database', 'request_entitlement', { position: 1, database_id: null }],
  ['grant_pattern_iff_no_database', 'grant', { id: newId('grt'), database_id: null }],
  ['later_match_asked_with_request', 'later_match', { db_user: 'other', outcome: 'asked' }],
  ['request_manner_known', 'request', { id: newId('req'), manner: 'in a hurry' }],
  ['pending_rule_set_single_row', 'pending_rule_set', { singleton: false }],
  ['review_id_form', 'review', { id: newId('req') }],
  ['review_kind_known', 'review', { id: newId('rev'), kind: 'emergency' }],
  ['review_closed_with_outcome', 'review', { id: newId('rev'), closed_at: '2026-11-24T13:00:00Z' }],
  ['review_outcome_of_kind', 'review', { id: newId('rev'), closed_at: '2026-11-24T13:00:00Z', outcome: 'justified' }],
  ['review_signed_unless_lapsed', 'review', { id: newId('rev'), closed_at: '2026-11-24T13:00:00Z', outcome: 'keep' }],
  ['decision_id_form', 'decision', { id: newId('req') }],
  ['decision_duration_positive', 'decision', { id: newId('dec'), duration_seconds: -1 }],
  ['decision_approves_something', 'decision', { id: newId('dec'), positions: [] }],
  ['request_comment_id_form', 'request_comment', { id: newId('req') }],
  ['request_comment_says_something', 'request_comment', { id: newId('cmt'), text: ' ' }],
  ['target_id_form', 'target', { id: newId('req') }],
  ['target_principal_iff_access_role', 'target', { id: newId('tgt'), kind: 'access_role' }],
  ['target_instance_iff_permission_set', 'target', { id: newId('tgt'), kind: 'permission_set' }],
  ['target_caller_of_access_role', 'target', { id: newId('tgt'), caller_placement: 0 }],
  ['target_guard_on_principals', 'target', { id: newId('tgt'), kind: 'access_role', principal_arn: 'somebody', guarded: true }],
  ['target_lease_whole', 'target', { id: newId('tgt'), lease_holder: 'somebody' }],
  ['target_attention_whole', 'target', { id: newId('tgt'), attention_code: 'aws_denied', attempts: 1 }],
  ['account_snapshot_attention_whole', 'account_snapshot', { account_id: '210987654321', attention_code: 'aws_denied', attempts: 1 }],
  ['account_snapshot_read_or_in_trouble', 'account_snapshot', { account_id: '210987654321', as_of: null }],
  ['snapshot_principal_trust_of_roles', 'snapshot_principal', { unique_id: 'AROAOTHER', arn: 'other', trust: null }],
  ['grant_id_form', 'grant', { id: newId('req') }],
  ['grant_ends_after_start', 'grant', { id: newId('grt'), ends_at: '2026-11-24T13:00:00Z' }],
  ['grant_reason_iff_ending', 'grant', { id: newId('grt'), end_reason: 'expired' }],
  ['grant_revoking_at_iff_ending', 'grant', { id: newId('grt'), revoking_at: '2026-11-24T14:00:00Z' }],
  ['grant_ended_at_iff_ended', 'grant', { id: newId('grt'), ended_at: '2026-11-24T14:00:00Z' }],
  ['grant_active_was_applied', 'grant', { id: newId('grt'), status: 'active' }],
  ['grant_noticed_when_to_be', 'grant', { id: newId('grt'), noticed_at: '2026-11-24T13:45:00Z' }],
  ['grant_standing_without_notice', 'grant', { id: newId('grt'), standing: true, notify_at: '2026-11-24T13:45:00Z' }],
  ['grant_placement_range', 'grant', { id: newId('grt'), placement: 11 }],
  ['iam_write_operation_known', 'iam_write', { id: newId('wrt'), operation: 'put' }],
  ['iam_write_settled', 'iam_write', { id: newId('wrt'), outcome: 'done' }],
  ['region_sync_error_whole', 'region_sync', { region: 'eu-west-1', error_code: 'aws_denied' }],
  ['region_sync_complete_whole', 'region_sync', { region: 'eu-west-1', complete_at: '2026-11-24T12:00:00Z' }],
  ['identity_id_form', 'identity', { id: newId('key'), subject: '2' }],
  ['api_key_hash_form', 'api_key', { id: newId('key'), name: 'other', secret_hash: 'sp_secret' }],
  [
    'api_key_previous_hash_form',
    'api_key',
    { id: newId('key'), name: 'other', previous_hash: 'A', previous_until: '2026-11-24T12:00:00Z' },
  ],
  ['api_key_previous_whole', 'api_key', { id: newId('key'), name: 'other', previous_until: '2026-11-24T12:00:00Z' }],
  ['request_extends_iff_extension', 'request', { id: newId('req'), manner: 'extension' }],
  ['request_end_reason_known', 'request', { id: newId('req'), end_reason: 'tired' }],
  ['scim_user_id_form', 'scim_user', { id: newId('key'), user_name: 'other' }],
  [
    'scim_user_deleted_is_inactive',
    'scim_user',
    { id: newId('scu'), user_name: 'other', active: true, deleted_at: '2026-11-24T12:00:00Z' },
  ],
  ['scim_group_id_form', 'scim_group', { id: newId('key'), display_name: 'other' }],
  ['departure_id_form', 'departure', { id: newId('key') }],
  ['ticket_comment_status_known', 'ticket_comment', { status: 'lost' }],
  ['webhook_id_form', 'webhook', { id: newId('key') }],
  ['webhook_wants_something', 'webhook', { id: newId('whk'), types: [] }],
  ['webhook_secrets_sealed', 'webhook', { id: newId('whk'), secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
  ['webhook_previous_secret_whole', 'webhook', { id: newId('whk'), previous_until: '2026-11-24T12:00:00Z' }],
  ['webhook_pause_whole', 'webhook', { id: newId('whk'), paused_because: 'tired', paused_at: '2026-11-24T12:00:00Z' }],
  ['webhook_attention_whole', 'webhook', { id: newId('whk'), attention_code: 'refused', attempts: 1 }],
  ['webhook_delivery_status_known', 'webhook_delivery', { status: 'lost' }],
  ['slack_message_role_known', 'slack_message', { role: 'onlooker' }],
  // keys of more than an id, which one row of each makes taken
  ['active_rule_set_pkey', 'active_rule_set', {}],
  ['pending_rule_set_pkey', 'pending_rule_set', {}],
  ['review_one_at_a_time', 'review', { id: newId('rev') }],
  ['database_arn_of_living', 'database', { id: newId('dbs'), resource_id: 'cluster-ANOTHER' }],
  ['database_account_id_region_resource_id_key', 'database', { id: newId('dbs'), arn: 'arn:aws:rds:us-east-2:123456789012:cluster:new' }],
  ['request_entitlement_request_id_resource_arn_key', 'request_entitlement', { position: 1 }],
  ['later_match_pkey', 'later_match', { outcome: 'refused' }],
  ['decision_request_id_person_id_key', 'decision', { id: newId('dec'), verdict: 'deny', positions: [] }],
  ['target_account_id_unique_id_key', 'target', { id: newId('tgt') }],
  ['snapshot_principal_account_id_arn_key', 'snapshot_principal', { unique_id: 'AROAOTHER' }],
  ['grant_request_id_resource_arn_key', 'grant', { id: newId('grt') }],
  ['identity_issuer_subject_key', 'identity', { id: newId('idn'), person_id: 'bob' }],
  ['api_key_name_key', 'api_key', { id: newId('key') }],
  ['webhook_delivery_pkey', 'webhook_delivery', {}],
]

test.each(refused)('%s refuses a %s with %j', async (constraint, table, changes) => {
  await expect(insert(client, table, changes)).rejects.toMatchObject({ constraint })
})

test('no check is without an example of what it refuses', async () => {
  const checks = await client.query<{ name: string }>(
    `select conname as name from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace and conname not like 'deployment_%'`,
  )
  expect(refused.map(([check]) => check)).toEqual(expect.arrayContaining(checks.rows.map(({ name }) => name)))
})

test('a database belongs to one deployment, made by migrating', async () => {
  await expect(client.query(`insert into deployment (id, kind) values ('abcdefghij', 'development')`)).rejects.toMatchObject({
    constraint: 'deployment_pkey',
  })
  await expect(client.query(`update deployment set singleton = false`)).rejects.toMatchObject({ constraint: 'deployment_single_row' })
  await expect(client.query(`update deployment set id = 'Not base 32'`)).rejects.toMatchObject({ constraint: 'deployment_id_form' })
})

test('an ARN passes to the next database once its last one is gone', async () => {
  await client.query('begin')
  await client.query('update database set gone_at = now()')
  await insert(client, 'database', { id: newId('dbs'), resource_id: 'cluster-ANOTHER' })
  await client.query('rollback')
})

test('what others refer to cannot be deleted', async () => {
  for (const table of ['person', 'account', 'database', 'target'])
    await expect(client.query(`delete from ${table}`)).rejects.toMatchObject({ code: '23001' })
})
