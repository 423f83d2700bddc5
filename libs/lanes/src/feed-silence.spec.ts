import { describe, expect, it } from 'vitest';
import { FeedEvents, look, TestRing, TestSink } from './feed.fixture.ts';
import { Feed } from './feed.ts';
import { LANE_LIMITS } from './settings.ts';

const { stallMs } = LANE_LIMITS;

function feeding() {
  const ring = new TestRing();
  const sink = new TestSink();
  const events = new FeedEvents();
  const feed = new Feed(ring.reader, { messageStreamId: 1, nowMs: 0 }, sink, events);
  return { ring, sink, feed, told: events.told };
}

describe('a destination that takes everything and is gone', () => {
  it('is given up when it acknowledges no more, though the socket takes everything', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    const live = (fromMs: number, untilMs: number, acknowledges: boolean): void => {
      for (let nowMs = fromMs; nowMs < untilMs; nowMs += 40) {
        ring.frame(nowMs + 40);
        feed.pump(nowMs);
        sink.take();
        if (acknowledges) feed.acknowledged(nowMs, feed.bytesWritten);
      }
    };
    live(0, 4_000, true);
    live(4_000, 4_000 + stallMs, false);
    expect(told).toEqual([]);
    live(4_000 + stallMs, 4_080 + stallMs, false);
    expect(told).toEqual(['STALLED']);
  });

  it('is given up when its kernel confirms nothing, though the socket takes everything', () => {
    const { ring, sink, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    const live = (untilMs: number): void => {
      for (let nowMs = untilMs - 1_000; nowMs < untilMs; nowMs += 40) {
        ring.frame(nowMs + 40);
        feed.pump(nowMs);
        sink.take();
      }
    };
    for (let nowMs = 1_000; nowMs <= 1_000 + stallMs; nowMs += 1_000) {
      live(nowMs);
      feed.confirmed(nowMs, { least: 500, most: 500 }, 1);
    }
    expect(told).toEqual([]);
    feed.confirmed(1_001 + stallMs, { least: 500, most: 500 }, 1);
    expect(told).toEqual(['STALLED']);
  });

  it('is not given up while its kernel confirms bytes, however long one write takes', () => {
    const { ring, feed, told } = feeding();
    ring.frame(0, 'keyframe');
    for (let nowMs = 0; nowMs <= 4 * stallMs; nowMs += 1_000) {
      look(feed, nowMs, nowMs + 999);
      feed.confirmed(nowMs + 999, { least: nowMs, most: nowMs }, 1);
    }
    expect(told.includes('STALLED')).toBe(false);
  });

  it('is in doubt once it has said nothing for two seconds', () => {
    const { ring, sink, feed } = feeding();
    expect(feed.isDoubtful(5_000)).toBe(false);
    ring.frame(0, 'keyframe');
    feed.pump(0);
    sink.take();
    feed.acknowledged(1_000, 100);
    expect([feed.isDoubtful(3_000), feed.isDoubtful(3_001)]).toEqual([false, true]);
    feed.end();
    expect(feed.isDoubtful(3_001)).toBe(false);
  });
});
