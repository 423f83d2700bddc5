import type { RunFigures } from './run.ts';
import type { Scenario, ScenarioName, ServerName } from './scenarios.ts';

/** All rounds of one server under one load. */
export interface Row {
  readonly scenario: Scenario;
  readonly server: ServerName;
  readonly title: string;
  readonly rounds: readonly RunFigures[];
}

const BITS_PER_BYTE = 8;

/** CPU seconds per Gbit that left the server; 0 where nothing did. */
export function cpuSecondsPerGbit({ cpuMs, bytesOut }: RunFigures): number {
  return bytesOut === 0 ? 0 : cpuMs / 1e3 / ((bytesOut * BITS_PER_BYTE) / 1e9);
}

/** Per cent of one core. */
export function cpuPercent({ cpuMs, elapsedMs }: RunFigures): number {
  return (cpuMs / elapsedMs) * 100;
}

export function companionsPercent({ companionsCpuMs, elapsedMs }: RunFigures): number {
  return (companionsCpuMs / elapsedMs) * 100;
}

export function megabytes({ memoryBytes }: RunFigures): number {
  return memoryBytes / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** What the rounds of a run came to; undefined for a load or server that was left out. */
export class Results {
  readonly rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.rows = rows;
  }

  median(
    scenario: ScenarioName,
    server: ServerName,
    figure: (figures: RunFigures) => number,
  ): number | undefined {
    const row = this.#row(scenario, server);
    return row === undefined ? undefined : median(row.rounds.map(figure));
  }

  /** Round by round, since these machines drift; the median of the rounds' ratios. */
  ratio(
    scenario: ScenarioName,
    server: ServerName,
    other: ServerName,
    figure: (figures: RunFigures) => number,
  ): number | undefined {
    const rounds = this.#row(scenario, server)?.rounds;
    const others = this.#row(scenario, other)?.rounds;
    if (rounds === undefined || others === undefined) return undefined;
    const pairs = rounds.flatMap((one, index) => {
      const against = others[index];
      return against === undefined ? [] : [figure(one) / figure(against)];
    });
    return median(pairs);
  }

  #row(scenario: ScenarioName, server: ServerName): Row | undefined {
    return this.rows.find((row) => row.scenario.name === scenario && row.server === server);
  }
}
