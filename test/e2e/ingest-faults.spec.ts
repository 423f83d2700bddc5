import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningProgram } from '#testing';
import { mediaSource, publishWithFfmpeg, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';

const CLOSED_WITHIN_MS = 8000;

describe('an encoder that is not welcome', () => {
  let forkcast: Forkcast;
  let source: string;

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start(), mediaSource()]);
  });

  afterAll(() => forkcast.close());

  it.each(['rtmp', 'rtmps'] as const)('is denied a wrong key over %s', async (scheme) => {
    const port = scheme === 'rtmp' ? forkcast.rtmpPort : forkcast.rtmpsPort;
    const url = `${scheme}://localhost:${port}/live/fc_wrong_key_of_an_encoder`;
    const publisher = publishWithFfmpeg({ url, file: source });
    const { code } = await publisher.ended;
    expect(code).not.toBe(0);
    expect(publisher.stderr).toMatch(/Denied|denied|Server error/);
    expect(forkcast.output).not.toContain('fc_wrong_key_of_an_encoder');
  });

  it('does not take the place of one that is sending, where the stream says so', async () => {
    const wish = { name: 'taken', graceSeconds: 0, takeover: 'reject' } as const;
    const stream = await forkcast.api.createStream(wish);
    const url = forkcast.publishUrl(stream);
    const first = publishWithFfmpeg({ url, file: source });
    await forkcast.stream(stream.id, 'live');
    const second = publishWithFfmpeg({ url, file: source });
    expect((await second.ended).code).not.toBe(0);
    expect(first.isRunning).toBe(true);
    expect((await forkcast.api.status(stream.id)).state).toBe('live');
    await first.stop();
  });

  it('takes the place of an encoder that has fallen silent', async () => {
    const stream = await forkcast.api.createStream({ name: 'silent', graceSeconds: 0 });
    const url = forkcast.publishUrl(stream);
    const connectedAt = async () => (await forkcast.api.status(stream.id)).ingest?.connectedAt;
    const first = publishWithFfmpeg({ url, file: source });
    const before = await waitFor('the first is shown', connectedAt, 10_000);
    first.signal('SIGSTOP');
    let second: RunningProgram | undefined;
    const isTaken = async () => {
      if (second?.isRunning !== true) second = publishWithFfmpeg({ url, file: source });
      const now = await connectedAt();
      return now !== undefined && now !== before;
    };
    await waitFor('the newcomer is shown', isTaken, 15_000);
    await first.kill();
    expect((await forkcast.api.status(stream.id)).state).toBe('live');
    await second?.stop();
  });

  const strangers = [
    ['TLS on the RTMP port', 'rtmp', Buffer.from('16030100c8010000c40303', 'hex')],
    ['HTTP on the RTMP port', 'rtmp', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['garbage on the RTMP port', 'rtmp', Buffer.alloc(4096, 0xa5)],
    ['plain RTMP on the RTMPS port', 'rtmps-port-in-plain', Buffer.alloc(1537, 3)],
    ['HTTP inside TLS on the RTMPS port', 'rtmps', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ] as const;

  it.each(strangers)('closes %s at once, with one line of log', async (_name, where, bytes) => {
    const socket = await connectTo(where);
    const lines = logLines();
    socket.write(bytes);
    const closed = once(socket, 'close', { signal: AbortSignal.timeout(CLOSED_WITHIN_MS) });
    socket.resume();
    await closed;
    await waitFor('the closing is in the log', () => logLines() > lines, 5000);
    expect(logLines()).toBe(lines + 1);
  });

  function logLines(): number {
    return forkcast.output.split('\n').filter((line) => line.includes('"app":"relay"')).length;
  }

  async function connectTo(where: 'rtmp' | 'rtmps' | 'rtmps-port-in-plain'): Promise<Socket> {
    const host = '127.0.0.1';
    const socket =
      where === 'rtmps'
        ? connectTls({ host, port: forkcast.rtmpsPort, rejectUnauthorized: false })
        : connectPlain({ host, port: where === 'rtmp' ? forkcast.rtmpPort : forkcast.rtmpsPort });
    socket.on('error', () => undefined);
    await once(socket, where === 'rtmps' ? 'secureConnect' : 'connect');
    return socket;
  }
});
