import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseAacConfig } from './aac-config.ts';
import { parseAv1Config } from './av1-config.ts';
import { parseAvcConfig } from './avc-config.ts';
import { CONFIG_BYTES_MAX, isPictureSize, PICTURE_SIDE_PIXELS_MAX } from './codec-config.ts';
import { describeAudioConfig, describeVideoConfig } from './describe-config.ts';
import { parseHevcConfig } from './hevc-config.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** As x264, x265, SVT-AV1 and libaom write them; those of HEVC without the encoder's greetings. */
const videoConfigs: ReadonlyArray<
  readonly [codec: 'avc1' | 'hvc1' | 'av01', said: string, record: string]
> = [
  [
    'avc1',
    'High 4.0 1920x1080 8',
    `01640028ffe1001b67640028acd940780227e5c044000003000400000300f03c60c65801000668ebe3cb22c0
     fdf8f800`,
  ],
  [
    'avc1',
    'Constrained Baseline 3.1 1280x720 8',
    '0142c01fffe100196742c01fd9005005bb0110000003001000000303c0f183248001000568cb83cb20',
  ],
  [
    'avc1',
    'High 10 4.0 1080x1920 10',
    `016e0028ffe1001b676e0028a6cd9404403c797c0440000003004000000f03c60c658001000668ebe3cb22c0
     fdfafa00`,
  ],
  [
    'avc1',
    'High 4:2:2 4.0 1920x1080 8',
    `017a0028ffe1001b677a0028bcd94078044fcb808800000300080000030190f8b16cb001000668fba3cb22c0
     fef8f800`,
  ],
  [
    'avc1',
    'High 4:4:4 Predictive 3.0 638x358 8',
    `01f4001effe1001b67f4001e919b281405fdc5e022000003000200000300641e2c5b2c01000668ebe3c44844
     fff8f800`,
  ],
  [
    'avc1',
    'High 3.0 640x360 8',
    `0164001effe1001b6764001ef3650280bfe27016c80000030008000003019078b16cb001000668ebe3cb22c0
     fcf8f800`,
  ],
  [
    'avc1',
    'High 3.0 640x360 8',
    `0164001effe1001a6764001eacd940a02ff97011000003000100000300320f162d9601000768ebe3cb3002c0
     fdf8f800`,
  ],
  [
    'hvc1',
    'Main 4.0 1920x1080 8',
    `01016000000090000000000078f000fcfdf8f800000f03a00001001840010c01ffff0160000003009000000300
     00030078959809a10001002a420101016000000300900000030000030078a003c08010e596566924caf01680
     80000003008000000f04a2000100074401c172b46240`,
  ],
  [
    'hvc1',
    'Main 10 3.1 1278x718 10',
    `0102200000009000000000005df000fcfdfafa00000f03a00001001840010c01ffff0220000003009000000300
     0003005d959809a10001002c42010102200000030090000003000003005da00280802d1d5365959a4932bc05
     a020000003002000000303c1a2000100074401c172b46240`,
  ],
  [
    'hvc1',
    'Format Range Extensions 3.1 1280x720 8',
    `0104080000009e08000000005df000fcfff8f800000f03a00001001740010c01ffff0408000003009e08000003
     00005d959809a1000100294201010408000003009e0800000300005d9000501005a2cb2b349265780b404000
     0003004000000782a2000100084401c172860c4624`,
  ],
  ['av01', 'Main 4.0 1920x1080 8', '81080c000a0b00000042abbfc3700be001'],
  ['av01', 'Main 3.0 854x480 10', '81044c000a0b00000024c6abdf36be5010'],
];

const aacConfigs: ReadonlyArray<
  readonly [name: string, record: string, said: readonly [number, number, number] | undefined]
> = [
  ['LC, 48 kHz, stereo', '1190', [2, 48_000, 2]],
  ['LC, 44.1 kHz, stereo', '1210', [2, 44_100, 2]],
  ['LC, 44.1 kHz, mono, and no SBR behind it', '1208 56e500', [2, 44_100, 1]],
  ['LC, 48 kHz, 7.1', '11b8', [2, 48_000, 8]],
  ['LC, 48 kHz, channels listed elsewhere', '1180', [2, 48_000, 0]],
  ['HE-AAC, 24 kHz made 48 kHz', '2b11 8800', [5, 48_000, 2]],
  ['HE-AAC v2, 24 kHz mono made 48 kHz', 'eb09 8800', [29, 48_000, 1]],
  ['HE-AAC told behind its core', '1310 56e598', [5, 48_000, 2]],
  ['a rate written in Hz', '17 80 5d c0 10', [2, 48_000, 2]],
  ['an escaped object type', 'f946 40', [42, 48_000, 2]],
  ['a reserved rate', '1690', undefined],
  ['a reserved channel configuration', '11c0', undefined],
  ['object type 0', '0190', undefined],
  ['a rate of 0 Hz', '17 80 00 00 10', undefined],
];

const describeRecord = (codec: string, data: Uint8Array): string | undefined => {
  const config = describeVideoConfig({ trackId: 0, codec, data });
  if (config === undefined) return undefined;
  const { profile, level, width, height, bitDepth } = config;
  expect(config.codec).toBe(codec);
  return `${profile} ${level} ${width}x${height} ${bitDepth}`;
};

describe.each(videoConfigs)('%s %s', (codec, said, text) => {
  const record = hex(text);

  it('is read', () => {
    expect(describeRecord(codec, record)).toBe(said);
  });

  it('is read the same, or not at all, when cut anywhere', () => {
    let understood = 0;
    for (let length = 0; length < record.length; length += 1) {
      const answer = describeRecord(codec, record.subarray(0, length));
      expect([undefined, said]).toContain(answer);
      if (answer !== undefined) understood += 1;
    }
    expect(describeRecord(codec, record.subarray(0, 7))).toBeUndefined();
    expect(understood).toBeLessThan(record.length - 1);
  });
});

describe.each(aacConfigs)('AAC: %s', (_, text, said) => {
  const answer = (bytes: Uint8Array): unknown => {
    const config = parseAacConfig(bytes);
    return config && [config.objectType, config.sampleRateHz, config.channels];
  };

  it('is read', () => {
    expect(answer(hex(text))).toStrictEqual(said);
  });

  it('has a core that is coded as it is, whatever is made of it', () => {
    const core = parseAacConfig(hex(text))?.core;
    if (said === undefined) return;
    const isExtended = said[0] === 5 || said[0] === 29;
    expect(core?.objectType).toBe(isExtended ? 2 : said[0]);
    expect(core?.sampleRateHz).toBe(isExtended ? said[1] / 2 : said[1]);
    expect(core?.samplesPerFrame).toBe(1024);
  });

  it('is not read from less than its two bytes', () => {
    expect(answer(hex(text).subarray(0, 0))).toBeUndefined();
    expect(answer(hex(text).subarray(0, 1))).toBeUndefined();
  });
});

it('AAC in frames of 960 samples is told by a flag', () => {
  expect(parseAacConfig(hex('1194'))?.core.samplesPerFrame).toBe(960);
  expect(parseAacConfig(hex('11b8'))?.core.channelConfiguration).toBe(7);
});

describe('what is no configuration', () => {
  const parsers = [parseAvcConfig, parseHevcConfig, parseAv1Config, parseAacConfig];

  it.each([...videoConfigs.map(([, , text]) => text), '1190'])('%s, with bytes changed', (text) => {
    const record = hex(text);
    const position = fc.nat(record.length - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1 }), (changes) => {
        const changed = Buffer.from(record);
        for (const [at, byte] of changes) changed[at] = byte;
        for (const parse of parsers) {
          const config = parse(changed);
          if (config === undefined || config.codec === 'mp4a') continue;
          expect(isPictureSize(config.width, config.height)).toBe(true);
        }
      }),
    );
  });

  it('is any record past the limit, or a codec that is not ours', () => {
    for (const [codec, said, text] of videoConfigs) {
      const data = Buffer.concat([hex(text), Buffer.alloc(CONFIG_BYTES_MAX)]);
      expect(describeRecord(codec, data.subarray(0, CONFIG_BYTES_MAX))).toBe(said);
      expect(describeRecord(codec, data.subarray(0, CONFIG_BYTES_MAX + 1))).toBeUndefined();
      expect(describeRecord('vp09', hex(text))).toBeUndefined();
    }
    const data = Buffer.concat([hex('1190'), Buffer.alloc(CONFIG_BYTES_MAX)]);
    expect(parseAacConfig(data.subarray(0, CONFIG_BYTES_MAX))).toBeDefined();
    expect(parseAacConfig(data.subarray(0, CONFIG_BYTES_MAX + 1))).toBeUndefined();
    const opus = { trackId: 0, codec: 'Opus', data: hex('1190') };
    expect(describeAudioConfig(opus)).toBeUndefined();
    expect(describeAudioConfig({ ...opus, codec: 'mp4a' })).toBeDefined();
  });

  it('is a picture of no size, or past every level', () => {
    expect(isPictureSize(PICTURE_SIDE_PIXELS_MAX, 1)).toBe(true);
    expect(isPictureSize(PICTURE_SIDE_PIXELS_MAX + 1, 1)).toBe(false);
    expect(isPictureSize(1, PICTURE_SIDE_PIXELS_MAX + 1)).toBe(false);
    expect(isPictureSize(0, 1)).toBe(false);
    expect(isPictureSize(1, -2)).toBe(false);
  });
});
