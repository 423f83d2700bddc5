import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAvcRecord } from '#flv';
import { makeStill, SLATE_BYTES_MAX } from './index.ts';
import { hex, sampleInput } from './sample-streams.fixture.ts';
import type { Still, StillInput } from './still.ts';
import { findFrame } from './video-framing.ts';

const VIDEO = 9;

/** The first picture of a sample with its sets, as a byte stream. */
function slateOf(coding: 'cabac' | 'cavlc'): Buffer {
  const { headers, gop } = sampleInput(coding, 1);
  const record = parseAvcRecord(headers[0]?.body.subarray(5) ?? hex(''));
  const units = [...(record?.units ?? []), gop[0]?.body.subarray(9) ?? hex('')];
  return Buffer.concat(units.flatMap((unit) => [hex('000001'), unit]));
}

/** Message bodies as text: valid until the next call, so written down at once. */
const take = (still: Still, kind: 'skip' | 'keyframe', dtsMs: number): string =>
  still.video(kind, dtsMs).toString('hex');

const frameOf = (body: string) => findFrame(hex(body));

describe('what stands in for a stream that stopped', () => {
  it('copies the last picture, to the bit, in CAVLC', () => {
    const still = makeStill(sampleInput('cavlc', 2));
    expect(still).toMatchObject({ picture: 'last-picture', reason: '', frameMs: 40 });
    expect(take(still, 'skip', 80)).toBe('270100005100000007419a48d80b22c0');
    expect(take(still, 'skip', 120)).toBe('270100002a00000007419a6ad80b22c0');
  });

  it('copies the last picture, to the bit, in CABAC', () => {
    const still = makeStill(sampleInput('cabac', 2));
    expect(still).toMatchObject({ picture: 'last-picture', reason: '', keyframeMs: 2000 });
    expect(take(still, 'skip', 80)).toBe('270100005100000008419a48d88597cb80');
  });

  it('shows each picture after all before it, though B-frames are missing', () => {
    const input = sampleInput('cabac', 2);
    const still = makeStill(input);
    const shown = [80, 120, 160].map((dtsMs) => {
      return dtsMs + (frameOf(take(still, 'skip', dtsMs))?.track.compositionTimeMs ?? NaN);
    });
    // The P-frame at 40 ms is seen at 160 ms, when its two B-frames would have been.
    expect(shown).toEqual([161, 162, 200]);
  });

  it('is a keyframe where one is asked for, of one of two picture ids in turn', () => {
    const still = makeStill(sampleInput('cavlc'));
    const [first, second, third] = [0, 1, 2].map((turn) => take(still, 'keyframe', turn * 2000));
    expect([first, second, third].map((body) => frameOf(body ?? '')?.isKeyframe)).toEqual([
      true,
      true,
      true,
    ]);
    expect(first?.slice(10)).not.toBe(second?.slice(10));
    expect(first?.slice(10)).toBe(third?.slice(10));
  });
});

const anyInput: fc.Arbitrary<StillInput> = fc
  .record({
    coding: fc.constantFrom('cavlc' as const, 'cabac' as const),
    frames: fc.nat(6),
    changes: fc.array(fc.record({ frame: fc.nat(6), at: fc.nat(280), byte: fc.nat(255) })),
    cuts: fc.array(fc.record({ frame: fc.nat(6), length: fc.nat(280) }), { maxLength: 2 }),
  })
  .map(({ coding, frames, changes, cuts }) => {
    const { headers, gop } = sampleInput(coding, frames);
    const bodies = [...headers, ...gop].map(({ body }): Uint8Array => Buffer.from(body));
    for (const { frame, at, byte } of changes) {
      const body = bodies[frame];
      if (body !== undefined && at < body.length) body[at] = byte;
    }
    for (const { frame, length } of cuts) {
      bodies[frame % bodies.length] = bodies[frame % bodies.length]?.subarray(0, length) ?? hex('');
    }
    const [configuration = hex(''), ...rest] = bodies;
    return {
      headers: [{ typeId: VIDEO, body: configuration }],
      gop: rest.map((body, index) => ({ typeId: VIDEO, timestampMs: index * 40, body })),
    };
  });

describe('a slate', () => {
  it('of a stream that is alike is shown from the first picture on', () => {
    const input = sampleInput('cabac', 2);
    const still = makeStill(input, slateOf('cabac'));
    expect(still).toMatchObject({ picture: 'slate', reason: '' });
    expect(frameOf(take(still, 'skip', 80))?.isKeyframe).toBe(true);
    expect(frameOf(take(still, 'skip', 120))?.isKeyframe).toBe(false);
  });

  it('of another stream is not shown, and why is told', () => {
    const still = makeStill(sampleInput('cavlc', 2), slateOf('cabac'));
    expect(still.picture).toBe('last-picture');
    expect(still.reason).toBe('the slate cannot be shown: its arithmetic is another');
  });

  it('may be as large as the limit, and no larger', () => {
    const input = sampleInput('cabac', 2);
    const largest = Buffer.concat([slateOf('cabac')], SLATE_BYTES_MAX);
    expect(makeStill(input, largest).picture).toBe('slate');
    const larger = Buffer.concat([slateOf('cabac')], SLATE_BYTES_MAX + 1);
    expect(makeStill(input, larger).reason).toContain('its picture is too large');
  });

  it('may be any bytes', () => {
    const coded = slateOf('cabac');
    const change = fc.record({ at: fc.nat(coded.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change), fc.nat(coded.length), (changes, length) => {
        const bytes = Buffer.from(coded);
        for (const { at, byte } of changes) bytes[at] = byte;
        const still = makeStill(sampleInput('cabac', 2), bytes.subarray(0, length));
        expect(take(still, 'keyframe', 80)).not.toBe('');
      }),
    );
  });
});

describe('any bytes', () => {
  it('lead to pictures that can be sent, or to none', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const still = makeStill(input);
        const kinds = ['skip', 'keyframe', 'skip', 'skip', 'keyframe', 'keyframe'] as const;
        for (const [index, kind] of kinds.entries()) {
          const body = take(still, kind, index * 40);
          expect(body === '').toBe(still.picture === 'none');
        }
        expect(still.frameMs > 0).toBe(still.picture !== 'none');
      }),
      { numRuns: 1000 },
    );
  });
});
