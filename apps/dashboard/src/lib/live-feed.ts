import type { LiveEvent, Stream, StreamStatus } from '#contracts';
import { problemFrom } from './api-problem.ts';
import { api } from './api.ts';
import {
  someoneIsSilent,
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
import { chosenWorkspace } from './workspace-choice.ts';

const eventTypes = ['message', 'stream.status', 'stream.statistics', 'incident'] as const;
/** A browser gives up on an event stream that was refused; then we knock again after this. */
const knockAgainMs = 3_000;
/** Statuses may go on naming what was just deleted: lists are loaded for them no more often. */
const staleRefreshMs = 5_000;
const watchMs = 5_000;

/** Keeps a store true: loads the lists, then follows the event stream. */
export class LiveFeed {
  readonly #store: Store<LiveState>;
  readonly #samples: StreamSamples;
  readonly #onSignedOut: () => void;
  #source: EventSource | undefined;
  #knock: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #loading: Promise<void> | undefined;
  /** Broadcasts whose past is loaded: from there on, events tell. */
  readonly #known = new Set<string>();
  #loadedAtMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(store: Store<LiveState>, samples: StreamSamples, onSignedOut: () => void) {
    this.#store = store;
    this.#samples = samples;
    this.#onSignedOut = onSignedOut;
  }

  open(): void {
    this.#source?.close();
    this.#known.clear();
    this.#watch ??= setInterval(() => this.#askAfterTheSilent(), watchMs);
    const source = new EventSource(eventsPath());
    this.#source = source;
    for (const type of eventTypes) {
      source.addEventListener(type, (event: MessageEvent<string>) => this.#hear(event.data));
    }
    source.addEventListener('open', () => {
      this.refresh().then(
        () => this.#store.update((state) => withLink(state, { kind: 'open' })),
        (thrown: unknown) => this.#lose(thrown),
      );
    });
    source.addEventListener('error', () => {
      this.#store.update((state) => withLink(state, { kind: 'lost', since: serverNow() }));
      if (source.readyState === EventSource.CLOSED) this.#askWhy();
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#knock);
    clearInterval(this.#watch);
    this.#source?.close();
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

  async #load(): Promise<void> {
    this.#loadedAtMs = performance.now();
    const streams = await Promise.all((await api.streams()).map(withDestinations));
    if (this.#closed) return;
    this.#store.update((state) => withStreams(state, streams));
    // Of a stream that is off, no event tells what a change of wishes has made of it.
    const statuses = await Promise.all(streams.map(({ id }) => api.status(id)));
    const hear = (state: LiveState, status: StreamStatus): LiveState =>
      withHeard(withStatus(state, status), status.streamId, performance.now());
    if (!this.#closed) this.#store.update((state) => statuses.reduce(hear, state));
    await Promise.all(statuses.map((status) => this.#loadHistory(status)));
  }

  async #loadHistory({ streamId, broadcast }: StreamStatus): Promise<void> {
    if (broadcast === null || this.#known.has(broadcast.id)) return;
    this.#known.add(broadcast.id);
    // What happened is good to know; what is so does not wait for it, nor fail with it.
    const events = await api.history(broadcast.id).catch(() => undefined);
    if (events === undefined) this.#known.delete(broadcast.id);
    else if (!this.#closed) {
      this.#store.update((state) => withHistory(state, streamId, broadcast.id, events));
    }
  }

  #askAfterTheSilent(): void {
    const { link } = this.#store.get();
    if (link.kind !== 'open' || !someoneIsSilent(this.#store.get(), performance.now())) return;
    this.refresh().catch((thrown: unknown) => this.#lose(thrown));
  }

  #hear(text: string): void {
    const event = JSON.parse(text) as LiveEvent;
    if (event.type === 'stream.statistics') this.#samples.hear(event);
    this.#store.update((state) =>
      withHeard(withEvent(state, event), event.streamId, performance.now()),
    );
    const due = performance.now() - this.#loadedAtMs >= staleRefreshMs;
    if (due && this.#store.get().stale) {
      this.refresh().catch((thrown: unknown) => this.#lose(thrown));
    }
  }

  /** A refused event stream does not say why; another call does. */
  #askWhy(): void {
    api.session().then(
      () => this.#lose(undefined),
      (thrown: unknown) => this.#lose(thrown),
    );
  }

  #lose(thrown: unknown): void {
    if (this.#closed) return;
    if (problemFrom(thrown).status === 401) {
      this.#onSignedOut();
      return;
    }
    this.#store.update((state) => withLink(state, { kind: 'lost', since: serverNow() }));
    clearTimeout(this.#knock);
    this.#knock = setTimeout(() => this.open(), knockAgainMs);
  }
}

/** An event stream cannot send a header. */
function eventsPath(): string {
  const workspace = chosenWorkspace();
  const query = workspace === undefined ? '' : `?workspace=${encodeURIComponent(workspace)}`;
  return `/api/v1/events${query}`;
}

async function withDestinations(stream: Stream): Promise<StreamWithDestinations> {
  return { ...stream, destinations: await api.destinations(stream.id) };
}
