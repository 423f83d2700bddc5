import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from './broadcast.fixture.ts';
import type { BroadcastEffect } from './broadcast-state.ts';

interface Happening {
  readonly kind:
    | 'publish'
    | 'flow'
    | 'ready'
    | 'freeze'
    | 'lose'
    | 'unpublish'
    | 'switch'
    | 'pictures'
    | 'other';
  /** Which of those that were let in, or which role. */
  readonly pick: number;
  readonly silentMs: number;
  readonly passMs: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(
    ...(['publish', 'flow', 'ready', 'freeze', 'lose'] as const),
    ...(['unpublish', 'switch', 'pictures', 'other'] as const),
  ),
  pick: fc.nat(5),
  silentMs: fc.nat(4_000),
  passMs: fc.nat(4_000),
});

function must(condition: boolean, belief: string): void {
  if (!condition) throw new Error(belief);
}

/** What an observer of the effects believes; every effect must fit it. */
class Observer {
  readonly here = new Map<string, string>();
  running = false;
  /** Who has the pen. */
  writer: string | null = null;
  heldSinceMs = 0;

  see(effect: BroadcastEffect, nowMs: number, graceMs: number): void {
    switch (effect.kind) {
      case 'start-broadcast':
        must(!this.running, 'broadcasts start and end in turn');
        this.running = true;
        return;
      case 'end-broadcast':
        must(this.running, 'broadcasts start and end in turn');
        must(this.here.size === 0, 'whoever is there is cut first');
        if (effect.reason === 'grace-expired') {
          must(nowMs - this.heldSinceMs >= graceMs, 'the grace period is granted in full');
        }
        this.running = false;
        this.writer = null;
        return;
      case 'admit':
        must(this.running, 'an encoder is let in to a broadcast');
        must(![...this.here.values()].includes(effect.role), 'one encoder for each input');
        this.here.set(effect.ingestId, effect.role);
        if (effect.pen === 'now') {
          must(this.writer === null, 'one writer');
          this.writer = effect.ingestId;
        }
        return;
      case 'arm':
      case 'disarm':
        must(this.here.has(effect.ingestId), 'only who is there is armed');
        must(this.writer !== effect.ingestId, 'who writes needs no arms');
        return;
      case 'pass-pen':
        this.#pass(effect.to.kind === 'hold' ? 'hold' : effect.to.ingestId, nowMs);
        return;
      case 'cut-ingest':
        must(this.here.delete(effect.ingestId), 'only who is there is cut');
        return;
      default:
        return;
    }
  }

  #pass(to: string, nowMs: number): void {
    must(this.running, 'the pen is passed in a broadcast');
    must(to !== this.writer, 'the pen goes to another');
    must(to === 'hold' || this.here.has(to), 'the pen goes to somebody who is there');
    if (to === 'hold') this.heldSinceMs = nowMs;
    this.writer = to;
  }
}

function happen(stream: Stream, observer: Observer, what: Happening, newId: string): void {
  const ids = [...observer.here.keys()];
  const ingestId = ids[what.pick % Math.max(1, ids.length)] ?? 'nobody';
  stream.pass(what.passMs);
  switch (what.kind) {
    case 'publish': {
      const role = what.pick % 2 === 0 ? 'primary' : 'backup';
      stream.publish(newId, { role, silentMs: what.silentMs });
      return;
    }
    case 'flow':
      stream.give({ kind: 'ingest-flowing', ingestId });
      return;
    case 'ready':
      stream.ready(ingestId);
      return;
    case 'freeze':
      stream.freeze(ingestId);
      return;
    case 'lose':
    case 'unpublish':
      observer.here.delete(ingestId);
      stream.lose(ingestId, what.kind === 'unpublish');
      return;
    case 'pictures':
      stream.give({ kind: what.pick === 0 ? 'picture-back' : 'picture-stale' });
      return;
    case 'switch':
      stream.give({ kind: 'switch-requested' });
      return;
    case 'other':
      stream.give({ kind: what.pick === 0 ? 'end-now' : 'timer' });
      return;
  }
}

describe('whatever happens, in whatever order', () => {
  const story = fc.array(happening, { maxLength: 80 });
  const policy = fc.constantFrom(...(['takeover', 'reject', 'backup'] as const));

  it('a stream has one writer at most, which is there, and broadcasts that take turns', () => {
    fc.assert(
      fc.property(
        story,
        fc.constantFrom(0, 1, 60),
        fc.boolean(),
        policy,
        (happenings, graceSeconds, endOnUnpublish, takeover) => {
          const stream = new Stream({ graceSeconds, endOnUnpublish, takeover });
          const observer = new Observer();
          for (const [index, what] of happenings.entries()) {
            happen(stream, observer, what, `ingest-${index}`);
            for (const effect of stream.effects) {
              observer.see(effect, stream.nowMs, graceSeconds * 1_000);
            }
            const { phase, active, inputs, pending, heldSinceMs } = stream.state;
            expect(phase !== 'idle').toBe(observer.running);
            expect(observer.writer).toBe(phase === 'idle' ? null : (active ?? 'hold'));
            expect(inputs.map(({ ingestId }) => ingestId)).toEqual([...observer.here.keys()]);
            expect(heldSinceMs !== null).toBe(phase !== 'idle' && active === null);
            expect(phase === 'live' && active === null && pending === null).toBe(false);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
