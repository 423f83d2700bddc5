import { Results, type Row } from './figures.ts';
import type { RunFigures } from './run.ts';
import { SCENARIOS, type ScenarioName, type ServerName } from './scenarios.ts';

/** One second in which a tenth of a core carried one Gbit. */
export const FIGURES: RunFigures = {
  cpuMs: 100,
  companionsCpuMs: 5,
  elapsedMs: 1_000,
  memoryBytes: 50e6,
  bytesOut: 125e6,
  latency: { samples: 60, p50Ms: 1, p99Ms: 2, maxMs: 3 },
  framesLost: 0,
  timesBack: 0,
  readsPerSecond: 30,
  receiving: 50,
};

export function row(
  name: ScenarioName,
  server: ServerName,
  ...rounds: readonly Partial<RunFigures>[]
): Row {
  const scenario = SCENARIOS.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return { scenario, server, title: server, rounds: rounds.map((one) => ({ ...FIGURES, ...one })) };
}

export function resultsOf(...rows: readonly Row[]): Results {
  return new Results(rows);
}
