import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readApiEnvironment } from '../../apps/api/src/env.ts';
import { readRelayEnvironment } from '../../apps/relay/src/env.ts';
import { APP_OPTIONS } from './app-plan.ts';

const STORES = {
  DATABASE_URL: 'postgres://forkcast@127.0.0.1/forkcast',
  REDIS_URL: 'redis://127.0.0.1',
};
/** Below it only root may listen. */
const PORT_MIN = 1024;

describe('one of our processes', () => {
  it('writes no secret of its environment into a report', () => {
    const canary = 'c4n4ry-of-the-environment';
    const program = 'process.stdout.write(JSON.stringify(process.report.getReport()))';
    const report = execFileSync(process.execPath, [...APP_OPTIONS, '-e', program], {
      encoding: 'utf8',
      env: { FORKCAST_MASTER_KEY: canary },
    });
    expect(report).toContain('javascriptHeap');
    expect(report).not.toContain(canary);
  });

  it('writes no snapshot of its memory by itself', () => {
    const dumps = /heapsnapshot|heap-prof|report-on|report-uncaught|abort-on-uncaught/;
    expect(APP_OPTIONS.filter((option) => dumps.test(option))).toEqual([]);
  });

  it('asks for no port that only root may open', () => {
    const { HTTP_PORT } = readApiEnvironment(STORES);
    const { RTMP_PORT, RTMPS_PORT } = readRelayEnvironment(STORES);
    for (const port of [HTTP_PORT, RTMP_PORT, RTMPS_PORT]) {
      expect(port).toBeGreaterThanOrEqual(PORT_MIN);
    }
  });
});
