import { isId } from './new-id.ts';
import { PersistenceError } from './persistence-error.ts';

/** Latest and earliest times that a Date can hold, in ms. */
const DATE_MS_MAX = 8_640_000_000_000_000;

/** A place in a list ordered by time, then id. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

export interface PageQuery {
  readonly limit: number;
  /** What the page before gave as `nextCursor`. */
  readonly cursor?: string | undefined;
}

export interface RecordPage<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/**
 * Reads a page: asks for one row more than wanted, to know whether there is a next page.
 * Rows that appear or vanish between two calls never shift the page, as an offset would.
 */
export async function readPage<Row extends { readonly id: string }>(
  query: PageQuery,
  timeOf: (row: Row) => Date,
  read: (after: Place | undefined, take: number) => Promise<readonly Row[]>,
): Promise<RecordPage<Row>> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const rows = await read(after, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const more = rows.length > items.length && last !== undefined;
  return { items, nextCursor: more ? encodeCursor({ at: timeOf(last), id: last.id }) : null };
}

export function encodeCursor({ at, id }: Place): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

/** @throws PersistenceError `CURSOR_INVALID`. */
export function decodeCursor(cursor: string): Place {
  const [msText = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const ms = /^-?\d{1,16}$/.test(msText) ? Number(msText) : Number.NaN;
  if (!(Math.abs(ms) <= DATE_MS_MAX) || !isId(id)) {
    throw new PersistenceError('CURSOR_INVALID', 'This cursor is not one that a list has given.');
  }
  return { at: new Date(ms), id };
}

/** The rows behind a place in a list that has the newest first, as a `where` of Prisma. */
export function earlierThan<Time extends string, Id extends string = 'id'>(
  time: Time,
  after: Place | undefined,
  id: Id = 'id' as Id,
) {
  if (after === undefined) return {};
  return { OR: [{ [time]: { lt: after.at } }, { [time]: after.at, [id]: { lt: after.id } }] };
}
