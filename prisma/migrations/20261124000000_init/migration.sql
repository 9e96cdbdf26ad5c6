-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "DeploymentKind" AS ENUM ('production', 'development');

-- CreateEnum
CREATE TYPE "DatabaseKind" AS ENUM ('cluster', 'instance', 'proxy');

-- CreateEnum
CREATE TYPE "PrincipalKind" AS ENUM ('role', 'user', 'group', 'permission-set');

-- CreateEnum
CREATE TYPE "TargetKind" AS ENUM ('role', 'user', 'group', 'access_role', 'permission_set');

-- CreateEnum
CREATE TYPE "RequestStatus" AS ENUM ('pending', 'approved', 'denied', 'withdrawn', 'expired');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('approve', 'deny');

-- CreateEnum
CREATE TYPE "GrantStatus" AS ENUM ('scheduled', 'applying', 'active', 'revoking', 'ended');

-- CreateEnum
CREATE TYPE "GrantEndReason" AS ENUM ('expired', 'revoked', 'returned', 'rules_changed', 'left', 'ticket_closed', 'unreviewed', 'reviewed');

-- CreateEnum
CREATE TYPE "LaterOutcome" AS ENUM ('waiting', 'joined', 'asked', 'refused', 'blocked', 'covered', 'too_wide');

-- CreateEnum
CREATE TYPE "WriteOutcome" AS ENUM ('done', 'failed', 'unknown');

-- CreateTable
CREATE TABLE "deployment" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "id" TEXT NOT NULL,
    "kind" "DeploymentKind" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("singleton")
);

-- CreateTable
CREATE TABLE "rule_set" (
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "rule_set_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "active_rule_set" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "hash" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "people_revision" INTEGER NOT NULL DEFAULT 0,
    "activated_by" JSONB NOT NULL,

    CONSTRAINT "active_rule_set_pkey" PRIMARY KEY ("singleton")
);

-- CreateTable
CREATE TABLE "pending_rule_set" (
    "singleton" BOOLEAN NOT NULL DEFAULT true,
    "hash" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "proposed_by" JSONB NOT NULL,

    CONSTRAINT "pending_rule_set_pkey" PRIMARY KEY ("singleton")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "partition" TEXT NOT NULL,
    "regions" TEXT[],
    "role_arn" TEXT,
    "external_id" TEXT,
    "boundary" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "sync" BOOLEAN NOT NULL DEFAULT true,
    "next_sync_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity_center" (
    "instance_arn" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,

    CONSTRAINT "identity_center_pkey" PRIMARY KEY ("instance_arn")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "declared" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_user" (
    "id" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "external_id" TEXT,
    "person_id" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "profile" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "scim_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_group" (
    "id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "scim_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scim_member" (
    "group_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "scim_member_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateTable
CREATE TABLE "departure" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "departure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "database" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "partition" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "kind" "DatabaseKind" NOT NULL,
    "resource_id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "iam_auth" BOOLEAN NOT NULL,
    "tags" JSONB NOT NULL DEFAULT '{}',
    "declared" JSONB,
    "found" JSONB,
    "former_names" JSONB NOT NULL DEFAULT '[]',
    "gone_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "database_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region_sync" (
    "account_id" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "complete_at" TIMESTAMPTZ(3),
    "counts" JSONB,

    CONSTRAINT "region_sync_pkey" PRIMARY KEY ("account_id","region")
);

-- CreateTable
CREATE TABLE "request" (
    "id" TEXT NOT NULL,
    "status" "RequestStatus" NOT NULL DEFAULT 'pending',
    "requester_id" TEXT NOT NULL,
    "beneficiary_id" TEXT NOT NULL,
    "asked_by" JSONB NOT NULL,
    "principal_arn" TEXT NOT NULL,
    "principal_kind" "PrincipalKind" NOT NULL,
    "principal_unique_id" TEXT,
    "shared_with" JSONB,
    "account_id" TEXT,
    "path" TEXT NOT NULL,
    "manner" TEXT NOT NULL DEFAULT 'ordinary',
    "duration_seconds" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "ticket" JSONB,
    "judgement" JSONB NOT NULL,
    "rule_set_hash" TEXT NOT NULL,
    "approver_groups" TEXT[],
    "approver_people" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "origin_id" TEXT,
    "extends_id" TEXT,
    "end_reason" TEXT,
    "escalations" JSONB NOT NULL DEFAULT '[]',
    "escalates_at" TIMESTAMPTZ(3),
    "escalation_seen" TEXT,

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_entitlement" (
    "request_id" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "database_id" TEXT,
    "account_id" TEXT NOT NULL,
    "partition" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "db_user" TEXT NOT NULL,
    "resource_arn" TEXT NOT NULL,
    "selector" JSONB,

    CONSTRAINT "request_entitlement_pkey" PRIMARY KEY ("request_id","position")
);

-- CreateTable
CREATE TABLE "later_match" (
    "request_id" TEXT NOT NULL,
    "database_id" TEXT NOT NULL,
    "db_user" TEXT NOT NULL,
    "outcome" "LaterOutcome" NOT NULL,
    "rule" TEXT,
    "detail" TEXT NOT NULL,
    "asked_request_id" TEXT,
    "rule_set_hash" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "matched_at" TIMESTAMPTZ(3) NOT NULL,
    "judged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "later_match_pkey" PRIMARY KEY ("request_id","database_id","db_user")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "decided_by" JSONB NOT NULL,
    "nth" SMALLINT NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "comment" TEXT,
    "duration_seconds" INTEGER,
    "positions" SMALLINT[],
    "rule_set_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_comment" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "request_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "TargetKind" NOT NULL,
    "name" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "unique_id" TEXT NOT NULL,
    "principal_arn" TEXT,
    "principal_unique_id" TEXT,
    "instance_arn" TEXT,
    "caller_target_id" TEXT,
    "caller_placement" SMALLINT,
    "guarded" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "written" JSONB NOT NULL DEFAULT '{}',
    "lease_holder" TEXT,
    "lease_token" BIGINT NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "recheck_at" TIMESTAMPTZ(3)[],
    "checked_at" TIMESTAMPTZ(3),
    "next_check_at" TIMESTAMPTZ(3),
    "attention_code" TEXT,
    "attention_message" TEXT,
    "attention_since" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guarded_principal" (
    "arn" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "declared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "guarded_principal_pkey" PRIMARY KEY ("arn")
);

-- CreateTable
CREATE TABLE "grant" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "database_id" TEXT,
    "db_user" TEXT NOT NULL,
    "resource_arn" TEXT NOT NULL,
    "placement" SMALLINT NOT NULL,
    "beneficiary_id" TEXT NOT NULL,
    "requester_id" TEXT NOT NULL,
    "approver_groups" TEXT[],
    "approver_people" TEXT[],
    "standing" BOOLEAN NOT NULL DEFAULT false,
    "status" "GrantStatus" NOT NULL,
    "end_reason" "GrantEndReason",
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "notify_at" TIMESTAMPTZ(3),
    "noticed_at" TIMESTAMPTZ(3),
    "active_at" TIMESTAMPTZ(3),
    "revoking_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reviewer_groups" TEXT[],
    "reviewer_people" TEXT[],
    "remind_seconds" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "note" TEXT,
    "signed_by" JSONB,
    "signer_id" TEXT,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "iam_write" (
    "id" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "policy_name" TEXT NOT NULL,
    "state_before" TEXT,
    "state_after" TEXT,
    "intended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "outcome" "WriteOutcome",
    "settled_at" TIMESTAMPTZ(3),
    "aws_request_id" TEXT,
    "provisioning" TEXT,

    CONSTRAINT "iam_write_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_snapshot" (
    "account_id" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3),
    "tried_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "attention_code" TEXT,
    "attention_message" TEXT,
    "attention_since" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "account_snapshot_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "snapshot_principal" (
    "account_id" TEXT NOT NULL,
    "unique_id" TEXT NOT NULL,
    "kind" "PrincipalKind" NOT NULL,
    "name" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "groups" TEXT[],
    "inline" JSONB NOT NULL,
    "attached" TEXT[],
    "boundary_arn" TEXT,
    "trust" TEXT,
    "hash" TEXT NOT NULL,

    CONSTRAINT "snapshot_principal_pkey" PRIMARY KEY ("account_id","unique_id")
);

-- CreateTable
CREATE TABLE "snapshot_policy" (
    "account_id" TEXT NOT NULL,
    "arn" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "versions" SMALLINT NOT NULL,
    "document" TEXT NOT NULL,
    "connects" BOOLEAN NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "snapshot_policy_pkey" PRIMARY KEY ("account_id","arn")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "type" TEXT NOT NULL,
    "version" SMALLINT NOT NULL,
    "actor" JSONB NOT NULL,
    "person_id" TEXT,
    "request_id" TEXT,
    "grant_id" TEXT,
    "target_id" TEXT,
    "payload" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slack_workspace" (
    "team" TEXT NOT NULL,

    CONSTRAINT "slack_workspace_pkey" PRIMARY KEY ("team")
);

-- CreateTable
CREATE TABLE "slack_note" (
    "event_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "slack_note_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "slack_request" (
    "request_id" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "changes" INTEGER NOT NULL DEFAULT 1,
    "attempts" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "slack_request_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "slack_message" (
    "request_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "shown" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "slack_message_pkey" PRIMARY KEY ("request_id","role","recipient")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "declared" BOOLEAN NOT NULL,
    "groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "groups_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "owner_id" TEXT,
    "decide_groups" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "previous_hash" TEXT,
    "previous_until" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "types" TEXT[],
    "accounts" TEXT[],
    "databases" TEXT[],
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "paused_because" TEXT,
    "paused_at" TIMESTAMPTZ(3),
    "attention_code" TEXT,
    "attention_message" TEXT,
    "attention_since" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_message" (
    "event_id" TEXT NOT NULL,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "webhook_message_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "tries" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("webhook_id","event_id")
);

-- CreateTable
CREATE TABLE "ticket" (
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "type" TEXT,
    "requester" TEXT,
    "assignee" TEXT,
    "url" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "refusal" TEXT,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("source","key")
);

-- CreateTable
CREATE TABLE "ticket_delivery" (
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "body_hash" TEXT,
    "key" TEXT NOT NULL,
    "reading" JSONB NOT NULL,
    "answer" JSONB NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "ticket_delivery_pkey" PRIMARY KEY ("source","id")
);

-- CreateTable
CREATE TABLE "ticket_comment" (
    "event_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "trouble" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "ticket_comment_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "api_key_use" (
    "key_id" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_use_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "idempotent_answer" (
    "scope" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "call_budget" (
    "account_id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "calls" DOUBLE PRECISION NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "call_budget_pkey" PRIMARY KEY ("account_id","service")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "pool_id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "beat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("pool_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pending_rule_set_hash_key" ON "pending_rule_set"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "active_rule_set_hash_key" ON "active_rule_set"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "person_username_key" ON "person"("username");

-- CreateIndex
CREATE INDEX "database_resource_id_idx" ON "database"("resource_id");

-- CreateIndex
CREATE INDEX "database_arn_idx" ON "database"("arn");

-- CreateIndex
CREATE UNIQUE INDEX "database_account_id_region_resource_id_key" ON "database"("account_id", "region", "resource_id");

-- CreateIndex
CREATE INDEX "request_requester_id_id_idx" ON "request"("requester_id", "id");

-- CreateIndex
CREATE INDEX "request_beneficiary_id_id_idx" ON "request"("beneficiary_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "request_entitlement_request_id_resource_arn_key" ON "request_entitlement"("request_id", "resource_arn");

-- CreateIndex
CREATE INDEX "request_comment_request_id_created_at_id_idx" ON "request_comment"("request_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_request_id_person_id_key" ON "decision"("request_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_request_id_nth_key" ON "decision"("request_id", "nth");

-- CreateIndex
CREATE INDEX "target_caller_target_id_idx" ON "target"("caller_target_id");

-- CreateIndex
CREATE UNIQUE INDEX "target_account_id_unique_id_key" ON "target"("account_id", "unique_id");

-- CreateIndex
CREATE INDEX "guarded_principal_account_id_idx" ON "guarded_principal"("account_id");

-- CreateIndex
CREATE INDEX "grant_beneficiary_id_id_idx" ON "grant"("beneficiary_id", "id");

-- CreateIndex
CREATE INDEX "grant_requester_id_id_idx" ON "grant"("requester_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "grant_request_id_resource_arn_key" ON "grant"("request_id", "resource_arn");

-- CreateIndex
CREATE INDEX "iam_write_target_id_settled_at_idx" ON "iam_write"("target_id", "settled_at");

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_principal_account_id_arn_key" ON "snapshot_principal"("account_id", "arn");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_seq_key" ON "audit_event"("seq");

-- CreateIndex
CREATE INDEX "audit_event_request_id_seq_idx" ON "audit_event"("request_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_grant_id_seq_idx" ON "audit_event"("grant_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_target_id_seq_idx" ON "audit_event"("target_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_type_seq_idx" ON "audit_event"("type", "seq");

-- CreateIndex
CREATE INDEX "audit_event_person_id_seq_idx" ON "audit_event"("person_id", "seq");

-- CreateIndex
CREATE INDEX "identity_person_id_idx" ON "identity"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_issuer_subject_key" ON "identity"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_name_key" ON "api_key"("name");

-- CreateIndex
CREATE INDEX "webhook_message_created_at_idx" ON "webhook_message"("created_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_event_id_idx" ON "webhook_delivery"("event_id");

-- CreateIndex
CREATE INDEX "ticket_delivery_source_key_idx" ON "ticket_delivery"("source", "key");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_delivery_source_body_hash_key" ON "ticket_delivery"("source", "body_hash");

-- CreateIndex
CREATE INDEX "ticket_comment_created_at_idx" ON "ticket_comment"("created_at");

-- CreateIndex
CREATE INDEX "idempotent_answer_created_at_idx" ON "idempotent_answer"("created_at");

-- CreateIndex
CREATE INDEX "scim_user_person_id_id_idx" ON "scim_user"("person_id", "id");

-- CreateIndex
CREATE INDEX "scim_member_user_id_idx" ON "scim_member"("user_id");

-- CreateIndex
CREATE INDEX "departure_person_id_at_idx" ON "departure"("person_id", "at");

-- AddForeignKey
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_member" ADD CONSTRAINT "scim_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "scim_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_member" ADD CONSTRAINT "scim_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "scim_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "departure" ADD CONSTRAINT "departure_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "active_rule_set" ADD CONSTRAINT "active_rule_set_hash_fkey" FOREIGN KEY ("hash") REFERENCES "rule_set"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_center" ADD CONSTRAINT "identity_center_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "database" ADD CONSTRAINT "database_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region_sync" ADD CONSTRAINT "region_sync_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_requester_id_fkey" FOREIGN KEY ("requester_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_beneficiary_id_fkey" FOREIGN KEY ("beneficiary_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_origin_id_fkey" FOREIGN KEY ("origin_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_extends_id_fkey" FOREIGN KEY ("extends_id") REFERENCES "grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_entitlement" ADD CONSTRAINT "request_entitlement_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_entitlement" ADD CONSTRAINT "request_entitlement_database_id_fkey" FOREIGN KEY ("database_id") REFERENCES "database"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "later_match" ADD CONSTRAINT "later_match_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "later_match" ADD CONSTRAINT "later_match_database_id_fkey" FOREIGN KEY ("database_id") REFERENCES "database"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "later_match" ADD CONSTRAINT "later_match_asked_request_id_fkey" FOREIGN KEY ("asked_request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_signer_id_fkey" FOREIGN KEY ("signer_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_rule_set" ADD CONSTRAINT "pending_rule_set_hash_fkey" FOREIGN KEY ("hash") REFERENCES "rule_set"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_comment" ADD CONSTRAINT "request_comment_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request_comment" ADD CONSTRAINT "request_comment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_instance_arn_fkey" FOREIGN KEY ("instance_arn") REFERENCES "identity_center"("instance_arn") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_caller_target_id_fkey" FOREIGN KEY ("caller_target_id") REFERENCES "target"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guarded_principal" ADD CONSTRAINT "guarded_principal_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "target"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_database_id_fkey" FOREIGN KEY ("database_id") REFERENCES "database"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_requester_id_fkey" FOREIGN KEY ("requester_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_beneficiary_id_fkey" FOREIGN KEY ("beneficiary_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_budget" ADD CONSTRAINT "call_budget_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "iam_write" ADD CONSTRAINT "iam_write_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "target"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_snapshot" ADD CONSTRAINT "account_snapshot_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_principal" ADD CONSTRAINT "snapshot_principal_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account_snapshot"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot_policy" ADD CONSTRAINT "snapshot_policy_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account_snapshot"("account_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_message"("event_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_delivery" ADD CONSTRAINT "ticket_delivery_source_key_fkey" FOREIGN KEY ("source", "key") REFERENCES "ticket"("source", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_use" ADD CONSTRAINT "api_key_use_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is written by hand: the invariants that Prisma's schema language cannot say.

-- Single rows ------------------------------------------------------------------------------------------
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_single_row" CHECK ("singleton");
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_id_form" CHECK ("id" ~ '^[a-z2-7]{10}$');
ALTER TABLE "active_rule_set" ADD CONSTRAINT "active_rule_set_single_row" CHECK ("singleton");
ALTER TABLE "pending_rule_set" ADD CONSTRAINT "pending_rule_set_single_row" CHECK ("singleton");
ALTER TABLE "rule_set" ADD CONSTRAINT "rule_set_hash_form" CHECK ("hash" ~ '^[0-9a-f]{64}$');

-- Forms of ids and values ------------------------------------------------------------------------------
ALTER TABLE "account" ADD CONSTRAINT "account_id_form" CHECK ("id" ~ '^[0-9]{12}$');
ALTER TABLE "database" ADD CONSTRAINT "database_id_form" CHECK ("id" ~ '^dbs_[0-9a-z]{26}$');
ALTER TABLE "database" ADD CONSTRAINT "database_port_range" CHECK ("port" BETWEEN 1 AND 65535);
ALTER TABLE "database" ADD CONSTRAINT "database_resource_id_of_kind" CHECK (
  ("kind" = 'cluster' AND "resource_id" ~ '^cluster-[A-Z0-9]+$') OR
  ("kind" = 'instance' AND "resource_id" ~ '^db-[A-Z0-9]+$') OR
  ("kind" = 'proxy' AND "resource_id" ~ '^prx-[A-Za-z0-9]+$'));
ALTER TABLE "request" ADD CONSTRAINT "request_id_form" CHECK ("id" ~ '^req_[0-9a-z]{26}$');
ALTER TABLE "request" ADD CONSTRAINT "request_duration_positive" CHECK ("duration_seconds" > 0);
ALTER TABLE "request" ADD CONSTRAINT "request_waits" CHECK ("expires_at" > "created_at");
ALTER TABLE "request" ADD CONSTRAINT "request_decided_iff_not_pending" CHECK (("status" = 'pending') = ("decided_at" IS NULL));
ALTER TABLE "request" ADD CONSTRAINT "request_path_known" CHECK ("path" IN ('direct', 'access-role'));
ALTER TABLE "request" ADD CONSTRAINT "request_manner_known" CHECK ("manner" IN ('ordinary', 'emergency', 'standing', 'extension'));
ALTER TABLE "request" ADD CONSTRAINT "request_extends_iff_extension" CHECK (("manner" = 'extension') = ("extends_id" IS NOT NULL));
ALTER TABLE "request" ADD CONSTRAINT "request_direct_is_pinned" CHECK ("path" <> 'direct' OR "principal_unique_id" IS NOT NULL);
ALTER TABLE "request" ADD CONSTRAINT "request_account_unless_permission_set" CHECK (("principal_kind" = 'permission-set') = ("account_id" IS NULL));
ALTER TABLE "request" ADD CONSTRAINT "request_reason_given" CHECK (btrim("reason") <> '');
ALTER TABLE "request_entitlement" ADD CONSTRAINT "request_entitlement_pattern_iff_no_database" CHECK (
  ("database_id" IS NULL) = ("resource_arn" LIKE '%:dbuser:*/%'));
ALTER TABLE "later_match" ADD CONSTRAINT "later_match_asked_with_request" CHECK (("outcome" = 'asked') = ("asked_request_id" IS NOT NULL));
ALTER TABLE "decision" ADD CONSTRAINT "decision_id_form" CHECK ("id" ~ '^dec_[0-9a-z]{26}$');
ALTER TABLE "decision" ADD CONSTRAINT "decision_duration_positive" CHECK ("duration_seconds" > 0);
ALTER TABLE "decision" ADD CONSTRAINT "decision_approves_something" CHECK (
  ("verdict" = 'approve' AND cardinality("positions") > 0) OR
  ("verdict" = 'deny' AND cardinality("positions") = 0 AND "duration_seconds" IS NULL));
ALTER TABLE "request_comment" ADD CONSTRAINT "request_comment_id_form" CHECK ("id" ~ '^cmt_[0-9a-z]{26}$');
ALTER TABLE "request_comment" ADD CONSTRAINT "request_comment_says_something" CHECK (btrim("text") <> '');
ALTER TABLE "target" ADD CONSTRAINT "target_id_form" CHECK ("id" ~ '^tgt_[0-9a-z]{26}$');
ALTER TABLE "target" ADD CONSTRAINT "target_principal_iff_access_role" CHECK (("kind" = 'access_role') = ("principal_arn" IS NOT NULL));
ALTER TABLE "target" ADD CONSTRAINT "target_instance_iff_permission_set" CHECK (("kind" = 'permission_set') = ("instance_arn" IS NOT NULL));
ALTER TABLE "target" ADD CONSTRAINT "target_caller_of_access_role" CHECK (
  ("caller_target_id" IS NULL) = ("caller_placement" IS NULL) AND
  ("caller_target_id" IS NULL OR "kind" = 'access_role'));
ALTER TABLE "target" ADD CONSTRAINT "target_guard_on_principals" CHECK (NOT "guarded" OR "kind" <> 'access_role');
ALTER TABLE "target" ADD CONSTRAINT "target_lease_whole" CHECK (("lease_holder" IS NULL) = ("lease_until" IS NULL));
ALTER TABLE "target" ADD CONSTRAINT "target_attention_whole" CHECK (
  ("attention_code" IS NULL) = ("attention_message" IS NULL) AND
  ("attention_code" IS NULL) = ("attention_since" IS NULL) AND
  ("attention_code" IS NULL) = ("attempts" = 0));
ALTER TABLE "account_snapshot" ADD CONSTRAINT "account_snapshot_attention_whole" CHECK (
  ("attention_code" IS NULL) = ("attention_message" IS NULL) AND
  ("attention_code" IS NULL) = ("attention_since" IS NULL) AND
  ("attention_code" IS NULL) = ("attempts" = 0));
ALTER TABLE "account_snapshot" ADD CONSTRAINT "account_snapshot_read_or_in_trouble" CHECK ("as_of" IS NOT NULL OR "attention_code" IS NOT NULL);
ALTER TABLE "snapshot_principal" ADD CONSTRAINT "snapshot_principal_trust_of_roles" CHECK (("trust" IS NOT NULL) = ("kind" = 'role'));
ALTER TABLE "grant" ADD CONSTRAINT "grant_id_form" CHECK ("id" ~ '^grt_[0-9a-z]{26}$');
ALTER TABLE "grant" ADD CONSTRAINT "grant_ends_after_start" CHECK ("ends_at" > "starts_at");
ALTER TABLE "grant" ADD CONSTRAINT "grant_reason_iff_ending" CHECK (("status" IN ('revoking', 'ended')) = ("end_reason" IS NOT NULL));
ALTER TABLE "grant" ADD CONSTRAINT "grant_revoking_at_iff_ending" CHECK (("status" IN ('revoking', 'ended')) = ("revoking_at" IS NOT NULL));
ALTER TABLE "grant" ADD CONSTRAINT "grant_ended_at_iff_ended" CHECK (("status" = 'ended') = ("ended_at" IS NOT NULL));
ALTER TABLE "grant" ADD CONSTRAINT "grant_active_was_applied" CHECK ("status" <> 'active' OR "active_at" IS NOT NULL);
ALTER TABLE "grant" ADD CONSTRAINT "grant_noticed_when_to_be" CHECK ("noticed_at" IS NULL OR "notify_at" IS NOT NULL);
ALTER TABLE "grant" ADD CONSTRAINT "grant_standing_without_notice" CHECK (NOT "standing" OR "notify_at" IS NULL);
ALTER TABLE "grant" ADD CONSTRAINT "grant_pattern_iff_no_database" CHECK (("database_id" IS NULL) = ("resource_arn" LIKE '%:dbuser:*/%'));
ALTER TABLE "grant" ADD CONSTRAINT "grant_placement_range" CHECK ("placement" BETWEEN 0 AND 10);
ALTER TABLE "review" ADD CONSTRAINT "review_id_form" CHECK ("id" ~ '^rev_[0-9a-z]{26}$');
ALTER TABLE "review" ADD CONSTRAINT "review_kind_known" CHECK (("kind" = 'emergency' AND "remind_seconds" IS NULL) OR ("kind" = 'standing' AND "remind_seconds" > 0));
ALTER TABLE "review" ADD CONSTRAINT "review_closed_with_outcome" CHECK (("closed_at" IS NULL) = ("outcome" IS NULL));
ALTER TABLE "review" ADD CONSTRAINT "review_outcome_of_kind" CHECK (
  ("kind" = 'emergency' AND "outcome" IN ('justified', 'unjustified')) OR ("kind" = 'standing' AND "outcome" IN ('keep', 'end', 'lapsed')));
ALTER TABLE "review" ADD CONSTRAINT "review_signed_unless_lapsed" CHECK (
  ("outcome" IS NULL OR "outcome" = 'lapsed') = ("signer_id" IS NULL) AND
  ("signer_id" IS NULL) = ("signed_by" IS NULL) AND ("signer_id" IS NULL) = ("note" IS NULL));
ALTER TABLE "iam_write" ADD CONSTRAINT "iam_write_operation_known" CHECK ("operation" IN ('put_inline', 'delete_inline',
  'create_policy', 'create_version', 'delete_version', 'attach_policy', 'detach_policy', 'delete_policy',
  'create_role', 'put_trust', 'put_boundary', 'limit_sessions', 'delete_role',
  'prepare_account', 'attach_reference', 'provision'));
ALTER TABLE "iam_write" ADD CONSTRAINT "iam_write_settled" CHECK (
  ("outcome" IS NULL AND "settled_at" IS NULL) OR
  ("outcome" = 'unknown' AND "settled_at" IS NULL) OR
  ("outcome" IN ('done', 'failed') AND "settled_at" IS NOT NULL));
ALTER TABLE "request" ADD CONSTRAINT "request_end_reason_known" CHECK (
  "end_reason" IS NULL OR ("end_reason" IN ('requester_left', 'beneficiary_left') AND "status" = 'withdrawn'));
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_id_form" CHECK ("id" ~ '^scu_[0-9a-z]{26}$');
ALTER TABLE "scim_user" ADD CONSTRAINT "scim_user_deleted_is_inactive" CHECK ("deleted_at" IS NULL OR NOT "active");
ALTER TABLE "scim_group" ADD CONSTRAINT "scim_group_id_form" CHECK ("id" ~ '^scg_[0-9a-z]{26}$');
ALTER TABLE "departure" ADD CONSTRAINT "departure_id_form" CHECK ("id" ~ '^dep_[0-9a-z]{26}$');
ALTER TABLE "identity" ADD CONSTRAINT "identity_id_form" CHECK ("id" ~ '^idn_[0-9a-z]{26}$');
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_hash_form" CHECK ("secret_hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_id_form" CHECK ("id" ~ '^whk_[0-9a-z]{26}$');
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_wants_something" CHECK (cardinality("types") > 0);
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_secrets_sealed" CHECK (
  "secret" ~ '^[0-9a-f]{16}:[A-Za-z0-9_-]+$' AND ("previous_secret" IS NULL OR "previous_secret" ~ '^[0-9a-f]{16}:[A-Za-z0-9_-]+$'));
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_previous_secret_whole" CHECK (("previous_secret" IS NULL) = ("previous_until" IS NULL));
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_pause_whole" CHECK (
  ("paused_because" IS NULL) = ("paused_at" IS NULL) AND "paused_because" IN ('asked', 'failing', 'gone'));
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_attention_whole" CHECK (
  ("attention_code" IS NULL) = ("attention_message" IS NULL) AND
  ("attention_code" IS NULL) = ("attention_since" IS NULL) AND
  ("attention_code" IS NULL) = ("attempts" = 0));
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_status_known" CHECK ("status" IN ('pending', 'succeeded', 'failed'));
ALTER TABLE "ticket_comment" ADD CONSTRAINT "ticket_comment_status_known" CHECK ("status" IN ('pending', 'sending', 'written', 'unknown', 'given_up'));
ALTER TABLE "slack_message" ADD CONSTRAINT "slack_message_role_known" CHECK ("role" IN ('approver', 'asker'));
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_previous_hash_form" CHECK ("previous_hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_previous_whole" CHECK (("previous_hash" IS NULL) = ("previous_until" IS NULL));

-- An ARN names one database at a time in AWS, and one in sallyport.yaml, which may be out of date. One deleted and made
-- again, or renamed away, leaves its ARN to the next; two that swap their names do so within one transaction.
ALTER TABLE "database" ADD CONSTRAINT "database_arn_of_living"
  EXCLUDE ("arn" WITH =, ("found" IS NOT NULL) WITH =) WHERE ("gone_at" IS NULL) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "region_sync" ADD CONSTRAINT "region_sync_error_whole" CHECK (("error_code" IS NULL) = ("error_message" IS NULL));
ALTER TABLE "region_sync" ADD CONSTRAINT "region_sync_complete_whole" CHECK ("complete_at" IS NULL OR "counts" IS NOT NULL);

-- A claim makes at most one login at an issuer somebody's: a second one may be somebody else with the same name.
CREATE UNIQUE INDEX "identity_by_claim" ON "identity" ("issuer", "person_id") WHERE NOT "declared";
CREATE INDEX "identity_with_groups" ON "identity" ("person_id") WHERE "groups" <> '{}';

-- SCIM's names are unique whatever their case (RFC 7643, 4.1.1); a deleted user's name is free.
CREATE UNIQUE INDEX "scim_user_name" ON "scim_user" (lower("user_name")) WHERE "deleted_at" IS NULL;
CREATE INDEX "scim_user_external_id" ON "scim_user" ("external_id") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "scim_group_name" ON "scim_group" (lower("display_name"));
CREATE INDEX "scim_group_external_id" ON "scim_group" ("external_id");
CREATE INDEX "departure_unsettled" ON "departure" ("id") WHERE "settled_at" IS NULL;

-- The catalog is read in pages by id, under any of these filters.
CREATE INDEX "database_living" ON "database" ("id") WHERE "gone_at" IS NULL;
CREATE INDEX "database_living_in_account" ON "database" ("account_id", "id") WHERE "gone_at" IS NULL;
CREATE INDEX "database_living_in_region" ON "database" ("region", "id") WHERE "gone_at" IS NULL;
CREATE INDEX "database_living_with_tag" ON "database" USING gin ("tags" jsonb_path_ops) WHERE "gone_at" IS NULL;
CREATE INDEX "database_with_member" ON "database" USING gin (("found" -> 'members') jsonb_path_ops);
CREATE INDEX "account_to_sync" ON "account" ("next_sync_at") WHERE "active" AND "sync";

-- What is due, and what waits: small indexes over the few rows that are live ------------------------------
CREATE INDEX "request_waiting" ON "request" ("expires_at") WHERE "status" = 'pending';
CREATE INDEX "request_approver_groups" ON "request" USING gin ("approver_groups");
CREATE INDEX "request_approver_people" ON "request" USING gin ("approver_people");
CREATE INDEX "grant_approver_groups" ON "grant" USING gin ("approver_groups");
CREATE INDEX "review_request_id_idx" ON "review"("request_id");
CREATE INDEX "review_reviewer_groups" ON "review" USING gin ("reviewer_groups");
CREATE INDEX "review_reviewer_people" ON "review" USING gin ("reviewer_people");
CREATE INDEX "grant_approver_people" ON "grant" USING gin ("approver_people");
CREATE INDEX "grant_to_start" ON "grant" ("starts_at") WHERE "status" = 'scheduled';
CREATE INDEX "grant_to_end" ON "grant" ("ends_at") WHERE "status" IN ('scheduled', 'applying', 'active');
CREATE INDEX "grant_to_notify" ON "grant" ("notify_at") WHERE "status" = 'active' AND "noticed_at" IS NULL;
CREATE INDEX "grant_unsettled" ON "grant" ("target_id") WHERE "status" IN ('applying', 'revoking');
CREATE INDEX "grant_live_on_target" ON "grant" ("target_id") WHERE "status" <> 'ended';
CREATE UNIQUE INDEX "review_one_at_a_time" ON "review" ("request_id") WHERE "closed_at" IS NULL;
-- One extension of a grant waits at a time.
CREATE UNIQUE INDEX "request_one_extension" ON "request" ("extends_id") WHERE "status" = 'pending' AND "extends_id" IS NOT NULL;
CREATE INDEX "request_extension" ON "request" ("extends_id") WHERE "extends_id" IS NOT NULL;
CREATE INDEX "target_of_permission_set" ON "target" ("arn") WHERE "kind" = 'permission_set';
CREATE INDEX "webhook_message_to_spread" ON "webhook_message" ("event_id") WHERE "body" IS NULL;
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" ("webhook_id", "next_at") WHERE "status" = 'pending';
CREATE INDEX "request_of_ticket" ON "request" (("ticket" ->> 'system'), ("ticket" ->> 'key')) WHERE "ticket" IS NOT NULL;
CREATE INDEX "ticket_delivery_undone" ON "ticket_delivery" ("created_at") WHERE "done_at" IS NULL;
CREATE INDEX "ticket_delivery_old" ON "ticket_delivery" ("created_at");
CREATE INDEX "ticket_comment_waiting" ON "ticket_comment" ("source", "next_at") WHERE "status" IN ('pending', 'sending');
CREATE INDEX "slack_request_due" ON "slack_request" ("next_at") WHERE "next_at" IS NOT NULL;
CREATE INDEX "target_to_check" ON "target" ("next_check_at") WHERE "next_check_at" IS NOT NULL;

-- What is written once ------------------------------------------------------------------------------------
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows are written once', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "audit_event_append_only" BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_event_no_truncate" BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "rule_set_immutable" BEFORE UPDATE OR DELETE ON "rule_set" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "decision_immutable" BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "request_comment_immutable" BEFORE UPDATE OR DELETE ON "request_comment" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "request_entitlement_immutable" BEFORE UPDATE OR DELETE ON "request_entitlement" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "request_no_delete" BEFORE DELETE ON "request" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "grant_no_delete" BEFORE DELETE ON "grant" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A request is immutable once made: only its end is ever written, and only once; while it waits, others are asked too, and nobody less.
CREATE FUNCTION "request_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "written" text[] := ARRAY['status', 'decided_at', 'end_reason', 'escalations', 'escalates_at', 'escalation_seen', 'approver_groups', 'approver_people'];
BEGIN
  IF OLD."status" <> 'pending' THEN
    RAISE EXCEPTION 'request % has ended as %', OLD."id", OLD."status" USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - "written" IS DISTINCT FROM to_jsonb(OLD) - "written"
     OR (NEW."escalations" @> OLD."escalations" AND NEW."approver_groups" @> OLD."approver_groups" AND NEW."approver_people" @> OLD."approver_people") IS NOT TRUE THEN
    RAISE EXCEPTION 'request % is immutable', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "request_guard" BEFORE UPDATE ON "request" FOR EACH ROW EXECUTE FUNCTION "request_guard"();

-- A database that has joined a request, or was asked for on its account, has done so for good: neither happens twice.
CREATE FUNCTION "later_match_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."outcome" IN ('joined', 'asked') THEN
    RAISE EXCEPTION 'what became of % in request % is settled: %', OLD."database_id", OLD."request_id", OLD."outcome" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "later_match_guard" BEFORE UPDATE ON "later_match" FOR EACH ROW EXECUTE FUNCTION "later_match_guard"();
CREATE TRIGGER "later_match_no_delete" BEFORE DELETE ON "later_match" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Nobody decides what they asked for or will use, whatever the code above this table believes.
CREATE FUNCTION "decision_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "request" r WHERE r."id" = NEW."request_id" AND NEW."person_id" IN (r."requester_id", r."beneficiary_id")) THEN
    RAISE EXCEPTION 'decision by the requester or beneficiary of %', NEW."request_id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "decision_guard" BEFORE INSERT ON "decision" FOR EACH ROW EXECUTE FUNCTION "decision_guard"();

-- Nobody reviews what they asked for or will use, and a review is closed for good.
CREATE FUNCTION "review_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."closed_at" IS NOT NULL THEN
    RAISE EXCEPTION 'review % has been closed', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT FROM "request" r WHERE r."id" = NEW."request_id" AND NEW."signer_id" IN (r."requester_id", r."beneficiary_id")) THEN
    RAISE EXCEPTION 'review % signed by the requester or beneficiary', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "review_guard" BEFORE UPDATE ON "review" FOR EACH ROW EXECUTE FUNCTION "review_guard"();
CREATE TRIGGER "review_no_delete" BEFORE DELETE ON "review" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A grant only moves forward: scheduled, applying, active, revoking, ended. So a clock stepping back revives nothing.
CREATE FUNCTION "grant_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."status" < OLD."status" OR OLD."status" = 'ended' THEN
    RAISE EXCEPTION 'grant % cannot go from % to %', OLD."id", OLD."status", NEW."status" USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW."request_id", NEW."target_id", NEW."database_id", NEW."db_user", NEW."resource_arn", NEW."beneficiary_id", NEW."starts_at")
     IS DISTINCT FROM (OLD."request_id", OLD."target_id", OLD."database_id", OLD."db_user", OLD."resource_arn", OLD."beneficiary_id", OLD."starts_at") THEN
    RAISE EXCEPTION 'grant % may not become another', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "grant_guard" BEFORE UPDATE ON "grant" FOR EACH ROW EXECUTE FUNCTION "grant_guard"();

-- Notes for the webhooks what is recorded, in its transaction and whoever records it: an event cannot be committed without.
-- No job key: transactions that record at the same moment would wait for each other.
CREATE FUNCTION "note_for_webhooks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "webhook_message" ("event_id")
    SELECT e."id" FROM recorded e WHERE EXISTS (SELECT FROM "webhook" w WHERE e."type" = ANY (w."types"));
  IF FOUND THEN
    PERFORM graphile_worker.add_job('spreadMessages');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_event_noted_for_webhooks" AFTER INSERT ON "audit_event"
  REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION "note_for_webhooks"();

-- Notes in the same way what is to be written back to tickets: those that a source has told of, so that nobody can have comments
-- written anywhere by naming a ticket. What a source's file says of comments is looked at when they are written.
CREATE FUNCTION "note_for_tickets"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE "written_to" text;
BEGIN
  FOR "written_to" IN
    WITH about AS (
      SELECT e."id", r."ticket" ->> 'system' AS "source", r."ticket" ->> 'key' AS "key"
        FROM recorded e JOIN "request" r ON r."id" = e."request_id"
        WHERE e."type" IN ('request.created', 'request.approved', 'request.denied', 'request.withdrawn', 'request.expired', 'grant.activated', 'grant.ends_soon', 'grant.ended')
          AND r."ticket" IS NOT NULL
      UNION ALL
      SELECT e."id", e."payload" ->> 'source', e."payload" ->> 'ticket' FROM recorded e WHERE e."type" = 'ticket.refused'),
    noted AS (
      INSERT INTO "ticket_comment" ("event_id", "source", "key")
        SELECT a."id", a."source", a."key" FROM about a JOIN "ticket" t ON t."source" = a."source" AND t."key" = a."key"
        RETURNING "source")
    SELECT DISTINCT "source" FROM noted
  LOOP
    PERFORM graphile_worker.add_job('writeComments', json_build_object('source', "written_to"), 'comments on ' || "written_to");
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_event_noted_for_tickets" AFTER INSERT ON "audit_event"
  REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION "note_for_tickets"();

-- The same for Slack, where sallyport.yaml names a workspace: what it shows of a request has to be looked at again.
CREATE FUNCTION "note_for_slack"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "slack_note" ("event_id")
    SELECT e."id" FROM recorded e WHERE EXISTS (SELECT FROM "slack_workspace")
      AND (e."type" LIKE 'request.%' OR e."type" LIKE 'grant.%' OR e."type" IN ('decision.recorded', 'target.attention_raised', 'target.attention_cleared'));
  IF FOUND THEN
    PERFORM graphile_worker.add_job('slackSpread');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "audit_event_noted_for_slack" AFTER INSERT ON "audit_event"
  REFERENCING NEW TABLE AS recorded FOR EACH STATEMENT EXECUTE FUNCTION "note_for_slack"();

-- The run-time role: serve and worker take it on at connecting. It owns nothing and cannot touch the past. ---
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sallyport_runtime') THEN
    CREATE ROLE "sallyport_runtime" NOLOGIN; -- needs CREATEROLE; where the owner has none, an administrator makes it first
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- roles belong to the whole server: another database made it at this moment
END $$;
GRANT USAGE ON SCHEMA public TO "sallyport_runtime";
GRANT SELECT ON "deployment" TO "sallyport_runtime";
GRANT SELECT, INSERT ON "rule_set", "audit_event", "decision", "request_entitlement", "request_comment" TO "sallyport_runtime";
GRANT SELECT, INSERT, UPDATE ON "active_rule_set", "account", "person", "database", "region_sync", "request", "later_match", "target", "grant", "review", "iam_write", "api_key", "api_key_use", "call_budget", "account_snapshot", "identity_center" TO "sallyport_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "snapshot_principal", "snapshot_policy", "guarded_principal", "pending_rule_set" TO "sallyport_runtime";
GRANT SELECT, INSERT, UPDATE ON "scim_user", "departure" TO "sallyport_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "scim_group" TO "sallyport_runtime";
GRANT SELECT, INSERT, DELETE ON "scim_member" TO "sallyport_runtime";
GRANT SELECT, INSERT, UPDATE ON "ticket" TO "sallyport_runtime";
GRANT SELECT, INSERT, DELETE ON "idempotent_answer" TO "sallyport_runtime";
GRANT SELECT, INSERT, UPDATE, DELETE ON "worker_heartbeat", "identity", "webhook", "webhook_message", "webhook_delivery", "ticket_delivery", "ticket_comment", "slack_workspace", "slack_note", "slack_request", "slack_message" TO "sallyport_runtime";
GRANT USAGE ON SEQUENCE "audit_event_seq_seq" TO "sallyport_runtime";
