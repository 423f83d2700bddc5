import { createRingMemory, RingWriter } from '#ring';
import { describe, expect, it } from 'vitest';
import { HEADER_SET_LIMITS, HeaderSet } from './header-set.ts';
import {
  aacConfig,
  aacConfig44,
  avcConfig,
  avcKeyframe,
  configOfTrack,
  hevcColorInfo,
  hevcConfig,
  metadata,
} from './sample-messages.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;
const DATA = 18;

describe('a header set', () => {
  it('lists metadata, audio configuration, colours, video configuration, however they came', () => {
    const headers = new HeaderSet();
    headers.offer(VIDEO, hevcConfig());
    headers.offer(VIDEO, hevcColorInfo());
    headers.offer(DATA, metadata('a'));
    headers.offer(AUDIO, aacConfig);
    expect(headers.list()).toEqual([
      { typeId: DATA, body: metadata('a') },
      { typeId: AUDIO, body: aacConfig },
      { typeId: VIDEO, body: hevcColorInfo() },
      { typeId: VIDEO, body: hevcConfig() },
    ]);
  });

  it('tells repeats from changes by their bytes', () => {
    const headers = new HeaderSet();
    expect(headers.offer(VIDEO, avcConfig(31))).toBe('changed');
    expect(headers.offer(VIDEO, avcConfig(31))).toBe('same');
    expect(headers.offer(VIDEO, avcConfig(40))).toBe('changed');
    expect(headers.offer(VIDEO, avcKeyframe())).toBe('no-header');
    expect(headers.list()).toEqual([{ typeId: VIDEO, body: avcConfig(40) }]);
  });

  it('keeps one configuration of a track that changes its codec', () => {
    const headers = new HeaderSet();
    headers.offer(VIDEO, avcConfig());
    headers.offer(VIDEO, hevcConfig());
    expect(headers.list()).toEqual([{ typeId: VIDEO, body: hevcConfig() }]);
  });

  it('keeps a copy, for bodies are borrowed', () => {
    const headers = new HeaderSet();
    const body = Buffer.from(aacConfig);
    headers.offer(AUDIO, body);
    body.fill(0);
    expect(headers.list()[0]?.body).toEqual(aacConfig);
  });

  it('forgets what the next encoder does not repeat', () => {
    const before = new HeaderSet();
    before.offer(AUDIO, aacConfig);
    before.offer(VIDEO, avcConfig());
    const after = new HeaderSet(before.list());
    expect(after.list()).toEqual(before.list());
    expect(after.offer(VIDEO, avcConfig())).toBe('same');
    expect(after.dropStale()).toBe(true);
    expect(after.list()).toEqual([{ typeId: VIDEO, body: avcConfig() }]);
    expect(after.dropStale()).toBe(false);
  });

  describe('of an encoder that never stops', () => {
    const TOO_LARGE = expect.objectContaining({ code: 'RING_HEADERS_TOO_LARGE' }) as Error;
    const fill = (headers: HeaderSet, from: number): void => {
      for (let track = from; track < from + HEADER_SET_LIMITS.messages; track += 1) {
        expect(headers.offer(AUDIO, configOfTrack(track, aacConfig))).toBe('changed');
      }
    };

    it('keeps so many messages, and refuses one more', () => {
      const headers = new HeaderSet();
      fill(headers, 0);
      expect(() => headers.offer(VIDEO, avcConfig())).toThrow(TOO_LARGE);
      expect(headers.list()).toHaveLength(HEADER_SET_LIMITS.messages);
      // One that takes the place of another is no more.
      expect(headers.offer(AUDIO, configOfTrack(0, aacConfig44))).toBe('changed');
    });

    it('keeps so many bytes, and refuses one more', () => {
      const headers = new HeaderSet();
      const config = avcConfig();
      headers.offer(VIDEO, config);
      const rest = HEADER_SET_LIMITS.bytes - config.length;
      const sound = (bytes: number) => Buffer.concat([aacConfig, Buffer.alloc(bytes - 4)]);
      expect(() => headers.offer(AUDIO, sound(rest + 1))).toThrow(TOO_LARGE);
      expect(headers.list()).toEqual([{ typeId: VIDEO, body: config }]);
      expect(headers.offer(AUDIO, sound(rest))).toBe('changed');
    });

    it('is not held against the one that comes after', () => {
      const headers = new HeaderSet();
      fill(headers, 0);
      headers.markStale();
      fill(headers, HEADER_SET_LIMITS.messages);
      expect(headers.list()).toEqual(headers.fresh());
    });

    it('fits the block of a ring when it is full', () => {
      const headers = new HeaderSet();
      fill(headers, 0);
      const filled = headers.list().reduce((sum, { body }) => sum + body.length, 0);
      const first = configOfTrack(0, aacConfig);
      const rest = Buffer.alloc(HEADER_SET_LIMITS.bytes - filled);
      headers.offer(AUDIO, Buffer.concat([first, rest]));
      expect(() => new RingWriter(createRingMemory()).setHeaders(headers.list())).not.toThrow();
    });
  });
});
