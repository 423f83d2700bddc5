import { describe, expect, it } from 'vitest';
import { AckWatch } from './ack-watch.ts';
import { LANE_LIMITS } from './settings.ts';

const { stallMs } = LANE_LIMITS;
const STEP = 100_000;
/** A stream writes this often, and a fifth of a step each time. */
const BEAT_MS = 100;

/** A peer that has acknowledged each step of the first `steps`, one each half second. */
function habit(steps: number): { readonly watch: AckWatch; nowMs: number; written: number } {
  const watch = new AckWatch();
  const state = { watch, nowMs: 0, written: 0 };
  for (let beat = 1; beat <= steps * 5; beat += 1) {
    write(state);
    if (beat % 5 === 0) watch.acknowledged(state.nowMs, state.written);
  }
  return state;
}

function write(state: { readonly watch: AckWatch; nowMs: number; written: number }): void {
  state.nowMs += BEAT_MS;
  state.written += STEP / 5;
  state.watch.wrote(state.nowMs);
}

describe('a peer that acknowledges no more', () => {
  it('is silent one millisecond past the limit of a stall, not at it', () => {
    const state = habit(4);
    const lastMs = state.nowMs;
    while (state.nowMs < lastMs + stallMs) write(state);
    expect(state.watch.isSilent(lastMs + stallMs, state.written)).toBe(false);
    expect(state.watch.isSilent(lastMs + stallMs + 1, state.written)).toBe(true);
  });

  it('is silent past two of its largest steps, not at them', () => {
    const state = habit(4);
    const heard = state.written;
    const laterMs = state.nowMs + stallMs + 1;
    while (state.nowMs < laterMs) write(state);
    expect(state.watch.isSilent(laterMs, heard + 2 * STEP)).toBe(false);
    expect(state.watch.isSilent(laterMs, heard + 2 * STEP + 1)).toBe(true);
  });

  it('is heard again with the next acknowledgement', () => {
    const state = habit(4);
    const laterMs = state.nowMs + stallMs + 1;
    while (state.nowMs < laterMs) write(state);
    state.watch.acknowledged(laterMs, state.written);
    expect(state.watch.isSilent(laterMs + 1, state.written + 3 * STEP)).toBe(false);
  });

  it('is not judged for the time in which nobody could hear it', () => {
    const state = habit(4);
    const laterMs = state.nowMs + stallMs + 1;
    while (state.nowMs < laterMs) write(state);
    state.watch.forgive(1);
    expect(state.watch.isSilent(laterMs, state.written)).toBe(false);
    expect(state.watch.isSilent(laterMs + 1, state.written)).toBe(true);
  });
});

describe('a peer with a habit of its own', () => {
  it.each([0, 1, 2])('that has acknowledged %i times has none yet', (times) => {
    const state = habit(times);
    for (let beat = 0; beat < 1_000; beat += 1) write(state);
    expect(state.watch.isSilent(state.nowMs, state.written)).toBe(false);
  });

  it('that acknowledges every six seconds is given twelve', () => {
    const state = habit(2);
    const heardMs = state.nowMs;
    while (state.nowMs < heardMs + 6_000) write(state);
    state.watch.acknowledged(state.nowMs, state.written);
    const fromMs = state.nowMs;
    while (state.nowMs < fromMs + 12_000) write(state);
    const written = state.written * 10;
    expect(state.watch.isSilent(fromMs + 12_000, written)).toBe(false);
    expect(state.watch.isSilent(fromMs + 12_001, written)).toBe(true);
  });

  it('is not called silent for a stream that came back in one burst', () => {
    const state = habit(4);
    const backMs = state.nowMs + 60_000;
    state.watch.wrote(backMs);
    const written = state.written + 50 * STEP;
    expect(state.watch.isSilent(backMs, written)).toBe(false);
    state.nowMs = backMs;
    while (state.nowMs < backMs + stallMs) write(state);
    expect(state.watch.isSilent(backMs + stallMs, written)).toBe(false);
    expect(state.watch.isSilent(backMs + stallMs + 1, written)).toBe(true);
  });

  it('that starts its count again is not called silent', () => {
    const state = habit(4);
    // As nginx-rtmp does after 0xf0000000 bytes: it looks like 256 MiB more than were written.
    state.watch.acknowledged(state.nowMs, state.written + 0x1000_0000);
    const fromMs = state.nowMs;
    while (state.nowMs < fromMs + 10 * stallMs) write(state);
    expect(state.watch.isSilent(state.nowMs, state.written)).toBe(false);
  });
});
