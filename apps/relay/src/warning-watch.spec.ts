import { describe, expect, it } from 'vitest';
import { CALM_AFTER_MS, WARN_AFTER_MS, WarningWatch, type FoundWarning } from './warning-watch.ts';

const WALL_MS = Date.parse('2026-11-21T12:00:00Z');

const high: FoundWarning = {
  code: 'BITRATE_HIGH',
  message: 'Too much.',
  limit: 6_000,
  measured: 7_000,
  destinationIds: ['one'],
};

/** Looks each second from `fromMs` to `toMs`, and gives what each look told. */
function lookOn(
  watch: WarningWatch,
  found: readonly FoundWarning[],
  fromMs: number,
  toMs: number,
): string[] {
  const told: string[] = [];
  for (let ms = fromMs; ms <= toMs; ms += 1_000) {
    const { begun, over } = watch.look(found, ms, WALL_MS + ms);
    for (const { code } of begun) told.push(`${ms} ${code} begun`);
    for (const { code } of over) told.push(`${ms} ${code} over`);
  }
  return told;
}

describe('WarningWatch', () => {
  it('says a thing once it has lasted, with when it began', () => {
    const watch = new WarningWatch();
    expect(lookOn(watch, [high], 0, WARN_AFTER_MS - 1_000)).toEqual([]);
    expect(watch.warnings).toEqual([]);
    expect(lookOn(watch, [high], WARN_AFTER_MS, 20_000)).toEqual([
      `${WARN_AFTER_MS} BITRATE_HIGH begun`,
    ]);
    expect(watch.warnings).toMatchObject([{ ...high, sinceAt: '2026-11-21T12:00:00.000Z' }]);
  });

  it('does not mind a swing', () => {
    const watch = new WarningWatch();
    const told = [
      ...lookOn(watch, [high], 0, 2_000),
      ...lookOn(watch, [], 3_000, 3_000),
      ...lookOn(watch, [high], 4_000, 6_000),
    ];
    expect(told).toEqual([]);
  });

  it('keeps on saying it until it has been gone for long enough', () => {
    const watch = new WarningWatch();
    lookOn(watch, [high], 0, 3_000);
    const lastMs = 3_000 + CALM_AFTER_MS;
    expect(lookOn(watch, [], 4_000, lastMs - 1_000)).toEqual([]);
    expect(watch.warnings).toHaveLength(1);
    expect(lookOn(watch, [], lastMs, lastMs)).toEqual([`${lastMs} BITRATE_HIGH over`]);
    expect(watch.warnings).toEqual([]);
  });

  it('takes what comes back meanwhile for the same, as it is measured now', () => {
    const watch = new WarningWatch();
    lookOn(watch, [high], 0, 3_000);
    lookOn(watch, [], 4_000, 12_000);
    expect(lookOn(watch, [{ ...high, measured: 8_000 }], 13_000, 30_000)).toEqual([]);
    expect(watch.warnings).toMatchObject([
      { measured: 8_000, sinceAt: '2026-11-21T12:00:00.000Z' },
    ]);
  });

  it('tells faults of different destinations apart', () => {
    const watch = new WarningWatch();
    const other = { ...high, destinationIds: ['two'] };
    lookOn(watch, [high], 0, 3_000);
    expect(lookOn(watch, [high, other], 4_000, 7_000)).toEqual(['7000 BITRATE_HIGH begun']);
  });
});
