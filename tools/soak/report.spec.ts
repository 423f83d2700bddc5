import { describe, expect, it } from 'vitest';
import { FAULT_NAMES } from './fault-kinds.ts';
import type { DoneFault } from './fault-runner.ts';
import type { Outcome } from './outcome.ts';
import { jsonOf, markdownOf } from './report.ts';
import { SERIES_NAMES } from './samples.ts';
import type { Sample } from './samples.ts';
import { judgeSlopes } from './verdicts.ts';

const DURATION_MS = 24 * 3_600_000;
const pids = { relay: 1, API: 2, worker: 3 };
const samples: Sample[] = Array.from({ length: DURATION_MS / 5_000 }, (_, look) => ({
  atMs: look * 5_000,
  values: Object.fromEntries(SERIES_NAMES.map((name) => [name, 100 + (look * 5) / 3_600])),
  pids,
}));
const fault = (number: number, outcome: DoneFault['outcome']): DoneFault => ({
  ...{ number, name: FAULT_NAMES[number % FAULT_NAMES.length]!, target: 'destination 1.3' },
  ...{ atMs: number * 10_000, forMs: 5_000, chance: 0.5, beganAtMs: number * 10_000, note: '' },
  ...{
    endedAtMs: number * 10_000 + 5_000,
    recoveredAtMs: 1,
    tookMs: 1_234,
    withinMs: 4_000,
    outcome,
  },
});
const outcome: Outcome = {
  ...{ date: '2026-11-22', commit: 'abc1234', machine: 'A machine', seed: 7 },
  ...{ durationMs: DURATION_MS, samples, ageMsMax: 41.5, stoppedInMs: 2_300, secretsSeen: '' },
  faults: [fault(1, 'as expected'), fault(2, 'late')],
  anomalies: [{ atMs: 61_000, who: 'destination 2.1', what: 'frame 9 after 7 | <b>', during: [2] }],
  witnesses: [{ label: 'destination 1.1', frames: 900, sessions: 2, splices: 1 }],
  streams: [{ label: 'stream 1', sentFrames: 901, breaks: 1, unsentBytesMax: 512 }],
  slopes: judgeSlopes(samples, DURATION_MS),
  status: { answers: 500, refusals: 3, contradictions: 2, longestWrongMs: 1_100 },
  log: { lines: 44, counts: [['relay warn: N', 3]] },
};

describe('the page of a soak', () => {
  const page = markdownOf(outcome, 'soak-2026-11-22.svg');

  it('says with which seed it can be seen again', () => {
    expect(page).toContain('npm run soak -- --minutes 1440 --seed 7');
    expect(page).toContain('![Curves of memory, file descriptors, delays and ages](soak-');
  });

  it('lists every anomaly with its time and the faults under way, as text', () => {
    expect(page).toMatch(/01:01 +\| destination 2\.1 \| frame 9 after 7 +b +\| 2 \S/);
  });

  it('has every kind of fault, done or not, and every figure', () => {
    for (const name of FAULT_NAMES) expect(page).toContain(`| ${name} `);
    for (const name of SERIES_NAMES) expect(page).toContain(`| ${name}`);
  });

  it('says what the slope of a leak is', () => {
    expect(page).toMatch(/\| relay RSS, MB .* 1\.0 +\| 0\.0 +\| ≤ 1 +\|/);
    expect(page).toMatch(/\| relay descriptors .*\| \*\*broken\*\* /);
  });

  it('owns that nothing was seen', () => {
    const quiet = markdownOf({ ...outcome, anomalies: [] }, 'x.svg');
    expect(quiet).toContain('## Anomalies\n\nNone.\n');
  });
});

describe('the figures of a soak', () => {
  it('are JSON of at most 200 kB, of a day as well', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => fault(index, 'as expected'));
    const text = jsonOf({ ...outcome, faults: many });
    expect(text.length).toBeLessThan(200_000);
    const figures = JSON.parse(text) as Record<string, unknown[]>;
    expect(figures['slopes']).toMatchObject({ rssBytesPerHour: 1_000_000, fdsPerHour: 1 });
    expect(figures['relay RSS']).toHaveLength(figures['seconds']?.length ?? 0);
  });
});
