import { DESTINATION_ROWS } from './destinations.ts';
import { ENCODER_ROWS } from './encoders.ts';
import { HOST_ROWS } from './host.ts';
import { PROCESS_ROWS } from './processes.ts';
import type { Row } from './row.ts';
import { STORE_ROWS } from './stores.ts';

/** The fault matrix: 70 rows, in their order. */
export const ROWS: readonly Row[] = [
  ...DESTINATION_ROWS,
  ...ENCODER_ROWS,
  ...PROCESS_ROWS,
  ...STORE_ROWS,
  ...HOST_ROWS,
].toSorted((one, other) => one.number - other.number);

/** Throws where there is no such row: a test may only show what the table promises. */
export function rowOf(number: number): Row {
  const row = ROWS.find((each) => each.number === number);
  if (row === undefined) throw new Error(`the fault matrix has no row ${number}`);
  return row;
}
