import { describe, expect, it } from 'vitest';
import { certificateOf, recommendedOf } from './ingest-addresses.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 10);
const node = (isSelfMade: boolean, leftMs = 1) => ({
  certificate: {
    subject: 'CN=live',
    issuer: 'CN=us',
    expiresAt: new Date(NOW_MS + leftMs).toISOString(),
    isSelfMade,
  },
});

describe('the certificate that encoders meet', () => {
  it.each([
    ['trusted', [node(false)]],
    ['trusted', [node(false), { certificate: null }, {}]],
    ['self-made', [node(true)]],
    ['self-made', [node(false), node(true)]],
    ['unknown', []],
    ['unknown', [{ certificate: null }, {}]],
    ['unknown', [node(false, 0)]],
    ['unknown', [node(false), node(false, -1)]],
  ] as const)('is %s', (expected, nodes) => {
    expect(certificateOf(nodes, NOW_MS)).toBe(expected);
  });
});

const urls = (host: string) => ({
  rtmpUrl: `rtmp://${host}:1935/live`,
  rtmpsUrl: `rtmps://${host}:1936/live`,
});

describe('the recommended server', () => {
  it.each([
    ['live.example.com', 'trusted', 'rtmps'],
    ['localhost', 'trusted', 'rtmps'],
    ['live.example.com', 'self-made', 'rtmp'],
    ['localhost', 'self-made', 'rtmp'],
    ['live.example.com', 'unknown', 'rtmps'],
    ['127.example.com', 'unknown', 'rtmps'],
    ['localhost.example.com', 'unknown', 'rtmps'],
    ['localhost', 'unknown', 'rtmp'],
    ['show.localhost', 'unknown', 'rtmp'],
    ['127.0.0.1', 'unknown', 'rtmp'],
    ['[::1]', 'unknown', 'rtmp'],
  ] as const)('of %s with a certificate that is %s is %s', (host, certificate, expected) => {
    expect(recommendedOf(urls(host), certificate)).toBe(expected);
  });

  it('is the one that is there', () => {
    const both = urls('localhost');
    expect(recommendedOf({ ...both, rtmpUrl: null }, 'self-made')).toBe('rtmps');
    expect(recommendedOf({ ...both, rtmpsUrl: null }, 'trusted')).toBe('rtmp');
  });
});
