import type { TestCertificates } from '#testing';
import type { SinkPorts } from '../load/sinks.process.ts';
import type { Address } from '../load/publisher.ts';
import type { Scenario, ServerName } from '../scenarios.ts';

/** What a server is started for. */
export interface ServerPlan {
  readonly scenario: Scenario;
  readonly sinks: SinkPorts;
  /** Its own, and empty. */
  readonly directory: string;
  readonly certificates: TestCertificates;
}

/** A server under test that runs. */
export interface RunningServer {
  /** Where the encoders publish, one address for each stream; empty where it makes its own. */
  readonly publishTo: readonly Address[];
  /** The processes whose cost is its cost, each with all that it starts. */
  roots(): Promise<readonly number[]>;
  /** Processes that it could not do without, whose cost is told apart. */
  companions(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

export interface Server {
  readonly name: ServerName;
  /** Of a scenario's destinations it serves no more than so many; their cost is in proportion. */
  readonly destinationsMax: number;
  /** As it is called in the table, where it depends on the scenario. */
  title(scenario: Scenario): string;
  start(plan: ServerPlan): Promise<RunningServer>;
}

/** The name by which a sink knows a destination: the digits at its end are its number. */
export function destinationName(stream: number, destination: number): string {
  return `s${stream}d${destination}`;
}

export function streamName(stream: number): string {
  return `s${stream}`;
}

export function eachStream<Result>(scenario: Scenario, make: (stream: number) => Result): Result[] {
  return Array.from({ length: scenario.streams }, (_, stream) => make(stream));
}

export function eachDestination<Result>(
  scenario: Scenario,
  make: (destination: number) => Result,
): Result[] {
  return Array.from({ length: scenario.destinations }, (_, destination) => make(destination));
}
