import { makeTestCertificates, temporaryDirectory } from '#testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floorServer } from './peers/floor-server.ts';
import type { RunOptions } from './run.ts';
import { run } from './run.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

const SCENARIO: Scenario = { ...SCENARIOS[0], kbps: 2_000 };

let options: RunOptions;
let remove: () => Promise<void>;

beforeAll(async () => {
  const directory = await temporaryDirectory();
  remove = directory.remove;
  const certificates = await makeTestCertificates();
  options = { directory: directory.path, certificates, warmUpMs: 0, measureMs: 1_000 };
});

afterAll(() => remove());

describe('a run with the least of servers', () => {
  it.each([false, true])('counts what it cost and what arrived (TLS: %s)', async (secure) => {
    const figures = await run(floorServer, { ...SCENARIO, secure }, options);
    expect(figures).toMatchObject({ receiving: 3, framesLost: 0, timesBack: 0 });
    expect(figures.cpuMs).toBeGreaterThan(0);
    expect(figures.memoryBytes).toBeGreaterThan(1e6);
    expect(figures.latency.samples).toBeGreaterThan(0);
    expect(figures.latency.p50Ms).toBeLessThanOrEqual(figures.latency.maxMs);
    expect(figures.bytesOut).toBeGreaterThan(0);
  });

  it('does not count destinations that are frozen', async () => {
    const figures = await run(floorServer, { ...SCENARIO, frozen: 1 }, options);
    expect(figures).toMatchObject({ receiving: 2, framesLost: 0 });
  });
});
