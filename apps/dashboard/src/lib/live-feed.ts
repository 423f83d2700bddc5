import type { LiveEvent, Stream, StreamStatus } from '#contracts';
import { problemFrom } from './api-problem.ts';
import type { Incident } from './incidents.ts';
import {
  someoneIsSilent,
  somethingIsOn,
  withEvent,
  withHeard,
  withHistory,
  withLink,
  withStatus,
  withStreams,
} from './live-state.ts';
import type { LiveState, StreamWithDestinations } from './live-state.ts';
import { serverNow } from './server-clock.ts';
import type { Store } from './store.ts';
import type { StreamSamples } from './stream-samples.ts';

const eventTypes = [
  'message',
  'stream.status',
  'stream.statistics',
  'stream.changed',
  'incident',
] as const;
/** What is heard of changes comes in twos and threes: they are read about once. */
const changesMs = 300;
/** Statuses may go on naming what was just deleted: lists are loaded for them no more often. */
const staleRefreshMs = 5_000;
const watchMs = 5_000;
/** After a link that worked; all pages of a server that restarts knock at different times. */
const firstKnockMs = [200, 1_500] as const;
const knockMs = [1_000, 5_000] as const;
/** As often one asks where one is not told. */
export const askMs = 5_000;
/** Another window may have been closed: so many questions later one asks to be told again. */
export const asksMax = 12;
/** A page that nobody looks at lets go of its connection: a browser has six for all its windows. */
export const restMs = 300_000;

/** A stream as it is loaded. Null: nobody can tell what is so. */
export type WholeStream = Stream & {
  readonly destinations?: StreamWithDestinations['destinations'] | undefined;
  readonly status?: StreamStatus | null | undefined;
};

/** What the feed needs of an EventSource. */
interface EventsConnection {
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

/** What the feed needs of the world around it. */
export interface FeedWorld {
  readonly openEvents: () => EventsConnection;
  readonly load: () => Promise<readonly WholeStream[]>;
  readonly loadHistory: (broadcastId: string) => Promise<readonly Incident[]>;
  /** A refused event stream does not say why: the HTTP status that it is refused with. */
  readonly askWhy: () => Promise<number>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

interface Around {
  readonly samples: StreamSamples;
  readonly world: FeedWorld;
  readonly onSignedOut: () => void;
}

/** Keeps a store true: loads the lists, then follows the event stream. */
export class LiveFeed {
  readonly #store: Store<LiveState>;
  readonly #around: Around;
  #source: EventsConnection | undefined;
  /** The next knock, or the next question where one is not told. */
  #next: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #loading: Promise<void> | undefined;
  /** Broadcasts whose past is loaded: from there on, events tell. */
  readonly #known = new Set<string>();
  /** Streams of which a relay spoke since the lists were asked for: it knows better. */
  readonly #toldSince = new Set<string>();
  #loadedAtMs = Number.NEGATIVE_INFINITY;
  #isHidden = false;
  #isResting = false;
  #isClosed = false;

  constructor(store: Store<LiveState>, around: Around) {
    this.#store = store;
    this.#around = around;
  }

  open(): void {
    this.#letGo();
    this.#isResting = false;
    this.#known.clear();
    this.#watch ??= setInterval(() => this.#askAfterTheSilent(), watchMs);
    const source = this.#around.world.openEvents();
    this.#source = source;
    // What is said by one that was let go of is no news.
    const listen = (type: string, hear: (event: MessageEvent<string>) => void): void =>
      source.addEventListener(type, (event) => {
        if (this.#source === source) hear(event as MessageEvent<string>);
      });
    for (const type of eventTypes) listen(type, ({ data }) => this.#hear(data));
    let isOpen = false;
    listen('open', () => {
      isOpen = true;
      this.refresh().then(
        () => this.#source === source && this.#isNow('open'),
        (thrown: unknown) => this.#source === source && this.#lose(thrown),
      );
    });
    // The browser would come back by itself, and so would all others at the same moment.
    listen('error', () => (isOpen ? this.#lose(undefined, firstKnockMs) : this.#askWhy(source)));
  }

  close(): void {
    this.#isClosed = true;
    this.#letGo();
    clearTimeout(this.#rest);
  }

  /** Whether somebody looks at the page. */
  see(isHidden: boolean): void {
    this.#isHidden = isHidden;
    clearTimeout(this.#rest);
    if (isHidden) this.#rest = setTimeout(() => this.#restUnlessOn(), restMs);
    // Perhaps there is room by now for who is looked at.
    else if (this.#isResting || this.#store.get().link.kind === 'asking') this.#reopen();
  }

  /** Whether this computer has a network: a connection that is cut off is not told so. */
  plug(isOnline: boolean): void {
    if (!isOnline) this.#lose(undefined);
    else if (this.#store.get().link.kind === 'lost' && !this.#isResting) this.open();
  }

  /** The page is put away, perhaps to be taken out again later. */
  suspend(): void {
    this.#letGo();
    this.#isResting = true;
  }

  resume(): void {
    if (this.#isResting) this.#reopen();
  }

  /**
   * Loads the lists again, after this page has changed something. One load at a time: who asks
   * during one waits for the next, so that it sees its own change.
   */
  async refresh(): Promise<void> {
    await this.#loading?.catch(() => undefined);
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  #reopen(): void {
    if (this.#isClosed) return;
    this.#store.update((state) => withLink(state, { kind: 'connecting' }));
    this.open();
  }

  #letGo(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#soon);
    this.#soon = undefined;
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#source?.close();
    this.#source = undefined;
  }

  #restUnlessOn(): void {
    if (!this.#isHidden || this.#isClosed) return;
    if (somethingIsOn(this.#store.get())) {
      this.#rest = setTimeout(() => this.#restUnlessOn(), restMs);
      return;
    }
    this.suspend();
  }

  async #load(): Promise<void> {
    this.#loadedAtMs = performance.now();
    this.#toldSince.clear();
    const whole = await this.#around.world.load();
    if (this.#isClosed) return;
    const streams = whole.map(({ status: _status, destinations = [], ...stream }) => ({
      ...stream,
      destinations,
    }));
    const statuses = whole.flatMap(({ id, status }) =>
      status === null || status === undefined || this.#toldSince.has(id) ? [] : status,
    );
    const nowMs = performance.now();
    this.#store.update((state) =>
      statuses.reduce(
        (before, status) => withHeard(withStatus(before, status), status.streamId, nowMs),
        withStreams(state, streams),
      ),
    );
    // What is so does not wait for what was.
    void this.#loadHistories(Object.values(this.#store.get().statuses));
  }

  /** One after the other: there may be many. */
  async #loadHistories(statuses: readonly StreamStatus[]): Promise<void> {
    for (const { streamId, broadcast } of statuses) {
      if (broadcast === null || this.#known.has(broadcast.id)) continue;
      this.#known.add(broadcast.id);
      // It is good to know, and is asked for again when it does not come.
      const events = await this.#around.world.loadHistory(broadcast.id).catch(() => undefined);
      if (events === undefined) this.#known.delete(broadcast.id);
      else if (!this.#isClosed) {
        this.#store.update((state) => withHistory(state, streamId, broadcast.id, events));
      }
    }
  }

  #askAfterTheSilent(): void {
    const { link } = this.#store.get();
    if (link.kind !== 'open' || !someoneIsSilent(this.#store.get(), performance.now())) return;
    this.refresh().catch((thrown: unknown) => this.#lose(thrown));
  }

  #hear(text: string): void {
    const event = JSON.parse(text) as LiveEvent;
    if (event.type === 'stream.status') this.#toldSince.add(event.streamId);
    if (event.type === 'stream.statistics') this.#around.samples.hear(event);
    this.#store.update((state) => {
      const after = withEvent(state, event);
      // Who changes a stream says nothing of what is so.
      if (event.type === 'stream.changed') return after;
      return withHeard(after, event.streamId, performance.now());
    });
    if (!this.#store.get().stale) return;
    if (event.type === 'stream.changed') this.#refreshIn(changesMs);
    else if (this.#soon === undefined) {
      this.#refreshIn(staleRefreshMs - (performance.now() - this.#loadedAtMs));
    }
  }

  #refreshIn(ms: number): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(
      () => {
        this.#soon = undefined;
        this.refresh().catch((thrown: unknown) => this.#lose(thrown));
      },
      Math.max(changesMs, ms),
    );
  }

  /** It was refused before it began. */
  #askWhy(source: unknown): void {
    this.#around.world.askWhy().then(
      (status) => {
        if (this.#source !== source) return;
        if (status === 401) this.#signOut();
        else if (status === 429) this.#ask(0);
        else this.#lose(undefined);
      },
      (thrown: unknown) => this.#source === source && this.#lose(thrown),
    );
  }

  /** Where one is not told, one asks. */
  #ask(asked: number): void {
    if (this.#isClosed) return;
    this.#letGo();
    this.refresh().then(
      () => {
        if (this.#isClosed || this.#isResting || this.#source !== undefined) return;
        this.#isNow('asking');
        clearTimeout(this.#next);
        const again = asked + 1 < asksMax ? () => this.#ask(asked + 1) : () => this.open();
        this.#next = setTimeout(again, askMs);
      },
      (thrown: unknown) => this.#source === undefined && this.#lose(thrown),
    );
  }

  #lose(thrown: unknown, [leastMs, mostMs]: readonly [number, number] = knockMs): void {
    if (this.#isClosed || this.#isResting) return;
    if (thrown !== undefined && problemFrom(thrown).status === 401) {
      this.#signOut();
      return;
    }
    this.#letGo();
    this.#store.update((state) => withLink(state, { kind: 'lost', since: serverNow() }));
    const waitMs = leastMs + this.#around.world.random() * (mostMs - leastMs);
    this.#next = setTimeout(() => this.open(), waitMs);
  }

  #isNow(kind: 'open' | 'asking'): void {
    if (!this.#isClosed) this.#store.update((state) => withLink(state, { kind }));
  }

  #signOut(): void {
    if (this.#isClosed) return;
    this.close();
    this.#around.onSignedOut();
  }
}
