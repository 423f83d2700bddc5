-- DropIndex
DROP INDEX "broadcasts_node_id_ended_at_idx";

-- DropIndex
DROP INDEX "attempts_node_id_ended_at_idx";

-- CreateIndex
CREATE INDEX "broadcasts_ended_at_idx" ON "broadcasts"("ended_at");

-- CreateIndex
CREATE INDEX "attempts_ended_at_idx" ON "attempts"("ended_at");

-- CreateIndex
CREATE INDEX "events_at_idx" ON "events"("at");
