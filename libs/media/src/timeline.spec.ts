import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BESIDE_AHEAD_MS_MAX,
  BACKWARD_JUMP_MS_MAX,
  EPOCH_GAP_MS_MAX,
  EPOCH_GAP_MS_MIN,
  EPOCH_REPAIR_MS_MAX,
  FORWARD_JUMP_MS_MAX,
  NUDGE_MS_MAX,
  ORIGIN_SETTLES_MS,
  Timeline,
  type TimedTrack,
} from './timeline.ts';

/** Feeds [track, timestamp] pairs, all at one moment unless a third number says when. */
function outputsOf(
  timeline: Timeline,
  inputs: readonly (readonly [TimedTrack, number, number?])[],
): number[] {
  return inputs.map(([track, timestamp, nowMs]) => timeline.advance(track, timestamp, nowMs ?? 50));
}

describe('a timeline', () => {
  it('starts at 0 wherever the encoder starts', () => {
    const timeline = new Timeline();
    expect(
      outputsOf(timeline, [
        ['video', 123_456],
        ['audio', 123_460],
        ['video', 123_489],
      ]),
    ).toEqual([0, 4, 33]);
  });

  it.each([
    ['0xFFFFFF, where chunk headers change their form', 0xffffff],
    ['2^31, where signed numbers end', 2 ** 31],
    ['2^32, where the encoder’s counter wraps', 2 ** 32],
  ])('goes on across %s', (_name, boundary) => {
    const timeline = new Timeline();
    const inputs = [-66, -33, 0, 33, 66].map((at) => ['video', (boundary + at) >>> 0] as const);
    expect(outputsOf(timeline, inputs)).toEqual([0, 33, 66, 99, 132]);
    expect(timeline.epochs).toBe(1);
  });

  it('lets what is beside the tracks be ahead of them by so much, and no more', () => {
    const timeline = new Timeline();
    expect(timeline.beside(7)).toBe(0);
    outputsOf(timeline, [['video', 1000]]);
    expect(timeline.beside(1000 + BESIDE_AHEAD_MS_MAX + 1)).toBe(0);
    expect(timeline.beside(990)).toBe(0);
    expect(timeline.beside(1000 + BESIDE_AHEAD_MS_MAX)).toBe(BESIDE_AHEAD_MS_MAX);
    expect(outputsOf(timeline, [['video', 1200]])).toEqual([200]);
    expect(timeline.epochs).toBe(1);
  });

  it('bridges a new connection by the time on the wall', () => {
    const timeline = new Timeline();
    outputsOf(timeline, [
      ['video', 9000, 100],
      ['video', 9033, 133],
    ]);
    timeline.beginEpoch();
    expect(
      outputsOf(timeline, [
        ['video', 0, 3133],
        ['audio', 21, 3150],
      ]),
    ).toEqual([3033, 3054]);
    expect(timeline.epochs).toBe(2);
  });

  it('keeps one frame at least, and no more than hours, between two connections', () => {
    const timeline = new Timeline();
    timeline.advance('video', 0, 1000);
    timeline.beginEpoch();
    expect(timeline.advance('video', 0, 400)).toBe(EPOCH_GAP_MS_MIN);
    timeline.beginEpoch();
    const output = timeline.advance('video', 0, 1400 + EPOCH_GAP_MS_MAX);
    expect(output).toBe(EPOCH_GAP_MS_MIN + EPOCH_GAP_MS_MAX);
  });

  it('believes a step forward up to its limit, and takes one more for another clock', () => {
    const within = new Timeline();
    within.advance('video', 0, 0);
    expect(within.advance('video', FORWARD_JUMP_MS_MAX, 40)).toBe(FORWARD_JUMP_MS_MAX);
    const beyond = new Timeline();
    beyond.advance('video', 0, 0);
    expect(beyond.advance('video', FORWARD_JUMP_MS_MAX + 1, 40)).toBe(40);
    expect(beyond.epochs).toBe(2);
  });

  it('holds a step back up to its limit, and takes one more for another clock', () => {
    const within = new Timeline();
    within.advance('video', 5000, 0);
    expect(within.advance('video', 5000 - BACKWARD_JUMP_MS_MAX, 40)).toBe(1);
    expect(within.epochs).toBe(1);
    const beyond = new Timeline();
    beyond.advance('video', 5000, 0);
    expect(beyond.advance('video', 5000 - BACKWARD_JUMP_MS_MAX - 1, 40)).toBe(40);
    expect(beyond.advance('video', 5033 - BACKWARD_JUMP_MS_MAX - 1, 73)).toBe(73);
    expect(beyond.epochs).toBe(2);
  });

  it('takes the jump of both tracks for one, whichever comes first', () => {
    const timeline = new Timeline();
    timeline.advance('video', 10_000, 0);
    timeline.advance('audio', 10_010, 10);
    expect(timeline.advance('audio', 5010, 40)).toBe(40);
    expect(timeline.advance('video', 5020, 50)).toBe(50);
    expect(timeline.epochs).toBe(2);
  });

  it('survives the absurd first timestamp of an encoder that counts from before zero', () => {
    const timeline = new Timeline();
    const inputs = [
      ['video', 0x7ffffff0, 0],
      ['audio', 0, 5],
      ['video', 33, 33],
    ] as const;
    const outputs = outputsOf(timeline, inputs);
    expect(outputs.at(-1)).toBeLessThan(100);
  });

  it('does not let time run away when audio lags far behind video', () => {
    const timeline = new Timeline();
    let output = 0;
    for (let frame = 0; frame < 300; frame += 1) {
      timeline.advance('video', 10_000 + frame * 33, frame * 33);
      output = timeline.advance('audio', 8500 + frame * 33, frame * 33);
    }
    expect(output).toBe(299 * 33);
    expect(timeline.epochs).toBe(1);
    expect(timeline.lateMessages).toBe(300);
  });

  it('tells lateness beyond a nudge', () => {
    const timeline = new Timeline();
    outputsOf(timeline, [
      ['video', 1000],
      ['audio', 1000 - NUDGE_MS_MAX],
    ]);
    expect(timeline.lateMessages).toBe(0);
    outputsOf(timeline, [['audio', 1000 - NUDGE_MS_MAX - 1]]);
    expect(timeline.lateMessages).toBe(1);
  });

  it('goes on from where another thread left it', () => {
    const timeline = new Timeline({ lastOutputMs: 7000, lastNowMs: 500 });
    expect(timeline.lastOutputMs).toBe(7000);
    expect(timeline.advance('video', 77, 1700)).toBe(8200);
  });

  it('gives each message of a track a later time than the one before, however late it is', () => {
    const timeline = new Timeline();
    const inputs = [
      ['video', 1000],
      ['audio', 1000],
      ['audio', 900],
      ['audio', 921],
      ['video', 1000],
      ['video', 1033],
    ] as const;
    expect(outputsOf(timeline, inputs)).toEqual([0, 0, 1, 2, 2, 33]);
  });

  it('lets a further track of a message’s kind have its time', () => {
    const timeline = new Timeline();
    timeline.advance('audio', 500, 0);
    expect(timeline.advance('audio', 500, 0, true)).toBe(0);
    expect(timeline.advance('audio', 521, 0)).toBe(21);
  });

  it('takes a track that stays behind for one with another clock, and no single frame', () => {
    const timeline = new Timeline();
    timeline.advance('video', 1000, 0);
    const late = 1000 - NUDGE_MS_MAX - 2;
    for (let nudge = 0; nudge < NUDGE_MS_MAX; nudge += 1) timeline.advance('video', late, 0);
    expect([timeline.epochs, timeline.lastOutputMs]).toEqual([1, NUDGE_MS_MAX]);
    timeline.advance('video', late + 1, 0);
    expect(timeline.epochs).toBe(2);
    for (let pair = 0; pair < NUDGE_MS_MAX; pair += 1) {
      timeline.advance('video', 1000 + pair * 100, 0);
      timeline.advance('video', 900 + pair * 100, 0);
    }
    expect(timeline.epochs).toBe(2);
  });

  it('makes good with a new epoch what the clock before it lagged or led, up to a limit', () => {
    const clockRunsFor = (inputMs: number, wallMs: number) => {
      const timeline = new Timeline();
      timeline.advance('video', 0, 0);
      timeline.advance('video', inputMs, wallMs);
      timeline.beginEpoch();
      return timeline.advance('video', 0, wallMs + 1000);
    };
    expect(clockRunsFor(9000, 9000 + EPOCH_REPAIR_MS_MAX)).toBe(10_000 + EPOCH_REPAIR_MS_MAX);
    expect(clockRunsFor(9000, 9001 + EPOCH_REPAIR_MS_MAX)).toBe(10_000 + EPOCH_REPAIR_MS_MAX);
    expect(clockRunsFor(9000, 9000 - EPOCH_REPAIR_MS_MAX)).toBe(10_000 - EPOCH_REPAIR_MS_MAX);
    expect(clockRunsFor(9000, 8999 - EPOCH_REPAIR_MS_MAX)).toBe(10_000 - EPOCH_REPAIR_MS_MAX);
  });

  it('began earlier than its first message, where that was held up', () => {
    const began = (laterMs: number) => {
      const timeline = new Timeline();
      timeline.advance('video', 0, 5000);
      timeline.advance('video', 700 + laterMs, 5000 + laterMs);
      timeline.beginEpoch();
      return timeline.advance('video', 0, 10_000);
    };
    expect(began(ORIGIN_SETTLES_MS - 1)).toBe(5700);
    // By then it is the encoder's clock that is fast.
    expect(began(ORIGIN_SETTLES_MS)).toBe(10_000 - 5000 + 700 - EPOCH_REPAIR_MS_MAX);
  });

  it('does not add up what a hundred connections lagged', () => {
    let timeline = new Timeline();
    let nowMs = 5_000;
    for (let connection = 0; connection < 100; connection += 1) {
      timeline.advance('video', 0, nowMs);
      // The network holds the end of each up.
      nowMs += 2400;
      timeline.advance('video', 2000, nowMs);
      nowMs += 1500;
      const { lastOutputMs, lastNowMs, originMs } = timeline;
      timeline = new Timeline({ lastOutputMs, lastNowMs, originMs });
    }
    const lagMs = nowMs - 5_000 - timeline.advance('video', 0, nowMs);
    expect(lagMs).toBe(0);
  });
});

describe('any input to a timeline', () => {
  const message = fc.record({
    track: fc.constantFrom('audio' as const, 'video' as const),
    stepMs: fc.oneof(
      fc.integer({ min: -50, max: 100 }),
      fc.integer({ min: -2000, max: 12_000 }),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    ),
    waitMs: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -5000, max: 100_000 })),
    reconnects: fc.boolean(),
  });

  it('gives whole milliseconds that never fall and that a chunk header can tell', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.array(message, { maxLength: 80 }), (start, messages) => {
        const timeline = new Timeline();
        let timestamp = start;
        let nowMs = 1000;
        let before = 0;
        for (const { track, stepMs, waitMs, reconnects } of messages) {
          if (reconnects) timeline.beginEpoch();
          timestamp = (timestamp + stepMs) >>> 0;
          nowMs += waitMs;
          const output = timeline.advance(track, timestamp, nowMs);
          expect(Number.isInteger(output)).toBe(true);
          expect(output - before).toBeGreaterThanOrEqual(0);
          expect(output - before).toBeLessThan(0xffffff);
          before = output;
        }
      }),
    );
  });

  const plan = fc.array(
    fc.oneof(
      fc.record({
        does: fc.constant('sends' as const),
        frames: fc.integer({ min: 1, max: 60 }),
        /** Every so many frames one is told so late that this much came before it. */
        reordersMs: fc.constantFrom(0, 0, 40, 150),
        audioLagsMs: fc.constantFrom(0, 0, 300),
      }),
      fc.record({
        does: fc.constantFrom('reconnects' as const, 'changes thread' as const),
        awayMs: fc.integer({ min: 20, max: 20_000 }),
      }),
      fc.record({
        does: fc.constant('jumps' as const),
        toInput: fc.oneof(fc.nat(0xffffffff), fc.integer({ min: -3000, max: 0 })),
      }),
    ),
    { maxLength: 30 },
  );

  it('keeps to the wall, and rises within each track, whatever an encoder does meanwhile', () => {
    const FRAME_MS = 33;
    fc.assert(
      fc.property(fc.nat(0xffffffff), plan, (start, acts) => {
        const startMs = 7_000;
        let timeline = new Timeline();
        let nowMs = startMs;
        /** What the encoder adds to the wall's time. */
        let shiftMs = start - nowMs;
        let newest = -1;
        const newestOf = { audio: -1, video: -1 };
        const send = (track: TimedTrack, lateMs: number) => {
          const output = timeline.advance(track, (nowMs + shiftMs - lateMs) >>> 0, nowMs);
          expect(output).toBeGreaterThan(newestOf[track]);
          expect(output).toBeGreaterThanOrEqual(newest);
          expect(output - newest).toBeLessThan(0xffffff);
          expect(Math.abs(output - (nowMs - startMs))).toBeLessThanOrEqual(200);
          newestOf[track] = output;
          newest = output;
        };
        for (const act of acts) {
          if (act.does === 'sends') {
            for (let frame = 0; frame < act.frames; frame += 1) {
              send('video', frame % 5 === 4 ? act.reordersMs : 0);
              send('audio', act.audioLagsMs);
              nowMs += FRAME_MS;
            }
          } else if (act.does === 'jumps') {
            // What is less than a jump is no other clock: the encoder has to be believed.
            const stepMs = (act.toInput - nowMs - shiftMs) | 0;
            const isJump = stepMs > FORWARD_JUMP_MS_MAX + 1000 || stepMs < -3000;
            if (isJump) shiftMs = act.toInput - nowMs;
            send('video', 0);
            nowMs += FRAME_MS;
          } else {
            nowMs += act.awayMs;
            shiftMs = start - nowMs;
            const { lastOutputMs, lastNowMs, originMs } = timeline;
            const isFirst = Number.isNaN(lastNowMs);
            if (isFirst) nowMs = startMs;
            else if (act.does === 'reconnects') timeline.beginEpoch();
            else timeline = new Timeline({ lastOutputMs, lastNowMs, originMs });
            if (isFirst) shiftMs = start - nowMs;
          }
        }
      }),
    );
  });

  it('shifts a steady encoder by a constant, wherever its counter stands', () => {
    const steps = fc.array(fc.integer({ min: 1, max: FORWARD_JUMP_MS_MAX }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.nat(0xffffffff), steps, (start, steps) => {
        const timeline = new Timeline();
        let elapsed = 0;
        expect(timeline.advance('audio', start, 0)).toBe(0);
        for (const stepMs of steps) {
          elapsed += stepMs;
          expect(timeline.advance('video', (start + elapsed) >>> 0, 0)).toBe(elapsed);
        }
      }),
    );
  });
});
