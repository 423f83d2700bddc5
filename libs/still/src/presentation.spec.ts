import { describe, expect, it } from 'vitest';
import { Presentation, PRESENTATION_MS_MAX } from './presentation.ts';

const frame = (timestampMs: number, compositionTimeMs: number) => {
  return { data: new Uint8Array(), timestampMs, compositionTimeMs };
};

describe('the time at which a still is shown', () => {
  it('is as late as the keyframe was', () => {
    const presentation = new Presentation([frame(0, 66), frame(33, 66)]);
    expect([133, 166, 199].map((dtsMs) => presentation.next(dtsMs))).toEqual([66, 66, 66]);
  });

  it('rises past a picture whose B-frames never came', () => {
    const presentation = new Presentation([frame(0, 66), frame(33, 133)]);
    const shown = [66, 99, 132].map((dtsMs) => dtsMs + presentation.next(dtsMs));
    expect(shown).toEqual([167, 168, 198]);
  });

  it('does not follow a picture that would be shown too late', () => {
    const late = (compositionTimeMs: number) =>
      new Presentation([frame(0, 40), frame(40, compositionTimeMs)]).next(80);
    expect(late(PRESENTATION_MS_MAX + 39)).toBe(PRESENTATION_MS_MAX);
    expect(late(PRESENTATION_MS_MAX + 40)).toBe(40);
  });
});
