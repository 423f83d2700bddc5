import type { StillInput } from './still.ts';

export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

const VIDEO = 9;

interface Sample {
  readonly configuration: string;
  readonly frames: ReadonlyArray<readonly [timestampMs: number, body: string]>;
}

/** 32x32 at 25 pictures a second, P-frames with weights, B-frames; as x264 writes them. */
const samples = {
  cavlc: {
    configuration: `17000000000164000affe100176764000aacd325b011000003000100000300320f12253801000568
      cf839cb0fdf8f800`,
    frames: [
      [
        0,
        `1701000028000000f165888401fd1088a8030210fc38003dfe0063d73c57d81b1322b13289f5fd43
      777afb83286bda54773691ef6b3de70799b5ac3cd9b3cecf6bf9cacecb0202411206050c01367110
      e1b17509a1839e2d4564386e09d9b61f4450c218fc12db78d14513011f6176f9c00047059b86bbbc
      dff9e7a0c1e590137797dc35ef34bb88dc933fb3ccfc75b6bbc715547b54e34d25a6fdda0ea6e72a
      3b2c030018064e7a15cfa056c187d16ffe70daf1a3f79c36cbb79e1be62ad7528ff67efef3bd773f
      fbf3b858d8a0cb2bd8b9efec4340c408b7981723981722d503c487540b12c8741a9e003d7fcf78c0
      00257ffd60f961b03cb1`,
      ],
      [40, '270100007800000006419a2631e580'],
      [80, '270100000000000006019e428272c0'],
      [120, '270100000000000006019e448272c0'],
      [160, '27010000780000001c419a4c31fe19613352e12fd0688e5e61b4f801973b5256f832f9a324'],
      [200, '270100000000000007019e68827ae480'],
    ],
  },
  cabac: {
    configuration: `17000000000164000affe100176764000aacd325b011000003000100000300320f12253801000568
      ef839cb0fdf8f800`,
    frames: [
      [
        0,
        `1701000028000000f065888401ffdbe595b12389c9635c5bded0f251a46b288ae59b9aac6acd91b5
      ad36cd8b775fe21e9720550c76af42f70504cda314f06da19cdd32a1e0004ad1cf0a067d088a5961
      a0e27fc6b9f03c8fdeb491ea09769059769d7ffbcb454ca8bffb1dc9469ea4c89e87ccb182b1b5f6
      897a18c7b94cce2965d9821f10c614f3de6589b79bf6c27110cd1e1a4a022f4c5b5fde33cbd8e175
      0722fcdd46f27642facc8f51b4130a0324ec90a16c2306ec4443a730dd581ef5d5d0db4aa29fec8d
      a3156984834bd8f2676571061faf4b8830b03a5903bbf5231a465f4c943c1fd0e57eef963e55b793
      b80320bb612a724035`,
      ],
      [40, '270100007800000007419a2631ff9780'],
      [80, '270100000000000007019e42893fd581'],
      [120, '270100000000000007019e44893fd580'],
      [160, '270100007800000021419a4c31ffe549be2479a039d87ced63afd9f758eb29bffffbbdd98431a24ee681'],
      [200, '270100000000000008019e68893ffa7ae1'],
    ],
  },
} as const satisfies Record<string, Sample>;

/** What is left of a stream that stopped after `frames` of its pictures, in the order of coding. */
export function sampleInput(coding: keyof typeof samples, frames = 6): StillInput {
  const { configuration, frames: bodies } = samples[coding];
  return {
    headers: [{ typeId: VIDEO, body: hex(configuration) }],
    gop: bodies.slice(0, frames).map(([timestampMs, body]) => {
      return { typeId: VIDEO, timestampMs, body: hex(body) };
    }),
  };
}
