import { describe, expect, it } from 'vitest';
import { serverAdvice } from './server-advice.ts';

const at = (host: string) => ({
  rtmpUrl: `rtmp://${host}:1935/live`,
  rtmpsUrl: `rtmps://${host}:1936/live`,
});
const labels = (ingest: Parameters<typeof serverAdvice>[0]): readonly string[] =>
  serverAdvice(ingest).servers.map(({ label }) => label);

describe('the server that an encoder should use', () => {
  it.each(['localhost', 'LOCALHOST', 'obs.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])(
    'is the plain one on this machine, and it is said why: %s',
    (host) => {
      expect(labels(at(host))).toEqual(['Server (RTMP)', 'Server (RTMPS)']);
      expect(serverAdvice(at(host)).why).toContain('OBS refuses');
    },
  );

  it.each(['live.example.com', '192.168.1.20', 'localhost.example.com', '128.0.0.1', '[fe80::1]'])(
    'is the encrypted one elsewhere: %s',
    (host) => {
      expect(labels(at(host))).toEqual(['Server (RTMPS)', 'Server (RTMP)']);
    },
  );

  it('is the one that there is', () => {
    const { rtmpUrl, rtmpsUrl } = at('localhost');
    expect(labels({ rtmpUrl: null, rtmpsUrl })).toEqual(['Server (RTMPS)']);
    expect(serverAdvice({ rtmpUrl: null, rtmpsUrl }).why).not.toContain('plain RTMP is safe');
    expect(labels({ rtmpUrl, rtmpsUrl: null })).toEqual(['Server (RTMP)']);
    expect(labels({ rtmpUrl: null, rtmpsUrl: null })).toEqual([]);
    const plain = serverAdvice({ rtmpUrl: 'rtmp://live.example.com/live', rtmpsUrl: null });
    expect(plain.why).toContain('not encrypted');
  });
});
