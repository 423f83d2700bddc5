import { describe, expect, it } from 'vitest';
import { serverAdvice } from './server-advice.ts';
import type { IngestAddress } from './server-advice.ts';

const at = (host: string, wanted: Partial<IngestAddress>): IngestAddress => ({
  rtmpUrl: `rtmp://${host}:1935/live`,
  rtmpsUrl: `rtmps://${host}:1936/live`,
  recommended: 'rtmp',
  certificate: 'self-made',
  ...wanted,
});
const labels = (ingest: IngestAddress): readonly string[] =>
  serverAdvice(ingest).servers.map(({ label }) => label);

describe('the server that an encoder should use', () => {
  it('is the one that the API recommends', () => {
    expect(labels(at('localhost', {}))).toEqual(['Server (RTMP)', 'Server (RTMPS)']);
    const trusted = at('live.example.com', { recommended: 'rtmps', certificate: 'trusted' });
    expect(labels(trusted)).toEqual(['Server (RTMPS)', 'Server (RTMP)']);
    expect(serverAdvice(trusted).why).not.toContain('OBS refuses');
  });

  it.each(['localhost', 'LOCALHOST', 'obs.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])(
    'is safe without encryption on this machine: %s',
    (host) => {
      for (const certificate of ['self-made', 'unknown'] as const) {
        const { why } = serverAdvice(at(host, { certificate }));
        expect(why).toContain('plain RTMP is safe');
        expect(why).toContain('self-made certificate, which OBS refuses');
      }
    },
  );

  it.each(['live.example.com', '192.168.1.20', 'localhost.example.com', '128.0.0.1', '[fe80::1]'])(
    'is read by others without encryption elsewhere: %s',
    (host) => {
      const { why } = serverAdvice(at(host, {}));
      expect(why).toContain('OBS refuses');
      expect(why).toContain('not encrypted');
    },
  );

  it('may be refused where the certificate is not known', () => {
    const unknown = at('live.example.com', { recommended: 'rtmps', certificate: 'unknown' });
    expect(serverAdvice(unknown).why).toContain('if it does not connect');
  });

  it('is the one that there is', () => {
    const secure = at('localhost', { rtmpUrl: null, recommended: 'rtmps' });
    expect(labels(secure)).toEqual(['Server (RTMPS)']);
    expect(serverAdvice(secure).why).not.toContain('plain RTMP is safe');
    expect(labels(at('localhost', { rtmpsUrl: null }))).toEqual(['Server (RTMP)']);
    expect(labels(at('localhost', { rtmpUrl: null, rtmpsUrl: null }))).toEqual([]);
    const near = serverAdvice(at('localhost', { rtmpsUrl: null }));
    expect(near.why).not.toContain('certificate');
    const plain = serverAdvice(at('live.example.com', { rtmpsUrl: null }));
    expect(plain.why).toBe('RTMP is not encrypted: who can read your network can read the key.');
  });
});
