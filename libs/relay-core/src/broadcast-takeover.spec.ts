import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream, toIngest, TO_HOLD } from './broadcast.fixture.ts';
import { TAKEOVER_APART_MS, TAKEOVER_SILENT_MS, TAKEOVERS_MAX } from './takeover.ts';

describe('a second encoder with the same key', () => {
  it('is refused while the first sends, and people are told once a minute', () => {
    const stream = new Stream().live().pass(60_000);
    stream.publish('b', { silentMs: TAKEOVER_SILENT_MS - 1 });
    expect(stream.effects).toEqual([
      { kind: 'refuse-ingest', ingestId: 'b', reason: 'busy' },
      { kind: 'tell', news: { what: 'encoder-refused', policy: 'takeover' } },
    ]);
    expect(stream.pass(59_999).publish('c').kinds()).toEqual(['refuse-ingest']);
    expect(stream.pass(1).publish('d').kinds()).toEqual(['refuse-ingest', 'tell']);
    expect(stream.state).toMatchObject({ active: 'a' });
  });

  it('takes over from one that has gone silent; the hold writes until its keyframe', () => {
    const stream = new Stream().live().pass(60_000);
    stream.publish('b', { silentMs: TAKEOVER_SILENT_MS });
    expect(stream.effects).toEqual([
      { kind: 'cut-ingest', ingestId: 'a', reason: 'taken-over' },
      TO_HOLD,
      { kind: 'set-timer', atMs: 121_000 },
      { kind: 'admit', ingestId: 'b', role: 'primary', pen: 'standby' },
      { kind: 'arm', ingestId: 'b' },
      { kind: 'tell', news: { what: 'encoder-taken-over', ground: 'silent' } },
      { kind: 'announce', from: 'live', to: 'live' },
    ]);
    expect(stream.lose('a').effects).toEqual([]);
    expect(stream.ready('b').effects).toEqual([
      toIngest('b'),
      { kind: 'clear-timer' },
      { kind: 'announce', from: 'live', to: 'live' },
    ]);
  });

  it('that is lost before its keyframe leaves the grace period', () => {
    const stream = new Stream().live().publish('b', { silentMs: 9_000 }).lose('b');
    expect(stream.state).toMatchObject({ phase: 'grace', pending: null, inputs: [] });
    expect(stream.kinds()).not.toContain('pass-pen');
  });

  it('that never has a keyframe does not hold the stream for ever', () => {
    const stream = new Stream({ graceSeconds: 5 }).live().publish('b', { silentMs: 9_000 });
    stream.pass(9_999).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('live');
    stream.pass(1).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('idle');
  });

  it('wins at once from the same address, or with the same name', () => {
    const address = '198.51.100.a';
    const near = new Stream().live().publish('b', { address });
    expect(near.news).toEqual([{ what: 'encoder-taken-over', ground: 'same-address' }]);
    const same = new Stream().live().publish('b', { encoder: 'a' });
    expect(same.news).toEqual([{ what: 'encoder-taken-over', ground: 'same-encoder' }]);
    const unnamed = new Stream().publish('a', { encoder: '' }).publish('b', { encoder: '' });
    expect(unnamed.kinds()).toContain('refuse-ingest');
  });

  it('is refused by the policy that says so, however silent the first is', () => {
    const stream = new Stream({ takeover: 'reject' }).live().pass(60_000);
    stream.publish('b', { silentMs: 60_000, address: '198.51.100.a' });
    expect(stream.kinds()).toEqual(['refuse-ingest', 'tell']);
  });

  it('becomes the other input by the policy that says so, where there is room', () => {
    const stream = new Stream({ takeover: 'backup' }).live().publish('b');
    expect(stream.effects[0]).toMatchObject({ kind: 'admit', role: 'backup', pen: 'standby' });
    expect(stream.publish('c').kinds()).toContain('refuse-ingest');
  });

  it('of the input that stands by takes its place, and the writer goes on', () => {
    const stream = new Stream().live().standby();
    stream.publish('c', { role: 'backup', silentMs: 9_000 });
    expect(stream.kinds()).toEqual(['cut-ingest', 'admit', 'tell', 'announce']);
    expect(stream.state).toMatchObject({ active: 'a', pending: null });
  });

  it('cannot take over faster than every two seconds', () => {
    const stream = new Stream().live().publish('b', { silentMs: 9_000 });
    stream.pass(TAKEOVER_APART_MS - 1).publish('c', { silentMs: 9_000 });
    expect(stream.kinds()).toContain('refuse-ingest');
    expect(stream.pass(1).publish('d', { silentMs: 9_000 }).kinds()).toContain('admit');
  });
});

describe('two encoders that throw each other out', () => {
  /** The same one to the eye, and sending. */
  const SAME = { encoder: 'a' };

  function fight(): Stream {
    const stream = new Stream().publish('a', SAME);
    for (let n = 0; n < TAKEOVERS_MAX; n += 1) {
      expect(stream.pass(5_000).publish(`n${n}`, SAME).kinds()).toContain('admit');
    }
    stream.pass(5_000).publish('x', SAME);
    expect(stream.effects).toEqual([
      { kind: 'refuse-ingest', ingestId: 'x', reason: 'fighting' },
      { kind: 'tell', news: { what: 'encoders-fight' } },
    ]);
    return stream;
  }

  it('are told of, and the one that has the stream keeps it until the other rests', () => {
    const stream = fight();
    // Two minutes later they are still at it.
    for (let n = 0; n < 24; n += 1) {
      expect(stream.pass(5_000).publish(`y${n}`, SAME).kinds()).toEqual(['refuse-ingest']);
    }
    expect(stream.pass(29_999).publish('z', SAME).kinds()).toEqual(['refuse-ingest']);
    expect(stream.pass(30_000).publish('q', SAME).kinds()).toContain('admit');
  });

  it('are none where the first sends nothing: a ghost keeps nobody out', () => {
    const stream = fight().pass(1_000);
    stream.publish('y', { ...SAME, silentMs: TAKEOVER_SILENT_MS });
    expect(stream.news).toEqual([{ what: 'encoder-taken-over', ground: 'silent' }]);
    // On a bad network it comes back time and again, and leaves a ghost each time.
    for (let n = 0; n < 20; n += 1) {
      stream.pass(3_000).publish(`g${n}`, { ...SAME, silentMs: 2_500 });
      expect(stream.kinds()).toContain('admit');
    }
  });

  it('for ten minutes change the writer a few times a minute at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 200 }), (pauses) => {
        const stream = new Stream().live();
        const wonAtMs: number[] = [];
        for (const [index, pauseMs] of pauses.entries()) {
          stream.pass(pauseMs).publish(`${index}`, { encoder: 'same', address: '192.0.2.1' });
          if (stream.kinds().includes('admit')) wonAtMs.push(stream.nowMs);
          else expect(stream.kinds()).toContain('refuse-ingest');
          expect(stream.state.inputs).toHaveLength(1);
          const { nowMs } = stream;
          const inAMinute = wonAtMs.filter((at) => nowMs - at < 60_000).length;
          // A fight that is over begins to count anew.
          expect(inAMinute).toBeLessThanOrEqual(2 * TAKEOVERS_MAX);
        }
      }),
      { numRuns: 200 },
    );
  });
});
