import { describe, expect, it } from 'vitest';
import { makeStill } from './index.ts';
import { hex } from './sample-streams.fixture.ts';

const VIDEO = 9;
const HEVC = '91 68766331';
const at = (timestampMs: number, body: string) => {
  return { typeId: VIDEO, timestampMs, body: hex(body) };
};

describe('a still of HEVC', () => {
  it('is the keyframe once a second, and says that it could be more', () => {
    const keyframe = at(0, `${HEVC} 000000 00000003 2801af`);
    const still = makeStill({
      headers: [],
      gop: [keyframe, at(40, keyframe.body.toString('hex'))],
    });
    expect(still).toMatchObject({ picture: 'keyframe', frameMs: 1000, keyframeMs: 1000 });
    expect(still.reason).toBe('the last picture cannot be held in HEVC, but its keyframe can');
    expect(still.video('skip', 1000)).toEqual(keyframe.body);
  });

  it('is shown after what was shown before', () => {
    const keyframe = at(0, `${HEVC} 000050 00000003 2801af`);
    const late = at(40, 'a1 68766331 000100 00000003 0201af');
    const still = makeStill({ headers: [], gop: [keyframe, late] });
    expect(still.video('keyframe', 100).readIntBE(5, 3)).toBe(40 + 0x100 + 1 - 100);
    expect(still.video('keyframe', 1100).readIntBE(5, 3)).toBe(0x50);
  });

  it('opens a sequence also where the keyframe continued one', () => {
    const still = makeStill({ headers: [], gop: [at(0, `${HEVC} 000000 00000003 2a01af`)] });
    expect(still.video('keyframe', 1000)).toEqual(hex(`${HEVC} 000000 00000003 2401af`));
  });

  it('leaves away messages that belonged to their moment', () => {
    const [captions, mastering] = ['00000003 4e0104', '00000003 4e0189'];
    const body = `${HEVC} 000000 ${captions} ${mastering} 00000003 2601af`;
    const still = makeStill({ headers: [], gop: [at(0, body)] });
    const kept = hex(`${HEVC} 000000 ${mastering} 00000003 2601af`);
    expect(still.video('keyframe', 1000)).toEqual(kept);
  });

  it('reads units by the length that its configuration tells', () => {
    const record = `0101${'00'.repeat(19)}fd00`;
    const headers = [{ typeId: VIDEO, body: hex(`90 68766331 ${record}`) }];
    const still = makeStill({ headers, gop: [at(0, `${HEVC} 000000 0003 2601af`)] });
    expect(still.video('keyframe', 1000)).toEqual(hex(`${HEVC} 000000 0003 2601af`));
  });

  it.each([
    ['a keyframe that is none', '00000003 0201af', 'no keyframe stands for itself'],
    ['a cut keyframe', '00000009 2601af', 'its keyframe is not understood'],
  ])('is none of %s', (_, units, reason) => {
    const still = makeStill({ headers: [], gop: [at(0, `${HEVC} 000000 ${units}`)] });
    expect(still).toMatchObject({ picture: 'none', reason });
  });
});

describe('a still of a codec whose frames are taken as they are', () => {
  it.each([
    ['AV1', '91 61763031 0a0b'],
    ['VP9', '91 76703039 82'],
    ['h263', '12 0001'],
  ])('is the keyframe of %s', (codec, body) => {
    const still = makeStill({ headers: [], gop: [at(0, body), at(40, `a${body.slice(1)}`)] });
    expect(still).toMatchObject({ picture: 'keyframe', keyframeMs: 1000 });
    expect(still.reason).toContain(codec);
    expect(still.video('skip', 1000)).toEqual(hex(body));
    expect(still.video('keyframe', 2000)).toEqual(hex(body));
  });
});
