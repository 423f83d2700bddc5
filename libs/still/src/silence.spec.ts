import { describe, expect, it } from 'vitest';
import { hex } from './sample-streams.fixture.ts';
import { makeSilence } from './silence.ts';

const AUDIO = 8;
const header = (body: string) => ({ typeId: AUDIO, body: hex(body) });
const ofHeader = (body: string) => makeSilence({ headers: [header(body)], gop: [] });

/** Audio specific configurations, and the frame of silence that a decoder takes after each. */
const aacFrames: ReadonlyArray<readonly [name: string, config: string, ms: number, frame: string]> =
  [
    ['mono', '1188', 1024 / 48, '00c80007'],
    ['stereo', '1190', 1024 / 48, '2100 0320 641c'],
    ['stereo at 44.1 kHz', '1210', 1024 / 44.1, '2100 0320 641c'],
    ['stereo in frames of 960', '1194', 960 / 48, '2100 0320 641c'],
    ['HE-AAC, whose core has half the rate', '2b11 8800', 1024 / 24, ''],
    ['HE-AAC v2, whose core is mono', 'eb09 8800', 1024 / 24, '00c80007'],
    ['HE-AAC told behind its core', '1310 56e598', 1024 / 24, ''],
  ];

/** By channel configuration. */
const frameBytes = [0, 4, 6, 10, 13, 15, 19, 24];

describe('silence', () => {
  it.each(aacFrames)('of AAC: %s', (_, config, ms, frame) => {
    const silence = ofHeader(`af00${config}`);
    expect(silence).toMatchObject({ sound: 'silence', reason: '' });
    expect(silence.soundMs).toBeCloseTo(ms, 9);
    expect(silence.audio().subarray(0, 2)).toEqual(hex('af01'));
    if (frame !== '') expect(silence.audio().subarray(2)).toEqual(hex(frame));
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('has its elements for channel configuration %i', (channels) => {
    const config = Buffer.of(0x11, 0x80 | (channels << 3));
    const silence = ofHeader(`af00${config.toString('hex')}`);
    expect(silence.sound).toBe('silence');
    expect(silence.audio().length).toBe(2 + (frameBytes[channels] ?? 0));
  });

  it('keeps the framing of Enhanced RTMP', () => {
    const frame = ofHeader('90 6d703461 1190').audio();
    expect(frame.subarray(0, 5)).toEqual(hex('91 6d703461'));
    expect(frame.subarray(5)).toEqual(ofHeader('af001190').audio().subarray(2));
  });

  it('of Opus is a packet of no sound', () => {
    const opusHead = '4f707573486561640102380180bb0000000000';
    const head = '90 4f707573';
    expect(ofHeader(head + opusHead)).toMatchObject({ sound: 'silence', soundMs: 20 });
    expect(ofHeader(head + opusHead).audio()).toEqual(hex('91 4f707573 fcfffe'));
    const mono = opusHead.replace('640102', '640101');
    expect(ofHeader(head + mono).audio()).toEqual(hex('91 4f707573 f8fffe'));
    expect(ofHeader(head).audio()).toEqual(hex('91 4f707573 fcfffe'));
  });

  it('of G.711 needs no configuration', () => {
    const gop = [{ ...header('72 d5d5'), timestampMs: 0 }];
    const silence = makeSilence({ headers: [], gop });
    expect(silence).toMatchObject({ sound: 'silence', soundMs: 20 });
    expect(silence.audio()).toEqual(Buffer.concat([hex('72'), Buffer.alloc(160, 0xd5)]));
    const stereo = makeSilence({ headers: [], gop: [{ ...header('83 ff'), timestampMs: 0 }] });
    expect(stereo.audio()).toEqual(Buffer.concat([hex('83'), Buffer.alloc(320, 0xff)]));
  });

  it.each([
    ['AAC whose channels are listed elsewhere', 'af001180'],
    ['an object type of another coder', 'af00f94640'],
    ['a cut configuration', 'af0011'],
    ['Opus of many channels', '90 4f707573 4f707573486561640106380180bb0000000001'],
    ['AC-3', '90 61632d33'],
  ])('there is none for %s, and that is told', (_, body) => {
    const silence = ofHeader(body);
    expect(silence).toMatchObject({ sound: 'none', soundMs: 0 });
    expect(silence.reason).not.toBe('');
    expect(silence.audio().length).toBe(0);
  });

  it('there is none where there was no sound, and nothing to tell', () => {
    expect(makeSilence({ headers: [], gop: [] })).toMatchObject({ sound: 'none', reason: '' });
  });
});
