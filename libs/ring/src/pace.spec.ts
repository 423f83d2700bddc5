import { describe, expect, it } from 'vitest';
import { HELD_RESERVE_MS } from './pace.ts';
import { RingGauge } from './ring-gauge.ts';
import { expectSteady, FRAME_MS, framesOf, GOP_MS, LiveRing, Peer } from './live-ring.fixture.ts';

function expectDelay(peer: Peer, fromMs: number, untilMs: number, delayMs: number): void {
  const within = peer.received.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
  expect(within.length).toBeGreaterThan(0);
  for (const { atMs, frameMs } of within) {
    expect(atMs - frameMs).toBeGreaterThanOrEqual(delayMs);
    expect(atMs - frameMs).toBeLessThanOrEqual(delayMs + FRAME_MS);
  }
}

describe('a cursor with a delay', () => {
  it('begins with the first keyframe when it is so old, and then plays as fast as it came', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(2_980, [peer]);
    expect([peer.answer, peer.received]).toEqual(['idle', []]);
    ring.play(10_000, [peer]);
    expect(peer.frames).toEqual(framesOf(0, 7_000));
    expectDelay(peer, 0, 10_000, 3_000);
    expectSteady(peer);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(3_000);
    expect(peer.cursor.lagMs(ring.nowMs)).toBe(0);
  });

  it('begins late with the keyframe before what is due, and with all since', () => {
    const ring = new LiveRing();
    ring.play(7_500);
    const peer = new Peer(ring, { delayMs: 3_000 });
    peer.take();
    expect(peer.frames).toEqual(framesOf(4_000, 4_480));
    ring.play(9_000, [peer]);
    expect(peer.frames).toEqual(framesOf(4_000, 6_000));
  });

  it('waits for a keyframe where there is none', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    peer.take();
    expect(peer.answer).toBe('waiting-for-keyframe');
    ring.frame(40);
    ring.nowMs = 9_000;
    peer.take();
    expect(peer.answer).toBe('waiting-for-keyframe');
  });

  it('waits until what is due has the headers that stand now', () => {
    const ring = new LiveRing();
    ring.play(5_000);
    ring.writer.setHeaders([{ typeId: 9, body: Buffer.alloc(5) }]);
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(8_900, [peer]);
    expect([peer.answer, peer.received]).toEqual(['idle', []]);
    ring.play(9_100, [peer]);
    expect(peer.frames.slice(1)).toEqual(framesOf(6_000, 6_080));
  });

  it('plays on to the end while the encoder is away, and then with it after the same gap', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(5_000, [peer]);
    ring.pause(9_000, [peer]);
    expect(peer.frames).toEqual(framesOf(0, 5_000));
    ring.play(14_000, [peer]);
    expect(peer.frames).toEqual([...framesOf(0, 5_000), ...framesOf(9_000, 11_000)]);
    expectDelay(peer, 0, 14_000, 3_000);
    expectSteady(peer);
  });

  it('has no lag but its own', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(8_000, [peer]);
    ring.play(8_500);
    const { cursor } = peer;
    expect(cursor.lagMs(ring.nowMs)).toBe(440);
    expect(cursor.recordsWaiting(ring.nowMs)).toBe(12);
    ring.play(10_500);
    expect(cursor.lagJoinPoints(ring.nowMs)).toBe(2);
    expect(cursor.skipToNewestJoin(ring.nowMs)).toBe(49);
    expect(cursor.lagMs(ring.nowMs)).toBe(480);
    peer.take();
    expect(peer.frames).toEqual([...framesOf(0, 5_000), ...framesOf(7_000, 7_480)]);
    expect(cursor.reachedMs).toBe(7_480);
  });

  it('begins with less in a ring that is too short for it, until the ring holds it', () => {
    const ring = new LiveRing({ dataBytes: 64 * 1024, dataBytesMax: 1024 * 1024, windowMs: 8_000 });
    ring.frameBytes = 1_000;
    ring.play(30_000);
    const peer = new Peer(ring, { delayMs: 10_000 });
    peer.take();
    const delayMs = peer.cursor.delayMs(ring.nowMs);
    expect(delayMs).toBeGreaterThan(2_000);
    expect(delayMs).toBeLessThan(6_000);
    new RingGauge(ring.memory).windowMs = 20_000;
    ring.play(60_000, [peer]);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(10_000);
    expectDelay(peer, 45_000, 60_000, 10_000);
    expectSteady(peer);
  });

  it('is shortened to what the ring holds when that is less', () => {
    const ring = new LiveRing({ dataBytes: 64 * 1024, records: 1024 });
    const peer = new Peer(ring, { delayMs: 10_000 });
    ring.play(14_000, [peer]);
    expectDelay(peer, 0, 14_000, 10_000);
    ring.frameBytes = 1_000;
    for (let at = 14_100; at < 30_000; at += 100) {
      ring.play(at, [peer]);
      if (peer.answer === 'overtaken') peer.cursor.skipToNewestJoin(ring.nowMs);
    }
    const delayMs = peer.cursor.delayMs(ring.nowMs);
    expect(delayMs).toBeGreaterThan(500);
    expect(delayMs).toBeLessThan(2_000);
    expectDelay(peer, 29_000, 30_000, delayMs - FRAME_MS);
    expectSteady(peer);
  });

  it('leaves out a leap of the encoder’s clock', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(5_000, [peer]);
    for (let at = 0; at < 100; at += 1) {
      ring.frame(15_000 + at * FRAME_MS);
      ring.nowMs += FRAME_MS;
      peer.take();
    }
    const gap = peer.received.findIndex(({ frameMs }) => frameMs === 15_000);
    expect(peer.received[gap]?.atMs).toBe(8_000);
    expect(peer.frames.at(-1)).toBe(16_000);
  });

  it('follows an encoder whose clock is fast or slow', () => {
    for (const share of [0.999, 1.001]) {
      const ring = new LiveRing();
      const peer = new Peer(ring, { delayMs: 2_000 });
      for (let frame = 0; frame < 45_000; frame += 1) {
        ring.nowMs = frame * FRAME_MS * share;
        ring.frame(frame * FRAME_MS);
        peer.take();
      }
      const delayMs = peer.cursor.delayMs(ring.nowMs);
      expect(delayMs).toBeGreaterThan(1_700);
      expect(delayMs).toBeLessThan(2_300);
    }
  });
});

describe('a delay that changes', () => {
  it('becomes longer when the ring holds it: what was sent is sent again, with no break', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring);
    ring.play(2_500, [peer]);
    peer.cursor.setDelay(4_000);
    ring.play(3_980, [peer]);
    expectDelay(peer, 100, 3_980, 0);
    ring.play(4_500, [peer]);
    expect([peer.cursor.reachedMs, peer.cursor.lagMs(ring.nowMs)]).toEqual([480, 0]);
    ring.play(12_000, [peer]);
    expectDelay(peer, 4_020, 12_000, 4_000);
    expect(peer.frames.filter((frameMs) => frameMs === 1_000)).toHaveLength(2);
    expect(peer.cursor.videoDropped).toBe(0);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(4_000);
    expect(peer.cursor.reachedMs).toBe(8_000);
    expectSteady(peer);
  });

  it('does not while the ring is too short for it and what is lent besides', () => {
    // 4096 frames less a sixteenth: 153 s.
    const ring = new LiveRing({ dataBytes: 4 * 1024 * 1024, records: 4096 });
    const peer = new Peer(ring);
    ring.play(170_500, [peer]);
    peer.cursor.setDelay(153_600 - HELD_RESERVE_MS + GOP_MS);
    ring.play(174_500, [peer]);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(0);
    peer.cursor.setDelay(153_600 - HELD_RESERVE_MS - GOP_MS);
    ring.play(176_500, [peer]);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(153_600 - HELD_RESERVE_MS - GOP_MS);
  });

  it('becomes shorter at the next keyframe, and live where it becomes nothing', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 6_000 });
    ring.play(10_500, [peer]);
    peer.cursor.setDelay(2_000);
    ring.play(14_000, [peer]);
    expectDelay(peer, 0, 11_000, 6_000);
    expectDelay(peer, 11_040, 14_000, 2_000);
    peer.cursor.setDelay(0);
    ring.play(17_000, [peer]);
    expectDelay(peer, 14_040, 17_000, 0);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(0);
    expect(peer.cursor.videoDropped).toBe(0);
    expectSteady(peer);
    const times = peer.received.map(({ timestampMs }) => timestampMs);
    expect(times.every((timeMs, at) => at === 0 || timeMs > (times[at - 1] ?? 0))).toBe(true);
  });

  it('may change often: the peer’s timeline does not run away', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring);
    ring.play(3_000, [peer]);
    for (let changes = 0; changes < 10; changes += 1) {
      peer.cursor.setDelay(2_000);
      // Not long after a keyframe.
      ring.play(ring.nowMs + 3_100, [peer]);
      peer.cursor.setDelay(0);
      ring.play(ring.nowMs + 2_900, [peer]);
      expect(peer.cursor.delayMs(ring.nowMs)).toBe(0);
    }
    expectSteady(peer);
  });

  it('that is less than a frame needs nothing left out', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 20 });
    ring.play(5_000, [peer]);
    peer.cursor.setDelay(0);
    ring.play(8_000, [peer]);
    expect(peer.frames).toEqual(framesOf(0, 8_000));
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(0);
  });

  it('is forgotten when it is taken back', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring);
    ring.play(2_500, [peer]);
    peer.cursor.setDelay(4_000);
    peer.cursor.setDelay(0);
    ring.play(9_000, [peer]);
    expect(peer.frames).toEqual(framesOf(0, 9_000));
  });
});

describe('a cursor that begins where another stopped', () => {
  const rewind = (timelineMs: number) => ({ start: { kind: 'rewind', timelineMs } as const });

  it('begins at the keyframe before it, and never plays faster than live', () => {
    const ring = new LiveRing();
    ring.play(8_500);
    const peer = new Peer(ring, rewind(4_700));
    ring.play(20_000, [peer]);
    expect(peer.frames).toEqual(framesOf(4_000, 15_480));
    expectDelay(peer, 8_500, 20_000, 4_500);
    expectSteady(peer);
    peer.cursor.setDelay(0);
    ring.play(22_000, [peer]);
    expectDelay(peer, 21_040, 22_000, 0);
  });

  it.each([12_900, 3_000])('begins at the oldest that is surely held, not at %i', (stoppedMs) => {
    const ring = new LiveRing({ dataBytes: 1024 * 1024, records: 256 });
    ring.play(20_000);
    const peer = new Peer(ring, rewind(stoppedMs));
    peer.take();
    ring.play(21_000, [peer]);
    // 240 of the 256 are lent, from 10_440 on.
    expect(peer.frames[0]).toBe(13_000);
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(7_000);
  });

  it('begins with the first that has the headers that stand now', () => {
    const ring = new LiveRing();
    ring.play(3_500);
    ring.writer.setHeaders([]);
    ring.play(6_500);
    const peer = new Peer(ring, rewind(3_300));
    peer.take();
    expect(peer.frames).toEqual([4_000]);
  });

  it.each([0, 2_000])('is not silent once overtaken, after other headers, delay %i', (delayMs) => {
    const ring = new LiveRing({ dataBytes: 1024 * 1024, records: 256 });
    ring.play(20_000);
    const peer = new Peer(ring, { ...rewind(13_000), delayMs });
    ring.play(20_500, [peer]);
    expect(peer.frames).toEqual(framesOf(13_000, 13_480));
    ring.play(24_500);
    ring.writer.setHeaders([{ typeId: 9, body: Buffer.alloc(5) }]);
    peer.take();
    expect(peer.answer).toBe('overtaken');
    peer.cursor.skipToNewestJoin(ring.nowMs);
    ring.play(30_000, [peer]);
    const before = framesOf(13_000, 13_480);
    const [headers] = peer.received.splice(before.length, 1);
    expect(headers?.frameMs).toBe(0);
    expect(peer.frames).toEqual([...before, ...framesOf(25_000, 30_000 - delayMs)]);
    expectDelay(peer, 24_500, 30_000, delayMs);
    expectSteady(peer);
  });

  it('begins live where nothing else is there', () => {
    const ring = new LiveRing();
    ring.play(2_000);
    const peer = new Peer(ring, rewind(9_000));
    peer.take();
    ring.play(3_000, [peer]);
    expect(peer.frames).toEqual(framesOf(2_000, 3_000));
    expect(peer.cursor.delayMs(ring.nowMs)).toBe(0);
  });
});

describe('a cursor that ends at the head', () => {
  it('lends what there was and nothing after it', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring);
    ring.play(2_000, [peer]);
    ring.play(3_000);
    peer.cursor.endAtHead();
    ring.play(5_000, [peer]);
    peer.cursor.endAtHead();
    ring.play(6_000, [peer]);
    expect([peer.answer, peer.frames]).toEqual(['ended', framesOf(0, 3_000)]);
  });

  it('plays what is delayed to its end, as slowly as before', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(5_000, [peer]);
    peer.cursor.endAtHead();
    peer.cursor.setDelay(0);
    ring.pause(7_980, [peer]);
    expect([peer.answer, peer.frames.at(-1)]).toEqual(['idle', 4_960]);
    ring.pause(8_000, [peer]);
    expect([peer.answer, peer.frames]).toEqual(['ended', framesOf(0, 5_000)]);
    expectDelay(peer, 0, 8_000, 3_000);
  });

  it('plays what is not due yet when it is told to', () => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs: 3_000 });
    ring.play(1_000, [peer]);
    peer.cursor.endAtHead();
    ring.play(6_000, [peer]);
    expect([peer.answer, peer.frames]).toEqual(['ended', framesOf(0, 1_000)]);
  });

  it.each([0, 3_000])('has ended when there was nothing to begin with, delay %i', (delayMs) => {
    const ring = new LiveRing();
    const peer = new Peer(ring, { delayMs });
    peer.cursor.endAtHead();
    ring.play(6_000, [peer]);
    expect([peer.answer, peer.frames]).toEqual(['ended', []]);
  });
});
