import { describe, expect, it } from 'vitest';
import { destinationWarnings, keyFault } from './destination-advice.ts';
import { platforms } from './presets.ts';

describe('what can be no stream key', () => {
  it.each([
    ['rtmp://live.twitch.tv/app/live_1', 'KEY_IS_URL'],
    ['HTTPS://www.twitch.tv/me', 'KEY_IS_URL'],
    ['***', 'KEY_IS_MASKED'],
    ['••••••••', 'KEY_IS_MASKED'],
    ['**', undefined],
    ['live_1?u=rtmp://x', undefined],
    ['123:abc//d', undefined],
  ])('%s: %s', (key, code) => {
    expect(keyFault(key)?.code).toBe(code);
  });
});

describe('what to look at in a destination', () => {
  const codesOf = (platform: string, url: string, streamKey?: string) =>
    destinationWarnings(
      { platform, url, ...(streamKey !== undefined && { streamKey }) },
      platforms,
    ).map(({ code }) => code);

  it.each<[platform: string, url: string, key: string | undefined, codes: string[]]>([
    ['twitch', 'rtmp://live-fra.twitch.tv/app', 'live_1', ['NOT_ENCRYPTED']],
    ['twitch', 'rtmp://live.twitch.tv/app', undefined, ['NOT_ENCRYPTED']],
    ['trovo', 'rtmp://livepush.trovo.live/live/', 'any', []],
    ['youtube', 'rtmp://live.twitch.tv/app', 'live_1', ['HOST_OF_OTHER_PLATFORM']],
    ['custom', 'rtmp://LIVE.TWITCH.TV./app', 'live_1', ['HOST_OF_OTHER_PLATFORM']],
    ['twitch', 'rtmp://my-proxy.example/app', 'mine', []],
    ['twitch', 'rtmp://nottwitch.tv/app', 'mine', []],
    ['kick', 'rtmps://abc.global-contribute.live-video.net/app', 'sk_1', []],
    ['amazon-ivs', 'rtmps://abc.global-contribute.live-video.net/app', 'sk_1', []],
    ['facebook', 'rtmps://live-api-s.facebook.com:443/rtmp/', 'FB-1', ['KEY_SHORT']],
    ['twitch', 'no url', 'live_1', []],
  ])('%s at %s with key %s: %j', (platform, url, key, codes) => {
    expect(codesOf(platform, url, key)).toEqual(codes);
  });

  it('is said without the key', () => {
    const streamKey = 'canary-7413?bandwidthtest=true';
    const where = { platform: 'twitch', url: 'rtmp://live.twitch.tv/app', streamKey };
    const warnings = destinationWarnings(where, platforms);
    expect(warnings.map(({ code }) => code)).toContain('KEY_FOR_TEST');
    expect(JSON.stringify(warnings)).not.toContain('canary');
  });
});
