import { ChunkReader, encodeSetChunkSize } from '#rtmp';
import { describe, expect, it } from 'vitest';
import { FeedEvents, look, TestRing, TestSink } from './feed.fixture.ts';
import { Feed } from './feed.ts';
import { LANE_LIMITS } from './settings.ts';

const { stallMs, lagDegradedMs, lagSoftMs, recoveredAfterMs, keyframeWaitMs } = LANE_LIMITS;

function feeding(ring = new TestRing(), nowMs = 0) {
  const sink = new TestSink();
  const events = new FeedEvents();
  const feed = new Feed(ring.reader, { messageStreamId: 1, nowMs }, sink, events);
  return { ring, sink, feed, told: events.told };
}

/**
 * The times in the bodies that the peer has taken; what their headers tell must be the same time
 * from 0.
 */
function timesOf(sink: TestSink): number[] {
  const times: number[] = [];
  const reader = new ChunkReader();
  const onMessage = (
    _type: number,
    timestampMs: number,
    _sid: number,
    _id: number,
    body: Buffer,
  ) => {
    times.push(body.readUInt32BE(0));
    expect(timestampMs).toBe(body.readUInt32BE(0) - (times[0] ?? 0));
  };
  for (const bytes of [encodeSetChunkSize(4096), ...sink.taken]) reader.feed(bytes, { onMessage });
  return times;
}

describe('a feed', () => {
  it('writes what the ring has, in order, one write under way at a time', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    ring.frame(40);
    ring.frame(80);
    feed.pump(10);
    expect(sink.calls).toEqual(['cork', 'write', 'write', 'uncork']);
    sink.take();
    feed.pump(20);
    sink.take();
    feed.pump(30);
    expect(timesOf(sink)).toEqual([0, 40, 80]);
    expect(sink.isWaiting).toBe(false);
  });

  it('counts bytes once the socket has taken them', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    expect(feed.bytesWritten).toBe(0);
    sink.take();
    expect(feed.bytesWritten).toBe(Buffer.concat(sink.taken).length);
  });

  it('finishes with what no beat has come to yet, and writes nothing after it', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    ring.frame(40);
    ring.frame(80);
    feed.finish();
    ring.frame(120);
    feed.pump(10);
    sink.take();
    expect(timesOf(sink)).toEqual([0, 40, 80]);
  });

  it('writes and tells nothing after its end, also when the socket takes the rest', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    feed.end();
    sink.take();
    ring.frame(40);
    feed.pump(60_000);
    expect(sink.isWaiting).toBe(false);
    expect(told).toEqual([]);
  });
});

describe('a destination that takes nothing', () => {
  it('is given up one millisecond past the limit, not at it', () => {
    const { ring, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    look(feed, 1_000, 1_000 + stallMs);
    expect(told).toEqual([]);
    feed.pump(1_001 + stallMs);
    expect(told).toEqual(['STALLED']);
    feed.pump(100_000);
    expect(told).toEqual(['STALLED']);
  });

  it('is not given up while it acknowledges', () => {
    const { ring, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    look(feed, 0, 5_000);
    feed.acknowledged(5_000, 1);
    look(feed, 5_000, 5_000 + stallMs);
    expect(told).toEqual([]);
    feed.pump(5_001 + stallMs);
    expect(told).toEqual(['STALLED']);
  });

  it('is not given up for the time in which this thread itself stood still', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    feed.pump(10 * stallMs);
    expect(told).toEqual([]);
    sink.take();
    ring.frame(40);
    feed.pump(10 * stallMs + 250);
    expect(sink.isWaiting).toBe(true);
    look(feed, 10 * stallMs + 250, 11 * stallMs + 250);
    expect(told.includes('STALLED')).toBe(false);
    feed.pump(11 * stallMs + 251);
    expect(told.at(-1)).toBe('STALLED');
  });

  it('has nothing to take while the encoder is away: no stall', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    for (let nowMs = 0; nowMs <= 10 * stallMs; nowMs += 250) feed.pump(nowMs);
    ring.frame(40);
    feed.pump(10 * stallMs + 1);
    feed.pump(11 * stallMs);
    expect(told).toEqual([]);
  });

  it('is cut before what it was lent can be overwritten', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe', 1_000);
    feed.pump(0);
    let timestampMs = 0;
    while (told.length === 0) {
      timestampMs += 1;
      ring.frame(timestampMs, 'inter', 10_000);
      feed.pump(timestampMs);
    }
    expect(told).toEqual(['OVERTAKEN']);
    sink.take();
    expect(timesOf(sink)).toEqual([0]);
    expect(timestampMs * 10_000).toBeLessThan(1024 * 1024);
  });

  it.each([1, 6, 45])('may do so for all of the limit at %i Mbit/s', (mbits) => {
    const { ring, sink, feed, told } = feeding(new TestRing({}));
    const [frameMs, frameBytes] = [40, (mbits * 1_000_000 * 0.04) / 8];
    const goOn = (fromMs: number, untilMs: number, takes: boolean): void => {
      for (let at = fromMs; at < untilMs; at += frameMs) {
        ring.frame(at, at % 2000 === 0 ? 'keyframe' : 'inter', frameBytes);
        feed.pump(at);
        if (takes) sink.take();
        sink.taken.length = 0;
      }
    };
    goOn(0, 40_000, true);
    goOn(40_000, 40_000 + stallMs, false);
    expect(sink.isWaiting).toBe(true);
    goOn(40_000 + stallMs, 60_000, true);
    expect(told).toEqual(['degraded', 'recovered']);
  });
});

describe('a destination that is behind', () => {
  /** A frame each 100 ms from 100 to `untilMs`, a keyframe each second. */
  function frames(ring: TestRing, fromMs: number, untilMs: number): void {
    for (let at = fromMs; at <= untilMs; at += 100) {
      ring.frame(at, at % 1_000 === 0 ? 'keyframe' : 'inter');
    }
  }

  it('is degraded past the limit, and live again after keeping up for a while', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    frames(ring, 100, lagDegradedMs);
    feed.pump(10);
    expect([feed.lagMs, told]).toEqual([lagDegradedMs, []]);
    ring.frame(lagDegradedMs + 1);
    feed.pump(20);
    expect(told).toEqual(['degraded']);
    sink.take();
    feed.pump(20);
    sink.take();
    expect(feed.lagMs).toBe(0);
    feed.pump(20 + recoveredAfterMs - 1);
    expect(told).toEqual(['degraded']);
    feed.pump(20 + recoveredAfterMs);
    expect(told).toEqual(['degraded', 'recovered']);
  });

  it('is not degraded by a pause of the encoder', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    ring.frame(30_000, 'keyframe');
    feed.pump(30_000);
    ring.frame(30_040);
    feed.pump(30_010);
    expect(told).toEqual([]);
  });

  it('skips nothing at the limit of time', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    frames(ring, 100, lagSoftMs + 100);
    feed.pump(lagSoftMs + 1);
    sink.take();
    expect([feed.lagMs, feed.droppedFrames]).toEqual([lagSoftMs, 0]);
  });

  it('skips nothing of what an encoder held back and sends in one burst', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    feed.pump(lagSoftMs);
    frames(ring, 100, 2 * lagSoftMs);
    feed.pump(2 * lagSoftMs);
    sink.take();
    expect(feed.droppedFrames).toBe(0);
    expect(timesOf(sink).at(-1)).toBe(2 * lagSoftMs);
  });

  it('skips to the newest keyframe one millisecond past it, on the same timeline', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    frames(ring, 100, lagSoftMs + 100);
    ring.frame(lagSoftMs + 101);
    look(feed, 0, lagSoftMs + 1);
    sink.take();
    expect(feed.droppedFrames).toBe(39);
    sink.take();
    expect(timesOf(sink)).toEqual([0, 4_000, 4_100, 4_101]);
    expect(feed.lagMs).toBe(0);
  });

  it('skips nothing for the time in which this thread itself stood still', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    frames(ring, 100, lagSoftMs + 100);
    ring.frame(lagSoftMs + 101);
    feed.pump(lagSoftMs + 1_000);
    sink.take();
    expect(feed.droppedFrames).toBe(0);
  });

  it('skips nothing within two GOPs, however long they are', () => {
    const { ring, sink, feed } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    for (let at = 500; at < 30_000; at += 500) {
      ring.frame(at, at % 10_000 === 0 ? 'keyframe' : 'inter');
    }
    sink.take();
    sink.take();
    expect(feed.droppedFrames).toBe(0);
    expect(timesOf(sink).at(-1)).toBe(29_500);
  });

  it('goes on at the next keyframe once the ring has gone over what it has not read', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    for (let at = 1; at <= 100; at += 1) ring.frame(at * 10, 'inter', 10_000);
    feed.pump(10);
    feed.pump(20);
    expect(sink.isWaiting).toBe(false);
    ring.frame(1_010, 'keyframe');
    feed.pump(30);
    sink.take();
    expect(timesOf(sink)).toEqual([0, 1_010]);
    expect(feed.droppedFrames).toBe(100);
    expect(told).not.toContain('OVERTAKEN');
  });
});

describe('a feed whose encoder comes back', () => {
  it('is not called behind for the time that the encoder was away', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    // Changed metadata carries the last time that there was; the keyframe after it the new one.
    ring.frame(0);
    ring.frame(5 * lagDegradedMs, 'keyframe');
    feed.pump(5 * lagDegradedMs);
    sink.take();
    feed.pump(5 * lagDegradedMs + 30);
    expect(told).toEqual([]);
  });
});

describe('a feed without a keyframe', () => {
  it('is given up one millisecond past the limit, not at it', () => {
    const { ring, feed, told } = feeding(new TestRing(), 500);
    feed.pump(500);
    ring.frame(0);
    feed.pump(500 + keyframeWaitMs);
    expect(told).toEqual([]);
    ring.frame(40);
    feed.pump(501 + keyframeWaitMs);
    expect(told).toEqual(['NO_KEYFRAME']);
  });

  it('waits as long as the encoder is away, and has its whole patience when it is back', () => {
    const { ring, feed, told } = feeding();
    for (let nowMs = 0; nowMs <= 10 * keyframeWaitMs; nowMs += 250) feed.pump(nowMs);
    ring.frame(0);
    feed.pump(11 * keyframeWaitMs);
    expect(told).toEqual([]);
    ring.frame(40);
    feed.pump(11 * keyframeWaitMs + 1);
    expect(told).toEqual(['NO_KEYFRAME']);
  });

  it('begins with the keyframe that comes within the limit, and says that it waits', () => {
    const { ring, sink, feed, told } = feeding();
    expect(feed.isWaitingForKeyframe).toBe(false);
    ring.frame(0);
    feed.pump(keyframeWaitMs);
    expect(feed.isWaitingForKeyframe).toBe(true);
    ring.frame(40, 'keyframe');
    feed.pump(keyframeWaitMs + 1);
    expect(feed.isWaitingForKeyframe).toBe(false);
    sink.take();
    expect(timesOf(sink)).toEqual([40]);
    expect(told).toEqual([]);
  });
});
