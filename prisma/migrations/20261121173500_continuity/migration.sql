-- AlterTable
ALTER TABLE "streams" ADD COLUMN     "end_on_unpublish" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "takeover" TEXT NOT NULL DEFAULT 'takeover';

-- AlterTable
ALTER TABLE "ingest_keys" ADD COLUMN     "role" TEXT NOT NULL DEFAULT 'primary';

-- AlterTable
ALTER TABLE "destinations" ADD COLUMN     "backup_after" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "resume" TEXT NOT NULL DEFAULT 'live';
