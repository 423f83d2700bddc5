-- Whoever makes a row says whose it is: a scope that is forgotten is a fault, not a row of the first
-- workspace.
-- AlterTable
ALTER TABLE "streams" ALTER COLUMN "workspace_id" DROP DEFAULT;

-- AlterTable
ALTER TABLE "slates" ALTER COLUMN "workspace_id" DROP DEFAULT;

-- AlterTable
ALTER TABLE "ingest_keys" ALTER COLUMN "workspace_id" DROP DEFAULT;

-- AlterTable
ALTER TABLE "destinations" ALTER COLUMN "workspace_id" DROP DEFAULT;
