import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSteady, FRAME_MS, GOP_MS, LiveRing, Peer } from './live-ring.fixture.ts';

type Wish = { readonly afterMs: number; readonly delayMs: number; readonly looksEveryMs: number };

const wishes: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 20, max: 6_000 }),
    delayMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9_000 })),
    looksEveryMs: fc.integer({ min: 1, max: 250 }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('any delay, changed at any time', () => {
  it('never sends ahead of it, never faster than it came, and always whole runs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), wishes, (first, list) => {
        const ring = new LiveRing();
        const peer = new Peer(ring, { delayMs: first });
        const least: number[] = [first];
        for (const { afterMs, delayMs, looksEveryMs } of list) {
          const untilMs = ring.nowMs + afterMs;
          while (ring.nowMs < untilMs) {
            ring.play(Math.min(ring.nowMs + looksEveryMs, untilMs));
            peer.take();
          }
          expectNotAhead(peer, Math.min(...least));
          least.push(delayMs);
          peer.cursor.setDelay(delayMs);
        }
        expectRuns(peer);
      }),
      { numRuns: 40 },
    );
  });

  it('sends the same bytes as without one, later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8_000 }), (delayMs) => {
        const ring = new LiveRing();
        const live = new Peer(ring);
        const peer = new Peer(ring, { delayMs });
        ring.play(10_000, [live, peer]);
        const count = peer.received.length;
        const sent = (of: Peer) =>
          of.received.map(({ frameMs, timestampMs }) => [frameMs, timestampMs]);
        expect(sent(peer)).toEqual(sent(live).slice(0, count));
        expect(count).toBe(Math.floor((10_000 - delayMs) / FRAME_MS) + 1);
      }),
      { numRuns: 30 },
    );
  });
});

/** No frame before it was so old, whatever the delay was since. */
function expectNotAhead(peer: Peer, leastDelayMs: number): void {
  for (const { atMs, frameMs } of peer.received) {
    expect(atMs - frameMs).toBeGreaterThanOrEqual(leastDelayMs);
  }
}

/** Of looks that are so far apart. */
const STEP_MS_MAX = 300;

/** Each run begins at a keyframe, is without a gap, and told to the peer without a step back. */
function expectRuns(peer: Peer): void {
  let before: Peer['received'][number] | undefined;
  for (const received of peer.received) {
    if (before !== undefined) {
      const isNext = received.frameMs === before.frameMs + FRAME_MS;
      if (!isNext) expect(received.frameMs % GOP_MS).toBe(0);
      const stepMs = received.timestampMs - before.timestampMs;
      expect(stepMs).toBeGreaterThan(0);
      expect(stepMs).toBeLessThan(STEP_MS_MAX);
    }
    before = received;
  }
  // It may begin with a whole GOP at once.
  expectSteady(peer, GOP_MS + STEP_MS_MAX);
}
