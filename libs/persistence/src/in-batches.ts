/** Rows deleted by one statement, so that each stays well within its deadline. */
const BATCH_ROWS = 2_000;
/** Statements of one round at most; what is left waits for the next round. */
const BATCHES_MAX = 500;

/** Removes until a batch is not full; gives how many rows are gone. */
export async function inBatches(
  removeBatch: (rowsMax: number) => PromiseLike<number>,
): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const rows = await removeBatch(BATCH_ROWS);
    removed += rows;
    if (rows < BATCH_ROWS) break;
  }
  return removed;
}
