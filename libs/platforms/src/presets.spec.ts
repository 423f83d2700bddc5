import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platformListSchema } from '#contracts';
import type { Platform } from '#contracts';
import { parseDestinationUrl } from '#net';
import { trovo } from './data/trovo.ts';
import { parseDestinationPaste } from './destination-paste.ts';
import { platformOf } from './platform-facts.ts';
import type { PlatformFacts } from './platform-facts.ts';
import { findPlatform, platforms } from './presets.ts';

const PLATFORMS_MIN = 25;
const known = platforms.filter(({ id }) => id !== 'custom' && id !== 'test');
const filesIn = (folder: string) => readdirSync(join(import.meta.dirname, folder));
const serversOf = ({ servers, backupServers }: Platform) => [...servers, ...backupServers];

describe('the list of platforms', () => {
  it('has the shape that callers were promised', () => {
    expect(platformListSchema.parse({ items: platforms }).items).toEqual(platforms);
  });

  it(`holds every data file once, ${PLATFORMS_MIN} platforms or more, and "custom" last`, () => {
    const ids = platforms.map(({ id }) => id);
    expect(ids.map((id) => `${id}.ts`).sort()).toEqual(filesIn('data').sort());
    expect(known.length).toBeGreaterThanOrEqual(PLATFORMS_MIN);
    expect(ids.slice(0, 4)).toEqual(['youtube', 'twitch', 'facebook', 'kick']);
    expect(ids.at(-1)).toBe('custom');
  });

  it('finds one by its id and nothing else', () => {
    expect(findPlatform('twitch')?.name).toBe('Twitch');
    expect(findPlatform('constructor')).toBeUndefined();
  });
});

describe.each(platforms.map((platform) => [platform.id, platform] as const))('%s', (_id, each) => {
  it('has servers that a destination may have, told apart by their labels', () => {
    const labels = serversOf(each).map(({ label, url }) => `${label} ${url}`);
    expect(new Set(labels).size).toBe(labels.length);
    expect(new Set(each.servers.map(({ label }) => label)).size).toBe(each.servers.length);
    for (const { url } of serversOf(each)) expect(parseDestinationUrl(url).app).not.toBe('');
  });

  it('is known by each of its servers', () => {
    for (const { url } of serversOf(each)) {
      const paste = parseDestinationPaste(`${url.replace(/\/$/, '')}/abc`, platforms);
      const app = parseDestinationUrl(url).app;
      expect(paste).toMatchObject({ ok: true, split: { platform: each.id, app } });
    }
  });

  it('has limits that agree with each other', () => {
    const { videoKbpsMax, videoKbpsByMode, heightMax, fpsMax } = each.limits;
    const { keyframeSecondsMax, keyframeSecondsWanted } = each.limits;
    if (videoKbpsByMode.length > 0) {
      expect(Math.max(...videoKbpsByMode.map(({ kbpsMax }) => kbpsMax))).toBe(videoKbpsMax);
    }
    for (const mode of videoKbpsByMode) {
      expect(mode.height).toBeLessThanOrEqual(heightMax ?? Infinity);
      expect(mode.fps).toBeLessThanOrEqual(fpsMax ?? Infinity);
    }
    expect(keyframeSecondsWanted ?? 0).toBeLessThanOrEqual(keyframeSecondsMax ?? Infinity);
  });

  it('names a backup server where it says that there is one', () => {
    expect(each.backupServers.length > 0).toBe(each.backupIngest === 'same-key');
  });
});

describe('what is not known', () => {
  it.each([
    ['tiktok', ['videoKbpsMax', 'hoursMax', 'heightMax']],
    ['linkedin', ['videoKbpsMax', 'hoursMax']],
    ['kick', ['hoursMax', 'heightMax', 'fpsMax']],
    ['x', ['hoursMax']],
    ['twitch', ['heightMax', 'keyframeSecondsMax']],
  ] as const)('of %s stays open: %j', (id, names) => {
    const limits = findPlatform(id)?.limits;
    for (const name of names) expect(limits?.[name]).toBeNull();
  });

  it('forbids nothing to a server of one’s own', () => {
    const custom = findPlatform('custom');
    expect(Object.values(custom?.limits ?? {}).filter(Number)).toEqual([]);
    expect(custom?.limits.audioRequired).toBe(false);
    expect(custom?.videoCodecs).toContain('hevc');
  });
});

describe('codecs', () => {
  it('need Enhanced RTMP where FLV has no number for them', () => {
    expect(findPlatform('youtube')?.enhancedRtmpCodecs).toEqual(['hevc', 'av1']);
    expect(findPlatform('twitch')?.enhancedRtmpCodecs).toEqual([]);
    expect(findPlatform('custom')?.enhancedRtmpCodecs).toContain('opus');
  });
});

describe('a data file', () => {
  const server = (url: string) => ({ url, label: url, region: null });
  const later = { kind: 'reported', what: 'Later', url: null, readOn: '2999-01-01' } as const;

  it.each<[why: string, changes: Partial<PlatformFacts>, names: string]>([
    ['an id that no URL may have', { id: 'No Id' }, 'id'],
    [
      'a server that is not RTMP',
      { servers: [server('https://live.example/app')] },
      'servers.0.url',
    ],
    [
      'a plain server before a secure one',
      { servers: [server('rtmp://a.example/app'), server('rtmps://a.example/app')] },
      'servers',
    ],
    ['no source', { sources: [] }, 'sources'],
    ['a source read after it was verified', { sources: [later] }, 'verifiedOn'],
    ['a day that is none', { verifiedOn: '2026-02-30' }, 'verifiedOn'],
    ['no codec', { videoCodecs: [] }, 'videoCodecs'],
    ['a page that is not secure', { keyUrl: 'http://example.com' }, 'keyUrl'],
    ['a limit of nothing', { limits: { heightMax: 0 } }, 'limits.heightMax'],
    [
      'a test that is no query',
      { privateTest: { append: 'test', help: 'x' } },
      'privateTest.append',
    ],
  ])('is refused with %s', (_why, changes, names) => {
    expect(() => platformOf({ ...trovo, ...changes })).toThrow(`: ${names}: `);
  });

  it('may leave out what is not known', () => {
    const { id, name, servers, keyHelp, videoCodecs, audioCodecs, sources, verifiedOn } = trovo;
    const stated = { id, name, servers, keyHelp, videoCodecs, audioCodecs, sources, verifiedOn };
    const platform = platformOf(stated);
    expect(platform).toMatchObject({ keyUrl: null, backupIngest: null, videoKbpsMax: null });
    expect(platform.limits.bFramesMax).toBeNull();
  });
});

describe('the room', () => {
  it('can be bundled for a browser: it names no module of Node', () => {
    const sources = filesIn('.').filter((name) => /(?<!\.spec|\.fixture)\.ts$/.test(name));
    expect(sources).toContain('destination-paste.ts');
    for (const name of sources) {
      const text = readFileSync(join(import.meta.dirname, name), 'utf8');
      expect(text).not.toMatch(/from '(?:node:|#(?!contracts'|control'))/);
    }
  });
});
