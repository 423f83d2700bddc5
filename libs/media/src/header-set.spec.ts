import { describe, expect, it } from 'vitest';
import { HeaderSet } from './header-set.ts';
import {
  aacConfig,
  avcConfig,
  avcKeyframe,
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
});
