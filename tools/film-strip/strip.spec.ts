import { describe, expect, it } from 'vitest';
import type { SpliceRun } from '#testing';
import { stripFilter, stripOf } from './strip.ts';

const RUNS: readonly SpliceRun[] = [
  { kind: 'source', source: 'a', frame: 30, last: 131, frames: 100 },
  { kind: 'held', source: 'a', frame: 131, last: 131, frames: 40 },
  { kind: 'held', source: 'a', frame: 90, last: 90, frames: 2 },
  { kind: 'source', source: 'b', frame: 60, last: 79, frames: 20 },
];

describe('a film strip', () => {
  const strip = stripOf(RUNS);

  it('shows the end of the first run, both ends of what was held, and the new beginning', () => {
    const rows = [
      [94, 95, 96, 97, 98, 99],
      [100, 101, 102, 137, 138, 139],
      [142, 143, 144, 145, 146, 147],
    ];
    expect(strip.map(({ index }) => index)).toEqual(rows.flat());
  });

  it('says what each picture is', () => {
    expect(strip[5]?.caption).toBe('frame 131 of a');
    expect(strip[11]?.caption).toBe('frame 131 of a, held, 40');
    expect(strip[12]?.caption).toBe('frame 60 of b');
  });

  it('is made by ffmpeg in one go, with a colour for each run', () => {
    const filter = stripFilter(strip);
    expect(filter).toMatch(/^select='eq\(n,94\)\+.*\+eq\(n,147\)',scale=320:-2,/);
    expect(filter.match(/drawbox=color=\w+/g)).toHaveLength(3);
    expect(filter).toMatch(/,tile=6x3$/);
  });

  it('leaves out a run that is shorter than a row', () => {
    const run = { kind: 'source', source: 'a', frame: 0, last: 4, frames: 5 } as const;
    expect(stripOf([run])).toEqual([]);
    expect(stripOf([{ ...run, last: 5, frames: 6 }])).toHaveLength(6);
  });
});
