import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { audioFlags } from './audio-flags.ts';
import { describeAudio } from './describe-audio.ts';
import { describeVideo } from './describe-video.ts';
import { headerKey } from './header-key.ts';
import type { MediaFault } from './media-fault.ts';
import { HEADER_FLAGS, MediaFlag } from './media-flag.ts';
import type { AudioTraits, MediaTrack, VideoTraits } from './media-traits.ts';
import { videoFlags } from './video-flags.ts';

type Kind = 'audio' | 'video';
type FlagName = keyof typeof MediaFlag;

export const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
export const ascii = (text: string): string => Buffer.from(text).toString('hex');

/** One message body, and all that is to be said of it. */
export interface MediaBodyCase {
  readonly name: string;
  readonly kind: Kind;
  readonly body: string;
  readonly flags: readonly FlagName[];
  /** `id codec data` of each track, and the composition time where there is one. */
  readonly tracks: readonly string[];
  readonly key?: string;
  readonly fault?: MediaFault;
}

const flagsOf = (kind: Kind, body: Uint8Array): number =>
  kind === 'video' ? videoFlags(body) : audioFlags(body);
const describeBody = (kind: Kind, body: Uint8Array): VideoTraits | AudioTraits =>
  kind === 'video' ? describeVideo(body) : describeAudio(body);
const maskOf = (names: readonly FlagName[]): number =>
  names.reduce((mask, name) => mask | MediaFlag[name], 0);
const namesOf = (mask: number): string[] =>
  Object.entries(MediaFlag).flatMap(([name, bit]) => ((mask & bit) === 0 ? [] : [name]));

function lineOf(track: MediaTrack & { readonly compositionTimeMs?: number }): string {
  const time = track.compositionTimeMs ?? 0;
  const signed = time === 0 ? '' : ` ${time > 0 ? '+' : ''}${time}`;
  return `${track.trackId} ${track.codec} ${Buffer.from(track.data).toString('hex')}${signed}`;
}

/** The flags that a description amounts to: a second way to the same answer. */
function flagsOfTraits(kind: Kind, traits: VideoTraits | AudioTraits): number {
  const { packet, tracks } = traits;
  const enhanced = traits.enhanced ? MediaFlag.ENHANCED : 0;
  if (packet === 'empty') return MediaFlag.EMPTY;
  if (packet === 'malformed') return enhanced | MediaFlag.MALFORMED;
  const isFurther = tracks.length > 0 && tracks.every(({ trackId }) => trackId !== 0);
  const framing =
    enhanced | (traits.multitrack ? MediaFlag.MULTITRACK : 0) | (isFurther ? MediaFlag.FURTHER : 0);
  const nal = /^(?:avc1|hvc1|vvc1)$/;
  const filled = tracks.some(({ codec, data }) =>
    kind === 'video' && packet === 'frames' && nal.test(codec)
      ? !/^(?:00000000)*.{0,6}$/.test(Buffer.from(data).toString('hex'))
      : data.length > 0,
  );
  const emptiness = filled ? 0 : MediaFlag.EMPTY;
  switch (packet) {
    case 'config': {
      const mayBeEmpty = kind === 'audio' && traits.enhanced;
      return framing | MediaFlag.SEQUENCE_HEADER | (mayBeEmpty ? 0 : emptiness);
    }
    case 'channels':
      return framing | MediaFlag.MULTICHANNEL_CONFIG | emptiness;
    case 'metadata':
      return framing | MediaFlag.METADATA;
    case 'end':
      return framing | MediaFlag.END_OF_SEQUENCE;
    case 'command':
      return framing | MediaFlag.COMMAND;
    case 'unknown':
      return framing | MediaFlag.UNKNOWN;
    case 'frames': {
      if (!filled || !('frame' in traits)) return framing | emptiness;
      const joinable = tracks.some(({ trackId }) => trackId === 0);
      const isKey = joinable && traits.frame.endsWith('key');
      const disposable = traits.frame === 'disposable' ? MediaFlag.DISPOSABLE : 0;
      return framing | (isKey ? MediaFlag.KEYFRAME : 0) | disposable;
    }
  }
}

/** Bytes that are almost a message: headers that mean something, then FourCCs, zeros and chance. */
export const anyBody = fc
  .tuple(
    fc.constantFrom(0x17, 0x27, 0x1c, 0x57, 0x90, 0x91, 0x93, 0x94, 0x95, 0x96, 0x97, 0xa6, 0xaf),
    fc.array(
      fc.oneof(
        fc.constantFrom(Buffer.from('avc1'), Buffer.from('Opus'), hex('000001'), hex('00000000')),
        fc.constantFrom(hex('00'), hex('01'), hex('10'), hex('13'), hex('20'), hex('07')),
        fc.uint8Array({ maxLength: 6 }),
      ),
      { maxLength: 12 },
    ),
  )
  .map(([first, rest]) => Buffer.concat([Buffer.of(first), ...rest]));

/** Flags, description and header key of each case say one thing, wherever its body is cut. */
export function describeMediaBodies(cases: readonly MediaBodyCase[]): void {
  describe.each(cases)('$kind: $name', (example) => {
    const { kind, body: text, flags, tracks, key = '', fault } = example;
    const body = hex(text);

    it('has its flags', () => {
      expect(namesOf(flagsOf(kind, body))).toStrictEqual(namesOf(maskOf(flags)));
    });

    it('is described', () => {
      expect(describeBody(kind, body).tracks.map(lineOf)).toStrictEqual(tracks);
      expect(describeBody(kind, body).fault).toBe(fault);
      expect(flagsOfTraits(kind, describeBody(kind, body))).toBe(maskOf(flags));
    });

    it('has a header key when it is replayed', () => {
      expect(headerKey(kind, body)).toBe(key);
      expect(key !== '').toBe((maskOf(flags) & HEADER_FLAGS) !== 0);
    });

    it('may be cut anywhere', () => {
      for (let length = 0; length < body.length; length += 1) {
        const cut = body.subarray(0, length);
        const described = describeBody(kind, cut);
        expect(flagsOf(kind, cut)).toBe(flagsOfTraits(kind, described));
        expect(described.packet === 'malformed').toBe(described.fault !== undefined);
      }
    });
  });
}

/** Whatever the bytes, the flags say what the description says. */
export function describeAnyBodies(kind: Kind): void {
  it(`any ${kind} body has the flags of its description`, () => {
    fc.assert(
      fc.property(fc.oneof(anyBody, fc.uint8Array({ maxLength: 64 })), (body) => {
        const traits = describeBody(kind, body);
        expect(namesOf(flagsOf(kind, body))).toStrictEqual(namesOf(flagsOfTraits(kind, traits)));
        expect(headerKey(kind, body) !== '').toBe((flagsOf(kind, body) & HEADER_FLAGS) !== 0);
      }),
      { numRuns: 1000 },
    );
  });
}
