import { describe, expect, it } from 'vitest';
import { isCleanEntry } from './index.ts';
import { hex } from './sample-streams.fixture.ts';

const VIDEO = 9;

describe('a clean entry', () => {
  it.each([
    ['an IDR of H.264', '17 01 000000 00000002 6588', true],
    ['an IDR behind its parameter sets', '17 01 000000 00000001 67 00000001 68 00000001 65', true],
    ['an IDR in the framing of Enhanced RTMP', '91 61766331 000000 00000001 65', true],
    ['an IDR behind lengths of two bytes', '17 01 000000 0002 6588 0003 658800', true],
    ['a keyframe that is no IDR', '17 01 000000 00000002 4188', false],
    ['a frame that is none', '27 01 000000 00000002 6588', false],
    ['an IDR of HEVC', '91 68766331 000000 00000002 2601', true],
    ['a clean random access picture of HEVC', '91 68766331 000000 00000002 2a01', true],
    ['a trailing picture of HEVC', '91 68766331 000000 00000002 0201', false],
    ['a key frame of AV1', '91 61763031 12000a0b', true],
    ['another frame of AV1', 'a1 61763031 12000a0b', false],
    ['a key frame of a codec that is not ours', '12 0102', true],
    ['a configuration', '17 00 000000 0164', false],
    ['lengths that lie', '17 01 000000 00000009 65', false],
    ['nothing', '', false],
  ])('%s', (_, body, is) => {
    expect(isCleanEntry(VIDEO, hex(body))).toBe(is);
  });

  it('is no sound', () => {
    expect(isCleanEntry(8, hex('17 01 000000 00000002 6588'))).toBe(false);
  });
});
