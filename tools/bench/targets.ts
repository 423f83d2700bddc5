import { cpuPercent, cpuSecondsPerGbit, type Results } from './figures.ts';
import type { RunFigures } from './run.ts';
import type { ScenarioName, ServerName } from './scenarios.ts';

export interface Verdict {
  readonly target: string;
  readonly limit: number;
  readonly unit: string;
  /** Undefined: what it is reckoned from was not measured. */
  readonly value: number | undefined;
  readonly isMet: boolean | undefined;
}

interface Target {
  readonly target: string;
  readonly limit: number;
  readonly unit: string;
  readonly value: (results: Results) => number | undefined;
}

/** What a ring holds of a stream of 3 Mbit/s: twelve seconds. */
const RING_MEGABYTES_AT_3_MBITS = (3 / 8) * 12;
const FURTHER_DESTINATION_MEGABYTES = 0.2;

const p99Ms = ({ latency }: RunFigures): number => latency.p99Ms;
const memoryBytes = (figures: RunFigures): number => figures.memoryBytes;

/** CPU per Gbit against another server under the same load, round by round. */
function against(scenario: ScenarioName, other: ServerName, limit: number, name: string): Target {
  return {
    target: `${scenario}: CPU per Gbit against ${name}`,
    limit,
    unit: '×',
    value: (results) => results.ratio(scenario, 'forkcast', other, cpuSecondsPerGbit),
  };
}

function latency(scenario: ScenarioName, limit: number): Target {
  return {
    target: `${scenario}: added latency, p99`,
    limit,
    unit: 'ms',
    value: (results) => results.median(scenario, 'forkcast', p99Ms),
  };
}

function ingest(scenario: ScenarioName): Target {
  return {
    target: `${scenario}: of a core, per stream`,
    limit: 2,
    unit: '%',
    value: (results) => divided(results.median(scenario, 'forkcast', cpuPercent), 10),
  };
}

const TARGETS: readonly Target[] = [
  against('1×50 RTMP', 'nginx-rtmp', 0.9, 'nginx-rtmp'),
  latency('1×50 RTMP', 35),
  against('1×200 RTMP', 'nginx-rtmp', 0.6, 'nginx-rtmp'),
  latency('1×200 RTMP', 37),
  latency('1×3 RTMP', 10),
  {
    target: '1×3 RTMP: of a core',
    limit: 1.5,
    unit: '%',
    value: (results) => results.median('1×3 RTMP', 'forkcast', cpuPercent),
  },
  against('100×3 RTMP', 'nginx-rtmp', 0.9, 'nginx-rtmp'),
  against('1×50 RTMPS', 'nginx-rtmp', 0.15, 'nginx-rtmp and stunnel'),
  against('1×50 RTMPS', 'ffmpeg', 1 / 40, 'one ffmpeg per destination'),
  against('1×50 RTMP', 'floor', 1.3, 'bare Node writes'),
  against('1×200 RTMP', 'floor', 1.3, 'bare Node writes'),
  against('1×50 RTMPS', 'floor', 1.3, 'bare Node TLS writes'),
  {
    target: '1×500 RTMP: CPU per destination against 1×50',
    limit: 1.15,
    unit: '×',
    value: (results) =>
      divided(
        results.median('1×500 RTMP', 'forkcast', cpuSecondsPerGbit),
        results.median('1×50 RTMP', 'forkcast', cpuSecondsPerGbit),
      ),
  },
  {
    target: 'memory of a further destination (200 against 50)',
    limit: FURTHER_DESTINATION_MEGABYTES,
    unit: 'MB',
    value: (results) => growth(results, '1×200 RTMP', '1×50 RTMP', 150),
  },
  {
    target: 'memory of a further stream of 3 Mbit/s with 3 destinations (100 against 1)',
    limit: RING_MEGABYTES_AT_3_MBITS + 2 + 2 * FURTHER_DESTINATION_MEGABYTES,
    unit: 'MB',
    value: (results) => growth(results, '100×3 RTMP', '1×3 RTMP', 99),
  },
  latency('1×50 RTMP with 10 frozen', 35),
  {
    target: '1×50 RTMP with 10 frozen: frames that the other 40 lost',
    limit: 0,
    unit: 'frames',
    value: (results) =>
      results.median('1×50 RTMP with 10 frozen', 'forkcast', ({ framesLost }) => framesLost),
  },
  ingest('10 ingests in 4096-byte chunks'),
  ingest('10 ingests in 128-byte chunks'),
];

/** Every target with what was measured. */
export function judge(results: Results): Verdict[] {
  return TARGETS.map(({ target, limit, unit, value }) => {
    const measured = value(results);
    const isMet = measured === undefined ? undefined : measured <= limit;
    return { target, limit, unit, value: measured, isMet };
  });
}

function divided(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined ? undefined : value / by;
}

/** In megabytes for each of so many more. */
function growth(
  results: Results,
  larger: ScenarioName,
  smaller: ScenarioName,
  more: number,
): number | undefined {
  const large = results.median(larger, 'forkcast', memoryBytes);
  const small = results.median(smaller, 'forkcast', memoryBytes);
  if (large === undefined || small === undefined) return undefined;
  return (large - small) / more / 1e6;
}
