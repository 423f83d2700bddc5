import { describe, expect, it } from 'vitest';
import { newId } from './new-id.ts';
import { decodeCursor, encodeCursor, readPage } from './page-cursor.ts';

const rows = [1, 2, 3].map((ms) => ({ id: newId(ms), at: new Date(ms) }));
const read = async (after: { id: string } | undefined, take: number) => {
  const start = after === undefined ? 0 : rows.findIndex(({ id }) => id === after.id) + 1;
  return rows.slice(start, start + take);
};

describe('readPage', () => {
  it('walks a list to its end without losing or repeating a row', async () => {
    const first = await readPage({ limit: 2 }, ({ at }) => at, read);
    expect(first.items).toEqual(rows.slice(0, 2));
    const cursor = first.nextCursor ?? '';
    const second = await readPage({ limit: 2, cursor }, ({ at }) => at, read);
    expect(second).toEqual({ items: rows.slice(2), nextCursor: null });
  });

  it('gives no cursor when the last row just fits', async () => {
    expect((await readPage({ limit: 3 }, ({ at }) => at, read)).nextCursor).toBeNull();
  });
});

describe('cursors', () => {
  it('keep their place to the millisecond', () => {
    const place = { at: new Date('2026-11-20T12:34:56.789Z'), id: newId() };
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  it.each([
    '',
    'x',
    '%%%',
    Buffer.from('1.2').toString('base64url'),
    encodeCursorOf('9'.repeat(17)),
  ])('refuse %j with a code', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
  });
});

function encodeCursorOf(ms: string): string {
  return Buffer.from(`${ms}.${newId()}`).toString('base64url');
}
