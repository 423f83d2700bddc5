import { ChunkReader, encodeSetChunkSize } from '#rtmp';
import { describe, expect, it } from 'vitest';
import { look, FeedEvents, TestRing, TestSink } from './feed.fixture.ts';
import { Feed, type FeedOptions } from './feed.ts';
import { LANE_LIMITS } from './settings.ts';

const { stallMs, lagSoftMs, keyframeWaitMs } = LANE_LIMITS;
const FRAME_MS = 100;

/** An encoder with an exact clock, a keyframe each second, and one destination. */
class Scene {
  readonly ring = new TestRing({ dataBytes: 4 * 1024 * 1024, records: 4096 });
  readonly sink = new TestSink();
  readonly events = new FeedEvents();
  readonly feed: Feed;
  drained = 0;
  nowMs = 0;

  constructor(options: Partial<FeedOptions> = {}) {
    const given = { messageStreamId: 1, nowMs: 0, ...options };
    this.feed = new Feed(this.ring.reader, given, this.sink, this.events);
  }

  drain(): void {
    this.feed.drain(() => (this.drained += 1));
  }

  play(untilMs: number, how: { takes?: boolean; sends?: boolean; bytes?: number } = {}): void {
    const { takes = true, sends = true, bytes = 100 } = how;
    for (; this.nowMs < untilMs; this.nowMs += FRAME_MS) {
      const kind = this.nowMs % 1_000 === 0 ? 'keyframe' : 'inter';
      this.ring.writer.markTime(sends ? this.nowMs : NaN);
      if (sends) this.ring.frame(this.nowMs, kind, bytes);
      this.feed.pump(this.nowMs);
      if (takes) this.sink.take();
    }
  }

  /** The times in the bodies that the peer has taken. */
  get frames(): number[] {
    const frames: number[] = [];
    const reader = new ChunkReader();
    const onMessage = (_type: number, _ms: number, _sid: number, _id: number, body: Buffer) => {
      frames.push(body.readUInt32BE(0));
    };
    for (const bytes of [encodeSetChunkSize(4096), ...this.sink.taken]) {
      reader.feed(bytes, { onMessage });
    }
    return frames;
  }
}

function framesOf(fromMs: number, untilMs: number): number[] {
  return Array.from({ length: (untilMs - fromMs) / FRAME_MS }, (_, at) => fromMs + at * FRAME_MS);
}

describe('a feed with a delay', () => {
  it('gives up no peer while what is due is to come', () => {
    const scene = new Scene({ delayMs: 2 * keyframeWaitMs });
    scene.play(2 * keyframeWaitMs);
    expect([scene.frames, scene.events.told]).toEqual([[], []]);
    scene.play(40_000);
    expect(scene.frames).toEqual(framesOf(0, 10_000));
    expect([scene.feed.lagMs, scene.feed.delayMs]).toEqual([0, 2 * keyframeWaitMs]);
    expect(scene.feed.reachedMs).toBe(9_900);
    expect(scene.events.told).toEqual([]);
  });

  it('waits for a keyframe no longer than another, once something was sent', () => {
    const scene = new Scene({ delayMs: 5_000 });
    scene.ring.frame(0);
    scene.feed.pump(0);
    scene.ring.frame(40);
    scene.feed.pump(keyframeWaitMs + 1);
    expect(scene.events.told).toEqual(['NO_KEYFRAME']);
  });

  it('is given up when it takes nothing, as soon as another', () => {
    const scene = new Scene({ delayMs: 3_000 });
    scene.play(6_000);
    scene.play(6_000 + stallMs + FRAME_MS, { takes: false });
    expect(scene.events.told).toEqual(['degraded']);
    scene.play(6_000 + stallMs + 2 * FRAME_MS, { takes: false });
    expect(scene.events.told).toEqual(['degraded', 'STALLED']);
  });

  it('skips to the newest keyframe that is due when it is behind', () => {
    const scene = new Scene({ delayMs: 3_000 });
    scene.play(6_000);
    scene.play(6_000 + lagSoftMs + 1_500, { takes: false });
    scene.play(13_000);
    expect(scene.frames).toEqual([...framesOf(0, 3_100), ...framesOf(8_000, 10_000)]);
    expect(scene.feed.droppedFrames).toBe(49);
    expect(scene.feed.lagMs).toBe(0);
  });

  it('changes its delay at a keyframe', () => {
    const scene = new Scene();
    scene.play(5_500);
    scene.feed.setDelay(2_000);
    scene.play(9_000);
    expect(scene.feed.delayMs).toBe(2_000);
    expect(scene.frames).toEqual([...framesOf(0, 6_000), ...framesOf(4_000, 7_000)]);
  });
});

describe('a feed that drains', () => {
  it('writes what no beat has come to, and what comes after it not', () => {
    const scene = new Scene();
    scene.play(1_000);
    scene.ring.frame(1_000);
    scene.drain();
    expect(scene.drained).toBe(0);
    scene.ring.frame(1_100);
    scene.sink.take();
    expect(scene.drained).toBe(1);
    scene.feed.pump(9_000);
    expect([scene.sink.isWaiting, scene.drained]).toEqual([false, 1]);
    expect(scene.frames).toEqual(framesOf(0, 1_100));
  });

  it('is at its end at once where all was taken', () => {
    const scene = new Scene();
    scene.play(1_000);
    scene.drain();
    expect(scene.drained).toBe(1);
  });

  it('loses nothing while a span is in flight, nor what does not fit into one', () => {
    const scene = new Scene();
    scene.play(1_000);
    scene.play(3_900, { takes: false, bytes: 60_000 });
    scene.drain();
    for (let spans = 0; scene.drained === 0 && spans < 9; spans += 1) scene.sink.take();
    expect(scene.drained).toBe(1);
    expect(scene.frames).toEqual(framesOf(0, 3_900));
  });

  it('skips nothing of what is left, however far behind it is', () => {
    const scene = new Scene();
    scene.play(1_000);
    scene.play(1_000 + lagSoftMs + 2_000, { takes: false });
    scene.drain();
    scene.play(8_000, { sends: false });
    expect(scene.frames).toEqual(framesOf(0, 1_000 + lagSoftMs + 2_000));
  });

  it('skips nothing either when its lane was away for as long', () => {
    const scene = new Scene({ delayMs: 8_000 });
    scene.play(9_000);
    scene.drain();
    scene.ring.writer.markTime(8_900);
    scene.feed.pump(17_000);
    while (scene.sink.isWaiting) scene.sink.take();
    expect(scene.frames).toEqual(framesOf(0, 9_000));
  });

  it('plays out its delay, as slowly as before', () => {
    const scene = new Scene({ delayMs: 3_000 });
    scene.play(5_000);
    scene.drain();
    scene.ring.writer.markTime(4_900);
    for (; scene.nowMs < 7_900; scene.nowMs += 250) {
      scene.feed.pump(scene.nowMs);
      scene.sink.take();
    }
    expect(scene.drained).toBe(0);
    scene.feed.pump(7_900);
    scene.sink.take();
    expect(scene.drained).toBe(1);
    expect(scene.frames).toEqual(framesOf(0, 5_000));
  });

  it('is given up when the peer takes nothing any more', () => {
    const scene = new Scene();
    scene.play(1_000);
    scene.play(1_100, { takes: false });
    scene.drain();
    look(scene.feed, 1_000, 1_000 + stallMs);
    expect(scene.events.told).toEqual([]);
    scene.feed.pump(1_001 + stallMs);
    expect(scene.events.told).toEqual(['STALLED']);
    scene.sink.take();
    expect(scene.drained).toBe(0);
  });

  it('says nothing any more after an end', () => {
    const scene = new Scene();
    scene.play(1_100, { takes: false });
    scene.feed.end();
    scene.drain();
    scene.sink.take();
    expect(scene.drained).toBe(0);
  });
});
