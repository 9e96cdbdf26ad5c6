import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

const database = testDatabase()

/** What is looked for every minute or by every caller, in tables that grow for ever. */
test.each([
  ['request_waiting', `select from request where status = 'pending' and expires_at <= now()`],
  ['request_requester_id_id_idx', `select from request where requester_id = 'jane' order by id desc limit 50`],
  ['request_beneficiary_id_id_idx', `select from request where beneficiary_id = 'jane' order by id desc limit 50`],
  ['request_approver_groups', `select from request where approver_groups && array['dba']`],
  ['request_approver_people', `select from request where approver_people && array['jane']`],
  ['grant_to_start', `select from "grant" where status = 'scheduled' and starts_at <= now()`],
  ['grant_to_end', `select from "grant" where status in ('scheduled', 'applying', 'active') and ends_at <= now()`],
  ['grant_to_notify', `select from "grant" where status = 'active' and noticed_at is null and notify_at <= now() and ends_at > now()`],
  ['grant_unsettled', `select target_id from "grant" where status in ('applying', 'revoking')`],
  ['grant_live_on_target', `select from "grant" where target_id = 'tgt' and status <> 'ended'`],
  ['grant_beneficiary_id_id_idx', `select from "grant" where beneficiary_id = 'jane' order by id desc limit 50`],
  ['target_to_check', `select from target where next_check_at <= now()`],
  ['iam_write_target_id_settled_at_idx', `select from iam_write where target_id = 'tgt' and settled_at is null`],
  ['webhook_message_to_spread', `select from webhook_message where body is null order by event_id limit 200`],
  ['webhook_message_created_at_idx', `select from webhook_message where created_at <= now() order by created_at limit 5000`],
  ['webhook_delivery_waiting', `select from webhook_delivery where webhook_id = 'whk' and status = 'pending' and next_at <= now()`],
  ['slack_request_due', `select from slack_request where next_at <= now() order by next_at limit 1000`],
  ['audit_event_request_id_seq_idx', `select from audit_event where request_id = 'req' order by seq limit 50`],
])('%s serves: %s', async (index, query) => {
  const client = await database.client()
  await client.query('set enable_seqscan = off') // the tables are empty here, and reading nothing is always cheapest
  const plan = await client.query<{ 'QUERY PLAN': string }>(`explain ${query}`)
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index)
})
