import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LaneReport } from '#lanes';
import { untilListening } from './listening.ts';

type Report = (lane: number, report: LaneReport) => void;

describe('untilListening', () => {
  let other: Server;
  let takenPort: number;

  beforeEach(async () => {
    other = createServer().listen({ host: '127.0.0.1', port: 0 });
    await once(other, 'listening');
    takenPort = (other.address() as AddressInfo).port;
  });

  afterEach(() => {
    other.close();
  });

  const off = { bindHost: '127.0.0.1', rtmpPort: 0, rtmpsPort: 0 };

  it('says in one sentence which port is taken, before any lane starts', async () => {
    let started = false;
    const start = () => {
      started = true;
    };
    const fault = untilListening({ ...off, rtmpsPort: takenPort }, 1, start);
    await expect(fault).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message:
        `cannot listen on 127.0.0.1 port ${takenPort} (BIND_HOST, RTMPS_PORT): ` +
        'another program listens there already',
    });
    expect(started).toBe(false);
  });

  it('says when the address is not this machine’s', async () => {
    const settings = { ...off, bindHost: '192.0.2.1', rtmpPort: takenPort };
    await expect(untilListening(settings, 1, () => undefined)).rejects.toThrow(
      'this machine has no such address',
    );
  });

  it('waits for every lane, however often one of them says it', async () => {
    let isDone = false;
    const started = Promise.withResolvers<Report>();
    const done = untilListening(off, 2, started.resolve).then(() => {
      isDone = true;
    });
    const report = await started.promise;
    report(0, { kind: 'listening' });
    report(0, { kind: 'listening' });
    await Promise.resolve();
    expect(isDone).toBe(false);
    report(1, { kind: 'listening' });
    await done;
  });

  it('fails with the first lane that cannot', async () => {
    const done = untilListening(off, 2, (onReport) => {
      onReport(0, { kind: 'listening' });
      onReport(1, { kind: 'listen-failed', port: 1935, code: 'EACCES' });
    });
    await expect(done).rejects.toThrow('Lane 1 cannot listen on port 1935 (EACCES).');
  });
});
