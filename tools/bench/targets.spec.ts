import { describe, expect, it } from 'vitest';
import { resultsOf, row } from './figures.fixture.ts';
import type { Row } from './figures.ts';
import { judge } from './targets.ts';

const verdict = (name: RegExp, ...rows: readonly Row[]) =>
  judge(resultsOf(...rows)).find(({ target }) => name.test(target));

describe('a target', () => {
  it('is met at its limit and missed beyond it', () => {
    const against = (cpuMs: number) =>
      verdict(
        /^1×50 RTMP: .* nginx-rtmp$/,
        row('1×50 RTMP', 'forkcast', { cpuMs }),
        row('1×50 RTMP', 'nginx-rtmp', { cpuMs: 100 }),
      );
    expect(against(90)).toMatchObject({ isMet: true });
    expect(against(91)).toMatchObject({ isMet: false });
  });

  it('is not judged where something was not measured', () => {
    const alone = verdict(/nginx-rtmp$/, row('1×50 RTMP', 'forkcast', {}));
    expect(alone).toMatchObject({ value: undefined, isMet: undefined });
  });

  it('reckons the memory of further destinations and streams', () => {
    const rows = [
      row('1×3 RTMP', 'forkcast', { memoryBytes: 60e6 }),
      row('1×50 RTMP', 'forkcast', { memoryBytes: 65e6 }),
      row('1×200 RTMP', 'forkcast', { memoryBytes: 80e6 }),
      row('100×3 RTMP', 'forkcast', { memoryBytes: 60e6 + 99 * 7e6 }),
    ];
    expect(verdict(/further destination/, ...rows)).toMatchObject({ value: 0.1, isMet: true });
    expect(verdict(/further stream/, ...rows)).toMatchObject({ value: 7, isMet: false });
  });

  it('wants nothing lost beside frozen destinations', () => {
    const frozen = (framesLost: number) =>
      verdict(/lost/, row('1×50 RTMP with 10 frozen', 'forkcast', { framesLost }));
    expect(frozen(0)).toMatchObject({ isMet: true });
    expect(frozen(1)).toMatchObject({ isMet: false });
  });

  it('counts an ingest per stream', () => {
    const ingest = verdict(
      /^10 ingests in 128/,
      row('10 ingests in 128-byte chunks', 'forkcast', { cpuMs: 150 }),
    );
    expect(ingest).toMatchObject({ value: 1.5, isMet: true });
  });
});
