import { describe, expect, it } from 'vitest';
import { ConfirmedBytes } from './confirmed-bytes.ts';
import { LANE_LIMITS } from './settings.ts';

const { stallMs } = LANE_LIMITS;

/** Looks each second, from a first look at 0 on, up to and with `untilMs`. */
function lookUntil(confirmed: ConfirmedBytes, untilMs: number, bytes: number): string {
  let said = '';
  for (let nowMs = 0; nowMs < untilMs; nowMs += 1_000) confirmed.look(nowMs, bytes, 1);
  said = confirmed.look(untilMs, bytes, 1);
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
    expect(confirmed.look(stallMs + 1, 101, 1)).toBe('moves');
    expect(confirmed.look(stallMs + 2, 101, 1)).toBe('stands');
  });

  it('move where none is left, as while there is nothing to send', () => {
    const confirmed = new ConfirmedBytes();
    lookUntil(confirmed, stallMs, 100);
    expect(confirmed.look(stallMs + 1, 100, 0)).toBe('moves');
  });

  it('do not move where they were reckoned too low once', () => {
    const confirmed = new ConfirmedBytes();
    lookUntil(confirmed, stallMs - 1_000, 100);
    expect(confirmed.look(stallMs, 60, 1)).toBe('stands');
    expect(confirmed.look(stallMs + 1, 100, 1)).toBe('stalled');
  });

  it('are not judged by what was seen before nobody looked', () => {
    const confirmed = new ConfirmedBytes();
    confirmed.look(0, 100, 1);
    expect(confirmed.look(60_000, 100, 1)).toBe('stands');
    expect(confirmed.look(60_001, 100, 1)).toBe('stands');
  });
});
