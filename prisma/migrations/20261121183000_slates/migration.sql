-- CreateTable
CREATE TABLE "slates" (
    "stream_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "image" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slates_pkey" PRIMARY KEY ("stream_id")
);

-- AddForeignKey
ALTER TABLE "slates" ADD CONSTRAINT "slates_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "streams"("id") ON DELETE CASCADE ON UPDATE CASCADE;
