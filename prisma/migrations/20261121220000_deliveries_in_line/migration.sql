-- Each endpoint's line: what it still has to hear, in order. Most deliveries are done, and the index
-- over all of them is walked past every one to find the first that is not. Prisma knows no partial
-- index.
CREATE INDEX "webhook_deliveries_line_idx" ON "webhook_deliveries"("endpoint_id", "sequence") WHERE "state" = 'pending';
