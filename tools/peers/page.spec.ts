import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowOf } from '../../test/faults/matrix/rows.ts';
import { mergeKept, pageOf, readKept } from './page.ts';
import { PEER_ROWS } from './peer-rows.ts';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'peers.md');
const NGINX = { name: 'nginx-rtmp', version: '1', pushes: true } as const;
const NODE = { name: 'node-media-server', version: '1', pushes: false } as const;

function seen(row: number, words: string, isGood = true) {
  return { row, server: 'nginx-rtmp', isGood, words } as const;
}

describe('the page of peers', () => {
  it('is what was seen the last time (npm run peers -- --write writes both)', async () => {
    expect(await readFile(PAGE, 'utf8')).toBe(pageOf(await readKept()));
  });

  it('marks what was hoped for in vain, and says what was not asked', () => {
    const outcomes = [seen(1, 'is back'), seen(31, 'still open', false)];
    const page = pageOf([
      { ...NGINX, date: '2026-11-22', outcomes },
      { ...NODE, date: '2026-11-22', outcomes: [] },
    ]);
    expect(page).toContain(`| 1 | ${rowOf(1).fault} | is back | – |`);
    expect(page).toContain(`| 31 | ${rowOf(31).fault} | ! still open | not yet asked |`);
  });

  it('has only rows of the fault matrix, each once', () => {
    const numbers = PEER_ROWS.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(rowOf(number).number).toBe(number);
  });
});

describe('what is kept', () => {
  const date = '2026-11-22';
  const first = mergeKept([], {
    server: NGINX,
    date,
    outcomes: [seen(2, 'old'), seen(1, 'old')],
  });

  it('loses what was seen of a row when it ran again, and no other', () => {
    const [one] = mergeKept(first, { server: NGINX, date, outcomes: [seen(2, 'new')] });
    expect(one?.outcomes.map(({ words }) => words)).toEqual(['old', 'new']);
  });

  it('loses all that was seen of another version', () => {
    const server = { ...NGINX, version: '2' };
    const [one] = mergeKept(first, { server, date, outcomes: [seen(2, 'new')] });
    expect(one?.outcomes).toHaveLength(1);
  });
});
