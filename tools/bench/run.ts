import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor, type TestCertificates } from '#testing';
import { LoadProcess } from './load/conversation.ts';
import type { EncodersOrder } from './load/encoders.process.ts';
import type { LatencyFigures } from './load/latencies.ts';
import type { SinkFigures, SinkPorts, SinksOrder } from './load/sinks.process.ts';
import type { RunningServer, Server } from './peers/server.ts';
import { cpuMsBetween, readCost } from './process-cost.ts';
import type { Scenario } from './scenarios.ts';

const LOAD = join(import.meta.dirname, 'load');
/** A relay lets pushes dial one after the other; five hundred take a minute. */
const EVERYBODY_RECEIVES_WITHIN_MS = 180_000;

export interface RunOptions {
  readonly directory: string;
  readonly certificates: TestCertificates;
  /** Between everybody receiving and the measurement: compilers warm up, buffers fill. */
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What one server cost and did under one load. */
export interface RunFigures {
  readonly cpuMs: number;
  readonly companionsCpuMs: number;
  readonly elapsedMs: number;
  readonly memoryBytes: number;
  readonly bytesOut: number;
  readonly latency: LatencyFigures;
  readonly framesLost: number;
  readonly timesBack: number;
  readonly readsPerSecond: number;
  /** Destinations that received to the end, of those that were to. */
  readonly receiving: number;
}

/** Starts everything, measures, ends everything. Throws when a destination receives nothing. */
export async function run(
  server: Server,
  wanted: Scenario,
  options: RunOptions,
): Promise<RunFigures> {
  const destinations = Math.min(wanted.destinations, server.destinationsMax);
  const scenario = { ...wanted, destinations };
  const directory = join(options.directory, server.name);
  await rm(directory, { recursive: true, force: true });
  const sinks = new LoadProcess<SinksOrder>(join(LOAD, 'sinks.process.ts'));
  const encoders = new LoadProcess<EncodersOrder>(join(LOAD, 'encoders.process.ts'));
  let running: RunningServer | undefined;
  try {
    const { certificates } = options;
    const { certificate, privateKey } = certificates;
    const ports = await sinks.ask<SinkPorts>({ kind: 'listen', certificate, privateKey });
    running = await server.start({ scenario, sinks: ports, directory, certificates });
    const { kbps, chunkBytes } = scenario;
    const addresses = running.publishTo;
    await encoders.ask({ kind: 'publish', addresses, kbps, chunkBytes });
    await everybodyReceives(sinks, scenario);
    return await measure(running, sinks, scenario, options);
  } finally {
    await encoders.stop();
    await running?.stop();
    await sinks.stop();
  }
}

function everybodyReceives(sinks: LoadProcess<SinksOrder>, scenario: Scenario): Promise<unknown> {
  const wanted = scenario.streams * scenario.destinations;
  const look = async (): Promise<true> => {
    const receiving = await sinks.ask<number>({ kind: 'count' });
    if (receiving >= wanted) return true;
    throw new Error(`${receiving} of ${wanted} destinations receive`);
  };
  return waitFor('every destination receives', look, EVERYBODY_RECEIVES_WITHIN_MS);
}

async function measure(
  running: RunningServer,
  sinks: LoadProcess<SinksOrder>,
  scenario: Scenario,
  { warmUpMs, measureMs }: RunOptions,
): Promise<RunFigures> {
  await delay(warmUpMs);
  if (scenario.frozen > 0) await sinks.ask({ kind: 'freeze', below: scenario.frozen });
  const roots = await running.roots();
  const companions = await running.companions();
  await sinks.ask({ kind: 'begin' });
  const beganAtMs = performance.now();
  const before = await readCost(roots);
  const companionsBefore = await readCost(companions);
  await delay(measureMs);
  const after = await readCost(roots);
  const companionsAfter = await readCost(companions);
  const elapsedMs = performance.now() - beganAtMs;
  const figures = await sinks.ask<SinkFigures>({ kind: 'end' });
  return {
    cpuMs: cpuMsBetween(before, after),
    companionsCpuMs: cpuMsBetween(companionsBefore, companionsAfter),
    elapsedMs,
    memoryBytes: after.memoryBytes,
    bytesOut: figures.bytes,
    latency: figures.latency,
    framesLost: figures.framesLost,
    timesBack: figures.timesBack,
    readsPerSecond: figures.readsPerSecond,
    receiving: figures.connections,
  };
}
