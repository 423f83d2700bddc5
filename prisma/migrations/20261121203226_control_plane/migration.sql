-- DropForeignKey
ALTER TABLE "slates" DROP CONSTRAINT "slates_stream_id_fkey";

-- DropForeignKey
ALTER TABLE "ingest_keys" DROP CONSTRAINT "ingest_keys_stream_id_fkey";

-- DropForeignKey
ALTER TABLE "destinations" DROP CONSTRAINT "destinations_stream_id_fkey";

-- DropIndex
DROP INDEX "streams_created_at_id_idx";

-- DropIndex
DROP INDEX "broadcasts_started_at_id_idx";

-- DropIndex
DROP INDEX "events_broadcast_id_at_id_idx";

-- AlterTable
ALTER TABLE "users" DROP COLUMN "role",
ADD COLUMN     "disabled_at" TIMESTAMPTZ(3),
ADD COLUMN     "instance_admin" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "name" TEXT;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "address" TEXT,
ADD COLUMN     "user_agent" TEXT;

-- AlterTable
ALTER TABLE "streams" ADD COLUMN     "allowed_cidrs" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "authorise_fallback" TEXT NOT NULL DEFAULT 'refuse',
ADD COLUMN     "authorise_secret_sealed" TEXT,
ADD COLUMN     "authorise_url" TEXT,
ADD COLUMN     "ingest_kbps_max" INTEGER,
ADD COLUMN     "signing_key_sealed" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "workspace_id" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';

-- AlterTable
ALTER TABLE "slates" ADD COLUMN     "workspace_id" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';

-- AlterTable
ALTER TABLE "ingest_keys" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "name" TEXT,
ADD COLUMN     "workspace_id" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';

-- AlterTable
ALTER TABLE "destinations" ADD COLUMN     "certificate_sha256" TEXT,
ADD COLUMN     "key_fingerprint" TEXT,
ADD COLUMN     "test_publish" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "workspace_id" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';

-- AlterTable
ALTER TABLE "broadcasts" ADD COLUMN     "workspace_id" UUID;

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "remote_words" TEXT;

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "actor" TEXT,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'broadcast',
ADD COLUMN     "position" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "remote_words" TEXT,
ADD COLUMN     "workspace_id" UUID,
ALTER COLUMN "broadcast_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "event_sequence" BIGINT NOT NULL DEFAULT 0,
    "streams_max" INTEGER,
    "destinations_max" INTEGER,
    "out_kbps_max" INTEGER,
    "relay_minutes_max" INTEGER,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "created_by" UUID,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "token_hint" TEXT NOT NULL,
    "scopes" TEXT[] NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_kind" TEXT,
    "target_id" TEXT,
    "target_name" TEXT,
    "address" TEXT,
    "request_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_days" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "push_seconds" BIGINT NOT NULL DEFAULT 0,
    "bytes_out" BIGINT NOT NULL DEFAULT 0,
    "out_kbps_peak" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "usage_days_pkey" PRIMARY KEY ("workspace_id","day")
);

-- CreateTable
CREATE TABLE "used_publish_links" (
    "nonce" TEXT NOT NULL,
    "stream_id" UUID NOT NULL,
    "broadcast_id" UUID,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_publish_links_pkey" PRIMARY KEY ("nonce")
);

-- CreateTable
CREATE TABLE "platform_sessions" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "account_name" TEXT,
    "sealed_tokens" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "master_keys" (
    "id" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),
    "resealed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "master_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedules" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "stream_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "recurrence" TEXT NOT NULL,
    "local_date" DATE,
    "weekdays" SMALLINT NOT NULL DEFAULT 0,
    "starts_at_minute" SMALLINT NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "end_broadcast" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "schedule_edges" (
    "id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "destination_id" UUID,
    "kind" TEXT NOT NULL,
    "offset_minutes" INTEGER NOT NULL,
    "next_due_at" TIMESTAMPTZ(3),
    "last_due_at" TIMESTAMPTZ(3),
    "last_done_at" TIMESTAMPTZ(3),

    CONSTRAINT "schedule_edges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statistics_seconds" (
    "broadcast_id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(0) NOT NULL,
    "kbps" INTEGER[] NOT NULL,
    "lag_ms" INTEGER[] NOT NULL,
    "dropped" INTEGER[] NOT NULL,

    CONSTRAINT "statistics_seconds_pkey" PRIMARY KEY ("broadcast_id","destination_id","at")
);

-- CreateTable
CREATE TABLE "statistics_buckets" (
    "broadcast_id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "resolution" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(0) NOT NULL,
    "workspace_id" UUID,
    "seconds" SMALLINT NOT NULL,
    "kbps_avg" INTEGER NOT NULL,
    "kbps_min" INTEGER NOT NULL,
    "kbps_max" INTEGER NOT NULL,
    "lag_ms_max" INTEGER NOT NULL,
    "dropped" INTEGER NOT NULL,
    "reconnects" SMALLINT NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "statistics_buckets_pkey" PRIMARY KEY ("broadcast_id","destination_id","resolution","at")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "target_sealed" TEXT NOT NULL,
    "target_hint" TEXT NOT NULL,
    "secret_sealed" TEXT,
    "previous_secret_sealed" TEXT,
    "previous_secret_until" TIMESTAMPTZ(3),
    "kinds" TEXT[] NOT NULL,
    "stream_id" UUID,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_events" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "blocking" BOOLEAN NOT NULL DEFAULT true,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "give_up_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "last_status" INTEGER,
    "last_fault" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- All that stood before belongs to the default workspace, and whoever could sign in owned all of it.
INSERT INTO "workspaces" ("id", "name", "updated_at") VALUES ('00000000-0000-7000-8000-000000000001', 'Default', CURRENT_TIMESTAMP);

UPDATE "users" SET "instance_admin" = true;

INSERT INTO "memberships" ("id", "workspace_id", "user_id", "role", "created_at", "updated_at")
SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000001', "id", 'owner', "created_at", CURRENT_TIMESTAMP FROM "users";

UPDATE "broadcasts" SET "workspace_id" = '00000000-0000-7000-8000-000000000001';

-- One statement: this is the long table. Relays count positions on from the wall clock's
-- milliseconds, so that old and new events sort together.
UPDATE "events" SET
  "workspace_id" = '00000000-0000-7000-8000-000000000001',
  "position" = (extract(epoch FROM "at") * 1000)::bigint,
  "kind" = CASE
    WHEN "destination_id" IS NOT NULL THEN 'push'
    WHEN "code" LIKE 'BROADCAST%' OR "code" LIKE 'RELAY%' THEN 'broadcast'
    ELSE 'ingest'
  END;

-- CreateIndex
CREATE INDEX "memberships_user_id_created_at_idx" ON "memberships"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_workspace_id_user_id_key" ON "memberships"("workspace_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_workspace_id_created_at_id_idx" ON "invitations"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "api_tokens_workspace_id_created_at_id_idx" ON "api_tokens"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "audit_entries_workspace_id_at_id_idx" ON "audit_entries"("workspace_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_entries_at_idx" ON "audit_entries"("at");

-- CreateIndex
CREATE INDEX "used_publish_links_expires_at_idx" ON "used_publish_links"("expires_at");

-- CreateIndex
CREATE INDEX "platform_sessions_workspace_id_created_at_id_idx" ON "platform_sessions"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "schedules_workspace_id_created_at_id_idx" ON "schedules"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "schedule_edges_next_due_at_idx" ON "schedule_edges"("next_due_at");

-- CreateIndex
CREATE UNIQUE INDEX "schedule_edges_schedule_id_destination_id_kind_key" ON "schedule_edges"("schedule_id", "destination_id", "kind");

-- CreateIndex
CREATE INDEX "statistics_seconds_at_idx" ON "statistics_seconds"("at");

-- CreateIndex
CREATE INDEX "statistics_buckets_resolution_at_idx" ON "statistics_buckets"("resolution", "at");

-- CreateIndex
CREATE INDEX "webhook_endpoints_workspace_id_created_at_id_idx" ON "webhook_endpoints"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "outbox_events_at_idx" ON "outbox_events"("at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_events_workspace_id_sequence_key" ON "outbox_events"("workspace_id", "sequence");

-- What is due, alone: most deliveries are done. Prisma knows no partial index.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries"("next_try_at") WHERE "state" = 'pending';

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_sequence_idx" ON "webhook_deliveries"("endpoint_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_deliveries_endpoint_id_event_id_key" ON "webhook_deliveries"("endpoint_id", "event_id");

-- CreateIndex
CREATE INDEX "streams_workspace_id_created_at_id_idx" ON "streams"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "streams_workspace_id_id_key" ON "streams"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "slates_workspace_id_stream_id_key" ON "slates"("workspace_id", "stream_id");

-- CreateIndex
CREATE INDEX "destinations_workspace_id_key_fingerprint_idx" ON "destinations"("workspace_id", "key_fingerprint");

-- CreateIndex
CREATE INDEX "broadcasts_workspace_id_started_at_id_idx" ON "broadcasts"("workspace_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "events_broadcast_id_position_id_idx" ON "events"("broadcast_id", "position", "id");

-- CreateIndex
CREATE INDEX "events_workspace_id_at_id_idx" ON "events"("workspace_id", "at", "id");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "streams" ADD CONSTRAINT "streams_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slates" ADD CONSTRAINT "slates_workspace_id_stream_id_fkey" FOREIGN KEY ("workspace_id", "stream_id") REFERENCES "streams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ingest_keys" ADD CONSTRAINT "ingest_keys_workspace_id_stream_id_fkey" FOREIGN KEY ("workspace_id", "stream_id") REFERENCES "streams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "destinations" ADD CONSTRAINT "destinations_workspace_id_stream_id_fkey" FOREIGN KEY ("workspace_id", "stream_id") REFERENCES "streams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform_sessions" ADD CONSTRAINT "platform_sessions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_workspace_id_stream_id_fkey" FOREIGN KEY ("workspace_id", "stream_id") REFERENCES "streams"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule_edges" ADD CONSTRAINT "schedule_edges_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "outbox_events"("id") ON DELETE CASCADE ON UPDATE CASCADE;
