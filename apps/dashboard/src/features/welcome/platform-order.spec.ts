import { describe, expect, it } from 'vitest';
import { platformOrder, platformsFor, shownAtFirst } from './platform-order.ts';

const preset = (id: string, name: string) => ({ id, name });
const presets = [
  preset('zed', 'Zed'),
  preset('test', 'Test (nobody sees it)'),
  preset('youtube', 'YouTube'),
  preset('custom', 'Custom RTMP server'),
  preset('api-video', 'api.video'),
  preset('twitch', 'Twitch'),
  preset('mux', 'Mux'),
];
const ids = (platforms: readonly { readonly id: string }[]): readonly string[] =>
  platforms.map(({ id }) => id);

describe('the platforms', () => {
  it('begin with the usual ones, go on by name, and end with what is always there', () => {
    const expected = ['twitch', 'youtube', 'api-video', 'mux', 'zed', 'custom', 'test'];
    expect(ids(platformOrder(presets))).toEqual(expected);
    expect(ids(presets)[0]).toBe('zed');
  });

  it('are at least any other server, when the presets do not come', () => {
    expect(ids(platformOrder([]))).toEqual(['custom']);
  });

  it('are found by a part of their name, and any other server stands by', () => {
    const ordered = platformOrder(presets);
    expect(ids(platformsFor(ordered, ' TUBE ', false))).toEqual(['youtube', 'custom']);
    expect(ids(platformsFor(ordered, 'nowhere', true))).toEqual(['custom']);
  });

  it('are a few at first, and all when asked', () => {
    const many = Array.from({ length: shownAtFirst + 1 }, (_each, index) =>
      preset(`p${index}`, `P${String(index).padStart(2, '0')}`),
    );
    const ordered = platformOrder([...many, preset('test', 'Test')]);
    const first = ids(platformsFor(ordered, '', false));
    expect(first).toHaveLength(shownAtFirst + 2);
    expect(first).not.toContain(`p${shownAtFirst}`);
    expect(first.slice(-2)).toEqual(['custom', 'test']);
    expect(platformsFor(ordered, '', true)).toHaveLength(shownAtFirst + 3);
  });
});
