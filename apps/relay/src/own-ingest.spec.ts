import { describe, expect, it } from 'vitest';
import { isOwnIngest, ownHosts } from './own-ingest.ts';

const hosts = new Set(['studio', '192.0.2.7', '2001:db8::7']);
const isOwn = (url: string) => isOwnIngest(url, [1935, 1936], hosts);

describe('isOwnIngest', () => {
  it.each([
    'rtmp://127.0.0.1/live',
    'rtmp://localhost:1935/live',
    'rtmps://[::1]:1936/live',
    'rtmp://192.0.2.7/live',
    'rtmp://Studio:1935/live',
    'rtmps://[2001:db8::7]:1936/live',
  ])('knows %s for its own', (url) => {
    expect(isOwn(url)).toBe(true);
  });

  it.each([
    'rtmp://127.0.0.1:1937/live',
    'rtmps://127.0.0.1/live',
    'rtmp://192.0.2.8/live',
    'rtmp://live.example.com/live',
    'no url',
  ])('does not take %s for it', (url) => {
    expect(isOwn(url)).toBe(false);
  });
});

describe('ownHosts', () => {
  it('names the loopback address at least', () => {
    expect([...ownHosts()]).toContain('127.0.0.1');
  });
});
