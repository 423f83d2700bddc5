import { describe, expect, it } from 'vitest';
import { AddressPolicy, NetError } from '#net';
import type { HostResolver } from '#net';
import { ProblemError } from '../problem/problem-error.ts';
import { DestinationChecks } from './destination-checks.ts';
import type { CheckedSettings } from './destination-checks.ts';

const names: Readonly<Record<string, string>> = {
  'public.example': '93.184.216.34',
  'inside.example': '10.0.0.7',
  'studio.example': '192.168.7.9',
};
const resolve: HostResolver = async (host) => {
  const address = names[host];
  if (address === undefined) throw new NetError('DNS_FAILED', 'no such name');
  return [{ address, family: 4 }];
};

const faultOf = async (settings: CheckedSettings): Promise<unknown> => {
  const checks = new DestinationChecks(new AddressPolicy(['192.168.7.0/24']), resolve);
  return checks.check(settings).catch((thrown: unknown) => thrown);
};

const PIN = 'ab01'.repeat(16);
const KEPT = {
  platform: 'custom',
  url: 'rtmps://public.example/app',
  backupUrl: null,
  certificateSha256: null,
};

describe('DestinationChecks', () => {
  it.each([
    [{ url: 'rtmps://public.example/app', platform: 'custom' }],
    [{ url: 'rtmp://192.168.7.1/app' }],
    [{ url: 'rtmp://studio.example/app' }],
    [{ url: 'rtmp://not-made-yet.example/app' }],
    [{ backupUrl: null }],
    [{ platform: 'twitch', streamKey: 'not-as-usual' }],
    [{ platform: 'twitch', url: 'rtmp://public.example/app' }],
    [{ kept: { ...KEPT, platform: 'myspace' }, name: 'Other' }],
    [{ kept: { ...KEPT, certificateSha256: PIN }, backupUrl: 'rtmps://public.example/app' }],
    [{ kept: { ...KEPT, certificateSha256: PIN }, url: 'rtmps://public.example/other' }],
    [{ url: 'rtmp://public.example/app', certificateSha256: null }],
    [{ platform: 'custom', streamKey: 'rtmp://public.example/app/key' }],
    [{}],
  ])('lets %j pass', async (settings) => {
    expect(await faultOf(settings)).toBeUndefined();
  });

  it.each([
    [{ url: 'https://public.example/app' }, 'url', 'URL_NOT_RTMP'],
    [{ url: 'rtmp://me:secret@public.example/app' }, 'url', 'URL_HAS_USERINFO'],
    [{ url: 'rtmp://public.example:22/app' }, 'url', 'URL_PORT_FORBIDDEN'],
    [{ url: 'rtmp://127.0.0.1/app' }, 'url', 'ADDRESS_FORBIDDEN'],
    [{ url: 'rtmp://[::1]/app' }, 'url', 'ADDRESS_FORBIDDEN'],
    [{ url: 'rtmp://169.254.169.254/app' }, 'url', 'ADDRESS_FORBIDDEN'],
    [{ url: 'rtmp://inside.example/app' }, 'url', 'ADDRESS_FORBIDDEN'],
    [{ backupUrl: 'rtmp://10.0.0.1/app' }, 'backupUrl', 'ADDRESS_FORBIDDEN'],
    [{ platform: 'myspace' }, 'platform', 'PLATFORM_UNKNOWN'],
    [
      { platform: 'twitch', streamKey: 'rtmp://live.twitch.tv/app/live_1' },
      'streamKey',
      'KEY_IS_URL',
    ],
    [{ platform: 'youtube', streamKey: '********' }, 'streamKey', 'KEY_IS_MASKED'],
    [
      { kept: { ...KEPT, platform: 'kick' }, streamKey: '********' },
      ...(['streamKey', 'KEY_IS_MASKED'] as const),
    ],
    [
      { kept: { ...KEPT, certificateSha256: PIN }, url: 'rtmp://public.example/app' },
      ...(['certificateSha256', 'PIN_NEEDS_RTMPS'] as const),
    ],
    [
      { kept: { ...KEPT, backupUrl: 'rtmp://public.example/app' }, certificateSha256: PIN },
      ...(['certificateSha256', 'PIN_NEEDS_RTMPS'] as const),
    ],
  ])('refuses %j, naming %s', async (settings, field, code) => {
    expect(await faultOf(settings)).toMatchObject({
      status: 422,
      code,
      fields: [{ field, code }],
    });
  });

  it('names every field at fault at once', async () => {
    const fault = await faultOf({ platform: 'myspace', url: 'x', backupUrl: 'y' });
    expect(fault).toBeInstanceOf(ProblemError);
    expect((fault as ProblemError).fields.map(({ field }) => field)).toEqual([
      'platform',
      'url',
      'backupUrl',
    ]);
  });
});
