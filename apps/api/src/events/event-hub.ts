import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import type { LiveEvent } from '#contracts';
import { CodedError, sentenceOf } from '#kernel';
import type { Clock } from '#kernel';
import type { Live } from '#live';
import type { Logger } from '#observability';
import { AccessChanges } from '../auth/access-changes.ts';
import { CLOCK, LIVE, LOGGER } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { EventStream, WireEvent } from './event-stream.ts';

export const EVENT_STREAMS_PER_USER_MAX = 5;
const BEAT_MS = 15_000;
/** A reader is sent away after this, to come back and show that it may still read. */
const STREAM_LIFETIME_MS = 3_600_000;
/** How long one read of the log is held back by Redis. */
const BLOCK_MS = 5000;
const RETRY_AFTER_FAULT_MS = 500;
/** Relays have written their statuses anew this long after Redis' return. */
const RELAYS_SETTLE_MS = 3000;
/**
 * Batches sent to a reader that was away, at most; what is older it learns from the current state.
 */
const CATCH_UP_BATCHES_MAX = 10;

/** Reads the log of events once and hands every entry to every reader of its workspace. */
@Injectable()
export class EventHub implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #streams = new Set<EventStream>();
  readonly #ending = new AbortController();
  #following: Promise<void> | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AccessChanges) changes: AccessChanges,
  ) {
    changes.onChange(() => this.#askAll());
  }

  onApplicationBootstrap(): void {
    this.#following = this.#follow();
    this.#beat = setInterval(() => this.#beatAll(), BEAT_MS);
    this.#beat.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#ending.abort();
    clearInterval(this.#beat);
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
    await this.#following;
  }

  /** Takes a reader in. From then on `stream` gets every event, held back until `begin`. */
  admit(stream: EventStream): void {
    const { account } = stream.owner;
    const held = [...this.#streams].filter(({ owner }) => owner.account === account);
    if (held.length >= EVENT_STREAMS_PER_USER_MAX) {
      const sentence = `${EVENT_STREAMS_PER_USER_MAX} event streams are open already; close one.`;
      throw new ProblemError('TOO_MANY_EVENT_STREAMS', sentence, { status: 429 });
    }
    if (this.#ending.signal.aborted) {
      throw new ProblemError('SHUTTING_DOWN', 'The server is ending.', { status: 503 });
    }
    this.#streams.add(stream);
  }

  dismiss(stream: EventStream): void {
    this.#streams.delete(stream);
  }

  /**
   * What a reader starts with. Somebody new: the current state. Somebody who says where they were:
   * what they missed, then the current state, which is the same unless the log did not reach back
   * that far.
   */
  async currentState(lastEventId: string | undefined) {
    const missed = lastEventId === undefined ? [] : await this.#eventsSince(lastEventId);
    const newest = await this.live.events.newestEventId();
    const statuses = await this.live.status.allStatuses();
    const current = statuses.map((status) => {
      const { streamId, workspaceId } = status;
      return wireEvent({ type: 'stream.status', workspaceId, streamId, status }, newest);
    });
    return { position: newest, events: [...missed, ...current] };
  }

  async #eventsSince(lastEventId: string): Promise<WireEvent[]> {
    const events: WireEvent[] = [];
    let after = lastEventId;
    for (let batch = 0; batch < CATCH_UP_BATCHES_MAX; batch += 1) {
      const entries = await this.live.events.eventsAfter(after);
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.id;
      events.push(...entries.map(({ id, event }) => wireEvent(event, id)));
    }
    return events;
  }

  /** Goes on for as long as the process does, through every absence of Redis. */
  async #follow(): Promise<void> {
    const { signal } = this.#ending;
    let position: string | undefined;
    let wasAway = false;
    while (!signal.aborted) {
      try {
        position ??= await this.live.events.newestEventId();
        if (wasAway) await this.#sayCurrentState();
        if (wasAway) this.#sayCurrentStateLater();
        wasAway = false;
        for await (const entry of this.live.events.readEvents(position, BLOCK_MS, signal)) {
          position = entry.id;
          this.#sendAll(wireEvent(entry.event, entry.id));
        }
      } catch (thrown) {
        if (!wasAway) this.logger.warn({ fault: sentenceOf(thrown) }, 'events: Redis is away');
        if (!(thrown instanceof CodedError)) this.logger.error({ err: thrown }, 'events: fault');
        wasAway = true;
        await wait(RETRY_AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** What happened while Redis was away may never have reached the log. */
  async #sayCurrentState(): Promise<void> {
    const { events } = await this.currentState(undefined);
    for (const event of events) this.#sendAll(event);
  }

  /** Relays, too, need a moment to write down anew what an emptied Redis has forgotten. */
  #sayCurrentStateLater(): void {
    const later = setTimeout(() => {
      // Redis is away again; the next return says it.
      this.#sayCurrentState().catch(() => undefined);
    }, RELAYS_SETTLE_MS);
    later.unref();
  }

  #sendAll(event: WireEvent): void {
    for (const stream of this.#streams) {
      if (stream.send(event)) continue;
      this.#streams.delete(stream);
      this.logger.info({ account: stream.owner.account }, 'events: a reader did not keep up');
    }
  }

  #beatAll(): void {
    const bornBeforeMs = this.clock.monotonicMs() - STREAM_LIFETIME_MS;
    for (const stream of this.#streams) {
      if (stream.openedAtMs < bornBeforeMs) stream.end();
      else stream.beat();
    }
    this.#askAll();
  }

  /** Ends the streams of those who may not read any more: signed out, removed, expired. */
  #askAll(): void {
    for (const stream of this.#streams) {
      const asked = stream.owner.mayStillRead();
      asked.then(
        (may) => {
          if (!may) stream.end();
        },
        (thrown: unknown) => this.logger.error({ err: thrown }, 'events: fault'),
      );
    }
  }
}

/** JSON holds no line break, so one `data:` line is enough. */
function wireEvent(event: LiveEvent, id: string): WireEvent {
  const { workspaceId } = event;
  return {
    id,
    workspaceId,
    text: `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
  };
}
