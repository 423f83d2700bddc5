import { describe, expect, it } from 'vitest';
import { resultsOf, row } from './figures.fixture.ts';
import { markdownOf, rowLine, verdictLine } from './report.ts';

const MACHINE = {
  processor: 'Some CPU',
  cores: 2,
  memoryGibibytes: 24,
  system: 'Debian',
  kernel: '6.1',
  versions: { Forkcast: '1.0.0', nginx: '1.22' },
};
const VERDICT = { target: 'this', limit: 0.9, unit: '×', value: 0.45, isMet: true };

describe('the report', () => {
  it('says each row in one line', () => {
    expect(rowLine(row('1×50 RTMP', 'forkcast', {}))).toBe(
      '1×50 RTMP · forkcast · CPU s per Gbit 0.100 · % of a core 10.00 · ' +
        'latency p50 / p99 / max ms 1.0 / 2.0 / 3.0 · memory MB 50 · lost 0',
    );
    expect(rowLine(row('10 ingests in 128-byte chunks', 'forkcast', {}))).toBe(
      '10 ingests in 128-byte chunks · forkcast · % of a core 10.00 · memory MB 50',
    );
  });

  it('says each target as met or missed, with its share of the limit', () => {
    expect(verdictLine(VERDICT)).toBe('met · this: 0.45 × (at most 0.9 ×, 0.5 of it)');
    expect(verdictLine({ ...VERDICT, value: 1.8, isMet: false })).toMatch(/^MISSED · this: 1.8 ×/);
    expect(verdictLine({ ...VERDICT, value: undefined, isMet: undefined })).toMatch(
      /^not measured/,
    );
    expect(verdictLine({ ...VERDICT, limit: 0, value: 3, isMet: false })).toBe(
      'MISSED · this: 3 × (at most 0 ×)',
    );
  });

  it('is a page with machine, versions, figures and targets', () => {
    const results = resultsOf(row('1×50 RTMP', 'forkcast', {}), row('1×50 RTMP', 'floor', {}));
    const verdicts = [VERDICT, { ...VERDICT, target: 'that', isMet: false }];
    const page = markdownOf({
      date: '2026-01-01',
      command: 'npm run bench',
      machine: MACHINE,
      results,
      verdicts,
    });
    expect(page).toContain('Some CPU, 2 cores, 24 GiB, Debian, Linux 6.1. Forkcast 1.0.0, nginx');
    expect(page).toMatch(/\| 1×50 RTMP +\| forkcast +\| 0\.100 /);
    expect(page).toMatch(/\| this +\| 0\.9 × +\| 0\.45 × +\| met /);
    expect(page).toMatch(/\| that .*\*\*missed\*\*/);
    expect(page).toContain('took\n0.5 to 0.5 % of a core');
  });
});
