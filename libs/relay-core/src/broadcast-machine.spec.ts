import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  GRACE_SECONDS_DEFAULT,
  GRACE_SECONDS_MAX,
  newBroadcast,
  stepBroadcast,
  TAKEOVER_APART_MS,
  TAKEOVER_SILENT_MS,
} from './broadcast-machine.ts';
import type { BroadcastEffect, BroadcastEvent, BroadcastState } from './broadcast-machine.ts';

class Stream {
  nowMs = 1_000;
  state: BroadcastState;
  effects: readonly BroadcastEffect[] = [];

  constructor(graceSeconds?: number) {
    this.state = newBroadcast(graceSeconds);
  }

  give(event: BroadcastEvent): this {
    const step = stepBroadcast(this.state, event, this.nowMs);
    this.state = step.state;
    this.effects = step.effects;
    return this;
  }

  publish(ingestId: string, silentMs = 0): this {
    return this.give({ kind: 'publish-requested', ingestId, silentMs });
  }

  lose(ingestId: string): this {
    return this.give({ kind: 'ingest-lost', ingestId });
  }

  pass(durationMs: number): this {
    this.nowMs += durationMs;
    return this;
  }

  kinds(): string[] {
    return this.effects.map((effect) => effect.kind);
  }
}

describe('a stream goes live', () => {
  it('with the first accepted publish', () => {
    const stream = new Stream().publish('a');
    expect(stream.state).toMatchObject({ phase: 'live', ingestId: 'a' });
    expect(stream.effects).toEqual([
      { kind: 'start-broadcast' },
      { kind: 'accept-ingest', ingestId: 'a', takesOver: false },
      { kind: 'announce', from: 'idle', to: 'live' },
    ]);
  });
});

describe('an encoder that blinks', () => {
  it('ends nothing when it is back within the grace period', () => {
    const stream = new Stream().publish('a').lose('a');
    expect(stream.state.phase).toBe('grace');
    expect(stream.effects[0]).toEqual({
      kind: 'set-timer',
      atMs: 1_000 + GRACE_SECONDS_DEFAULT * 1_000,
    });
    stream.pass(59_999).give({ kind: 'timer' });
    expect(stream.kinds()).toEqual(['set-timer']);
    stream.publish('b');
    expect(stream.kinds()).toEqual(['accept-ingest', 'clear-timer', 'announce']);
  });

  it('ends the broadcast when it stays away', () => {
    const stream = new Stream(5).publish('a').lose('a').pass(5_000).give({ kind: 'timer' });
    expect(stream.state.phase).toBe('idle');
    expect(stream.effects).toContainEqual({ kind: 'end-broadcast', reason: 'grace-expired' });
  });

  it('ends the broadcast at once when there is no grace period', () => {
    const stream = new Stream(0).publish('a').lose('a');
    expect(stream.state.phase).toBe('idle');
    expect(stream.kinds()).toEqual(['end-broadcast', 'announce']);
  });

  it('does not count when it is not the accepted one', () => {
    const stream = new Stream().publish('a');
    expect(stream.lose('b').effects).toEqual([]);
    expect(stream.state.phase).toBe('live');
  });
});

describe('a second encoder with the same key', () => {
  it('is refused while the first one sends', () => {
    const stream = new Stream().publish('a').pass(60_000);
    stream.publish('b', TAKEOVER_SILENT_MS - 1);
    expect(stream.effects).toEqual([{ kind: 'refuse-ingest', ingestId: 'b', reason: 'busy' }]);
    expect(stream.state).toMatchObject({ ingestId: 'a' });
  });

  it('takes over from one that has gone silent, in the same broadcast', () => {
    const stream = new Stream().publish('a').pass(60_000).publish('b', TAKEOVER_SILENT_MS);
    expect(stream.effects).toEqual([
      { kind: 'cut-ingest', ingestId: 'a' },
      { kind: 'accept-ingest', ingestId: 'b', takesOver: true },
      { kind: 'announce', from: 'live', to: 'live' },
    ]);
    expect(stream.lose('a').state).toMatchObject({ phase: 'live', ingestId: 'b' });
  });

  it('cannot take over faster than every two seconds', () => {
    const stream = new Stream()
      .publish('a')
      .pass(TAKEOVER_APART_MS - 1)
      .publish('b', 9_000);
    expect(stream.kinds()).toEqual(['refuse-ingest']);
    expect(stream.pass(1).publish('c', 9_000).kinds()).toContain('accept-ingest');
  });
});

describe('end now', () => {
  it('cuts the encoder and ends the broadcast', () => {
    const stream = new Stream().publish('a').give({ kind: 'end-now' });
    expect(stream.kinds()).toEqual(['cut-ingest', 'end-broadcast', 'announce']);
    expect(stream.give({ kind: 'end-now' }).effects).toEqual([]);
  });

  it('ends a grace period', () => {
    const stream = new Stream().publish('a').lose('a').give({ kind: 'end-now' });
    expect(stream.kinds()).toEqual(['end-broadcast', 'clear-timer', 'announce']);
  });
});

describe('the grace period', () => {
  it('can be changed while it runs', () => {
    const stream = new Stream(60).publish('a').lose('a').pass(10_000);
    stream.give({ kind: 'grace-changed', graceSeconds: 20 });
    expect(stream.effects).toEqual([{ kind: 'set-timer', atMs: 21_000 }]);
    stream.give({ kind: 'grace-changed', graceSeconds: 10 });
    expect(stream.effects).toContainEqual({ kind: 'end-broadcast', reason: 'grace-expired' });
    expect(stream.kinds()).toContain('clear-timer');
  });

  it('is kept for the next time when it is changed while live', () => {
    const stream = new Stream().publish('a').give({ kind: 'grace-changed', graceSeconds: 7 });
    expect(stream.effects).toEqual([]);
    expect(stream.lose('a').effects[0]).toEqual({ kind: 'set-timer', atMs: 8_000 });
  });

  it('has its bounds', () => {
    expect(() => newBroadcast(GRACE_SECONDS_MAX)).not.toThrow();
    expect(() => newBroadcast(GRACE_SECONDS_MAX + 1)).toThrow('grace period');
    expect(() => newBroadcast(-1)).toThrow('grace period');
  });
});

type Happening =
  | { readonly kind: 'publish'; readonly silentMs: number }
  | { readonly kind: 'lose' | 'lose-another' | 'end-now' | 'timer' };

function must(condition: boolean, belief: string): void {
  if (!condition) throw new Error(belief);
}

/** What an observer of the effects believes; every effect must fit it. */
class Observer {
  accepted: string | null = null;
  running = false;
  lostAtMs = 0;

  see(effect: BroadcastEffect, nowMs: number, graceMs: number): void {
    if (effect.kind === 'start-broadcast' || effect.kind === 'end-broadcast') {
      must(this.running === (effect.kind === 'end-broadcast'), 'broadcasts start and end in turn');
      this.running = !this.running;
    }
    if (effect.kind === 'end-broadcast' && effect.reason === 'grace-expired') {
      must(nowMs - this.lostAtMs >= graceMs, 'the grace period is granted in full');
    }
    if (effect.kind === 'cut-ingest') {
      must(effect.ingestId === this.accepted, 'only the accepted ingest is cut');
      this.accepted = null;
    }
    if (effect.kind === 'accept-ingest') {
      must(this.accepted === null, 'one ingest at a time');
      this.accepted = effect.ingestId;
    }
  }
}

describe('whatever happens, in whatever order', () => {
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    fc.record({ kind: fc.constant('publish' as const), silentMs: fc.nat(4_000) }),
    fc.record({ kind: fc.constantFrom('lose', 'lose-another', 'end-now', 'timer') }),
  );
  const story = fc.array(fc.tuple(happening, fc.nat(4_000)), { maxLength: 60 });

  function eventOf(what: Happening, ingestId: string, observer: Observer): BroadcastEvent {
    if (what.kind === 'publish') {
      return { kind: 'publish-requested', ingestId, silentMs: what.silentMs };
    }
    if (what.kind === 'lose-another') return { kind: 'ingest-lost', ingestId };
    if (what.kind === 'lose') return { kind: 'ingest-lost', ingestId: observer.accepted ?? '' };
    return { kind: what.kind };
  }

  it('a stream has one ingest at most, and broadcasts that start and end in turn', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(0, 1, 60), (happenings, graceSeconds) => {
        const stream = new Stream(graceSeconds);
        const observer = new Observer();
        for (const [index, [what, passMs]] of happenings.entries()) {
          stream.pass(passMs).give(eventOf(what, `ingest-${index}`, observer));
          if (what.kind === 'lose' && observer.accepted !== null) {
            observer.accepted = null;
            observer.lostAtMs = stream.nowMs;
          }
          for (const effect of stream.effects) {
            observer.see(effect, stream.nowMs, graceSeconds * 1_000);
          }
          const { state } = stream;
          expect(state.phase === 'live' ? state.ingestId : null).toBe(observer.accepted);
          expect(state.phase !== 'idle').toBe(observer.running);
        }
      }),
      { numRuns: 500 },
    );
  });
});
