import { describe, expect, it } from 'vitest';
import { ConfirmedBytes, type Confirmed } from './confirmed-bytes.ts';
import { LANE_LIMITS } from './settings.ts';

const { stallMs } = LANE_LIMITS;

function exactly(bytes: number): Confirmed {
  return { least: bytes, most: bytes };
}

/** Looks each second, from a first look at 0 on, up to and with `untilMs`. */
function lookUntil(confirmed: ConfirmedBytes, untilMs: number, bytes: number): string {
  let said = '';
  for (let nowMs = 0; nowMs < untilMs; nowMs += 1_000) confirmed.look(nowMs, exactly(bytes), 1);
  said = confirmed.look(untilMs, exactly(bytes), 1);
  return said;
}

describe('bytes that a peer confirms', () => {
  it('stall one millisecond past the limit, not at it', () => {
    expect(lookUntil(new ConfirmedBytes(), stallMs, 100)).toBe('stands');
    expect(lookUntil(new ConfirmedBytes(), stallMs + 1, 100)).toBe('stalled');
  });

  it('move with each one more', () => {
    const confirmed = new ConfirmedBytes();
    lookUntil(confirmed, stallMs, 100);
    expect(confirmed.look(stallMs + 1, exactly(101), 1)).toBe('moves');
    expect(confirmed.look(stallMs + 2, exactly(101), 1)).toBe('stands');
  });

  it('move where none is left, as while there is nothing to send', () => {
    const confirmed = new ConfirmedBytes();
    lookUntil(confirmed, stallMs, 100);
    expect(confirmed.look(stallMs + 1, exactly(100), 0)).toBe('moves');
  });

  it('do not move where they were reckoned too low once', () => {
    const confirmed = new ConfirmedBytes();
    lookUntil(confirmed, stallMs - 1_000, 100);
    expect(confirmed.look(stallMs, { least: 60, most: 130 }, 1)).toBe('stands');
    expect(confirmed.look(stallMs + 1, exactly(100), 1)).toBe('stalled');
  });

  it('do not move where a look is only less late than those before it', () => {
    const confirmed = new ConfirmedBytes();
    // Of a peer that has confirmed 100 and no more.
    for (let nowMs = 0; nowMs <= stallMs; nowMs += 1_000) {
      const least = 60 + nowMs / 1_000;
      expect(confirmed.look(nowMs, { least, most: 150 }, 1)).toBe('stands');
    }
    expect(confirmed.look(stallMs + 1, { least: 99, most: 120 }, 1)).toBe('stalled');
  });

  it('move as soon as they are more than they can have been', () => {
    const confirmed = new ConfirmedBytes();
    confirmed.look(0, { least: 60, most: 150 }, 1);
    confirmed.look(1_000, { least: 60, most: 120 }, 1);
    expect(confirmed.look(2_000, { least: 120, most: 160 }, 1)).toBe('stands');
    expect(confirmed.look(3_000, { least: 121, most: 160 }, 1)).toBe('moves');
  });

  it('are not judged by what was seen before nobody looked', () => {
    const confirmed = new ConfirmedBytes();
    confirmed.look(0, exactly(100), 1);
    expect(confirmed.look(60_000, exactly(100), 1)).toBe('stands');
    expect(confirmed.look(60_001, exactly(100), 1)).toBe('stands');
  });
});
