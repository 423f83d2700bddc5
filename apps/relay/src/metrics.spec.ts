import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetricsServer, type RelayFigures, type RelayStanding } from './metrics.ts';

const figures = {
  streamsLive: 2,
  streamsInGrace: 1,
  pushesByState: new Map([
    ['live', 3],
    ['retrying', 1],
  ]),
  historyWaiting: 4,
  historyDropped: 5,
  statisticsWaiting: 6,
  statisticsDropped: 7,
  lanesLost: 6,
  bytesOut: 1_000,
  ringBytes: 7,
  memoryBudgetBytes: 9,
  memoryLeftBytes: 8,
  certificateExpiresAtMs: 1_900_000_000_123,
};

const delaysMs = new Map([
  ['main', 2],
  ['lane-0', 1_250],
]);

describe('MetricsServer', () => {
  let now: RelayFigures;
  let server: MetricsServer;
  let port: number;
  let standing: RelayStanding;

  beforeEach(async () => {
    now = figures;
    standing = 'ready';
    server = new MetricsServer(
      () => now,
      () => delaysMs,
      () => standing,
    );
    port = await server.listen('127.0.0.1', 0);
  });

  afterEach(() => {
    server.close();
  });

  const scrape = async (path = '/metrics'): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`);

  it('tells what is so at the moment of the scrape', async () => {
    const text = await (await scrape()).text();
    expect(text).toContain('forkcast_streams_live 2');
    expect(text).toContain('forkcast_pushes{state="live"} 3');
    expect(text).toContain('forkcast_ring_bytes 7');
    expect(text).toContain('forkcast_memory_budget_bytes 9');
    expect(text).toContain('forkcast_memory_left_bytes 8');
    expect(text).toContain('forkcast_certificate_expires_timestamp_seconds 1900000000');
    expect(text).toContain('forkcast_bytes_out_total 1000');
    expect(text).toContain('forkcast_event_loop_delay_max_seconds{thread="main"} 0.002');
    expect(text).toContain('forkcast_event_loop_delay_max_seconds{thread="lane-0"} 1.25');
    now = { ...figures, pushesByState: new Map([['live', 1]]), bytesOut: 1_500 };
    const later = await (await scrape()).text();
    expect(later).toContain('forkcast_pushes{state="live"} 1');
    expect(later).not.toContain('retrying');
    expect(later).toContain('forkcast_bytes_out_total 1500');
  });

  it('says that it is alive, and whether encoders may come', async () => {
    const said = async (path: string) => {
      const answer = await scrape(path);
      return [answer.status, await answer.json()];
    };
    expect(await said('/readyz')).toEqual([200, { status: 'ready' }]);
    for (standing of ['starting', 'draining'] as const) {
      expect(await said('/readyz')).toEqual([503, { status: standing }]);
      expect(await said('/healthz')).toEqual([200, { status: 'ok' }]);
    }
  });

  it('answers nothing else', async () => {
    expect((await scrape('/')).status).toBe(404);
  });

  it('says in one sentence that its port is taken', async () => {
    const second = new MetricsServer(
      () => now,
      () => delaysMs,
      () => standing,
    );
    await expect(second.listen('127.0.0.1', port)).rejects.toThrow(
      `cannot listen on 127.0.0.1 port ${port} (METRICS_HOST, METRICS_PORT): ` +
        'another program listens there already',
    );
  });
});
