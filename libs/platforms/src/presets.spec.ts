import { describe, expect, it } from 'vitest';
import { platformListSchema } from '#contracts';
import { parseDestinationUrl } from '#net';
import { isPlatform, platforms } from './presets.ts';

describe('the list of platforms', () => {
  it('has the shape that callers were promised', () => {
    expect(platformListSchema.parse({ items: platforms }).items).toEqual(platforms);
  });

  it('names each platform once, the large ones and "custom" among them', () => {
    const ids = platforms.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['youtube', 'twitch', 'facebook', 'kick', 'custom']),
    );
  });

  it.each(
    platforms.flatMap(({ servers, backupServers }) =>
      [...servers, ...backupServers].map(({ url }) => url),
    ),
  )('offers %s, which a destination may have', (url) => {
    expect(parseDestinationUrl(url).app).not.toBe('');
  });
});

describe('isPlatform', () => {
  it('knows the list and nothing else', () => {
    expect(isPlatform('twitch')).toBe(true);
    expect(isPlatform('constructor')).toBe(false);
  });
});
