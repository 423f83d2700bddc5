import { stepBroadcast, type BroadcastEvent } from './broadcast.ts';
import type { PublishAsked } from './broadcast-step.ts';
import {
  newBroadcast,
  type BroadcastEffect,
  type BroadcastNews,
  type BroadcastSettings,
  type BroadcastState,
} from './broadcast-state.ts';

/** One stream's reducer, with its time, and what its last event brought about. */
export class Stream {
  nowMs = 1_000;
  state: BroadcastState;
  effects: readonly BroadcastEffect[] = [];

  constructor(settings: Partial<BroadcastSettings> = {}) {
    this.state = newBroadcast(settings);
  }

  give(event: BroadcastEvent): this {
    const step = stepBroadcast(this.state, event, this.nowMs);
    this.state = step.state;
    this.effects = step.effects;
    return this;
  }

  /** From an address and with a name of its own. */
  publish(ingestId: string, asked: Partial<PublishAsked> = {}): this {
    const address = `198.51.100.${ingestId}`;
    return this.give({
      kind: 'publish-requested',
      ingestId,
      role: 'primary',
      address,
      encoder: ingestId,
      silentMs: 0,
      ...asked,
    });
  }

  /** Accepted as the first of its broadcast, and sending. */
  live(ingestId = 'a'): this {
    return this.publish(ingestId).give({ kind: 'ingest-flowing', ingestId });
  }

  standby(ingestId = 'b'): this {
    return this.publish(ingestId, { role: 'backup' }).give({ kind: 'ingest-flowing', ingestId });
  }

  lose(ingestId: string, clean = false): this {
    return this.give({ kind: 'ingest-lost', ingestId, clean });
  }

  freeze(ingestId: string): this {
    return this.give({ kind: 'ingest-frozen', ingestId });
  }

  ready(ingestId: string): this {
    return this.give({ kind: 'ingest-ready', ingestId });
  }

  pass(durationMs: number): this {
    this.nowMs += durationMs;
    return this;
  }

  kinds(): string[] {
    return this.effects.map((effect) => effect.kind);
  }

  get news(): readonly BroadcastNews[] {
    return this.effects.flatMap((effect) => (effect.kind === 'tell' ? [effect.news] : []));
  }
}

export const TO_HOLD = { kind: 'pass-pen', to: { kind: 'hold' } };
export const toIngest = (ingestId: string) => ({
  kind: 'pass-pen',
  to: { kind: 'ingest', ingestId },
});
