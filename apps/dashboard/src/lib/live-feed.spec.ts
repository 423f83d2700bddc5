import type { LiveEvent, StreamStatus } from '#contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { askMs, asksMax, LiveFeed, restMs } from './live-feed.ts';
import type { FeedWorld, WholeStream } from './live-feed.ts';
import { initialState } from './live-state.ts';
import type { LiveState } from './live-state.ts';
import { createStore } from './store.ts';
import type { Store } from './store.ts';
import { StreamSamples } from './stream-samples.ts';
import { statusOf, streamOf } from './summary.fixture.ts';

const problem = (status: number) => new ApiProblem({ status, code: 'CODE', detail: 'No.' });
const changed: LiveEvent = {
  type: 'stream.changed',
  workspaceId: 'w1',
  streamId: 's1',
  what: 'destinations',
  at: '2026-01-01T12:00:00.000Z',
};

/** An event stream that says what the case says. */
class PlayedEvents extends EventTarget {
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }

  begin(): Promise<unknown> {
    return this.#say(new Event('open'));
  }

  fail(): Promise<unknown> {
    return this.#say(new Event('error'));
  }

  tell(event: LiveEvent): Promise<unknown> {
    return this.#say(new MessageEvent(event.type, { data: JSON.stringify(event) }));
  }

  #say(event: Event): Promise<unknown> {
    this.dispatchEvent(event);
    return vi.advanceTimersByTimeAsync(0);
  }
}

class PlayedWorld implements FeedWorld {
  readonly opened: PlayedEvents[] = [];
  whole: WholeStream[] = [{ ...streamOf([{}]), status: null }];
  loads = 0;
  loadFailure: ApiProblem | undefined;
  whyStatus = 503;
  /** An answer waits for this. */
  held: Promise<void> | undefined;

  readonly openEvents = (): PlayedEvents => {
    const events = new PlayedEvents();
    this.opened.push(events);
    return events;
  };
  readonly load = async (): Promise<WholeStream[]> => {
    this.loads += 1;
    await this.held;
    if (this.loadFailure !== undefined) throw this.loadFailure;
    return this.whole;
  };
  readonly loadHistory = vi.fn<FeedWorld['loadHistory']>(() => Promise.resolve([]));
  readonly askWhy = async (): Promise<number> => this.whyStatus;
  readonly random = (): number => 0.5;

  get newest(): PlayedEvents {
    return this.opened.at(-1)!;
  }
}

describe('the live feed', () => {
  let world: PlayedWorld;
  let store: Store<LiveState>;
  let feed: LiveFeed;
  let signedOut: ReturnType<typeof vi.fn<() => void>>;

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const link = () => store.get().link.kind;
  const begin = async () => {
    feed.open();
    await world.newest.begin();
  };
  const withStatus = (rest: Partial<StreamStatus>) => {
    world.whole = [{ ...streamOf([{}]), status: statusOf([{}], rest) }];
  };

  beforeEach(() => {
    vi.useFakeTimers();
    world = new PlayedWorld();
    store = createStore(initialState);
    signedOut = vi.fn<() => void>();
    const samples = new StreamSamples(() => Promise.resolve([]));
    feed = new LiveFeed(store, { samples, world, onSignedOut: signedOut });
  });
  afterEach(() => {
    feed.close();
    vi.useRealTimers();
  });

  it('loads everything with one call, and is then open', async () => {
    withStatus({});
    await begin();
    expect(link()).toBe('open');
    expect(world.loads).toBe(1);
    expect(store.get().streams?.[0]?.destinations).toHaveLength(1);
    expect(store.get().statuses['s1']?.state).toBe('live');
    expect(world.loadHistory.mock.calls).toEqual([['b1']]);
  });

  it('keeps what it heard of a stream of which nobody can tell what is so', async () => {
    withStatus({});
    await begin();
    world.whole = [{ ...streamOf([{}]), status: null }];
    await feed.refresh();
    expect(store.get().statuses['s1']?.state).toBe('live');
  });

  it('believes what was told while it asked more than the answer', async () => {
    await begin();
    const later = '2026-01-03T12:00:00.000Z';
    withStatus({ state: 'offline', broadcast: null, updatedAt: later });
    const held = Promise.withResolvers<void>();
    world.held = held.promise;
    const done = feed.refresh();
    await pass(0);
    const status = statusOf([{}], {});
    await world.newest.tell({ type: 'stream.status', workspaceId: null, streamId: 's1', status });
    held.resolve();
    await done;
    expect(store.get().statuses['s1']?.state).toBe('live');
    expect(world.loadHistory.mock.calls).toEqual([['b1']]);
    await feed.refresh();
    expect(store.get().statuses['s1']?.state).toBe('offline');
  });

  it('asks for a history again that did not come', async () => {
    withStatus({});
    world.loadHistory.mockRejectedValueOnce(problem(503));
    await begin();
    await feed.refresh();
    await pass(0);
    expect(world.loadHistory).toHaveBeenCalledTimes(2);
  });

  describe('that was told of a change', () => {
    beforeEach(begin);

    it('loads the lists once for several, also when nothing else is told', async () => {
      await world.newest.tell(changed);
      await world.newest.tell({ ...changed, what: 'stream' });
      expect(world.loads).toBe(1);
      await pass(300);
      expect(world.loads).toBe(2);
      await pass(60_000);
      expect(world.loads).toBe(2);
    });

    it('drops what was removed at once', async () => {
      await world.newest.tell({ ...changed, what: 'removed' });
      expect(store.get().streams).toEqual([]);
    });

    it('loads what it does not know after a while, and not at each word of it', async () => {
      const status = statusOf([{}, {}], {});
      const said = { type: 'stream.status', workspaceId: null, streamId: 's1', status } as const;
      await world.newest.tell(said);
      await world.newest.tell(said);
      await pass(4_999);
      expect(world.loads).toBe(1);
      await pass(1);
      expect(world.loads).toBe(2);
    });
  });

  describe('that loses the server', () => {
    it('shows since when, and knocks at a time of its own', async () => {
      await begin();
      await world.newest.fail();
      expect(link()).toBe('lost');
      expect(world.newest.isClosed).toBe(true);
      await pass(849);
      expect(world.opened).toHaveLength(1);
      await pass(1);
      expect(world.opened).toHaveLength(2);
      await world.newest.fail();
      await pass(2_999);
      expect(world.opened).toHaveLength(2);
      await pass(1);
      expect(world.opened).toHaveLength(3);
      await world.newest.begin();
      expect(link()).toBe('open');
    });

    it('loses it, too, when the lists cannot be loaded', async () => {
      world.loadFailure = problem(0);
      await begin();
      expect(link()).toBe('lost');
    });

    it('loses it with the network, and is back at once with it', async () => {
      await begin();
      feed.plug(false);
      expect(link()).toBe('lost');
      expect(world.newest.isClosed).toBe(true);
      feed.plug(true);
      await world.newest.begin();
      expect(link()).toBe('open');
      feed.plug(true);
      expect(world.opened).toHaveLength(2);
    });

    it('does not listen to a connection that it has let go of', async () => {
      await begin();
      const [first] = world.opened;
      await first!.fail();
      await pass(1_000);
      await world.newest.begin();
      await first!.fail();
      expect(link()).toBe('open');
    });
  });

  it.each([
    ['its event stream', () => (world.whyStatus = 401), () => world.newest.fail()],
    ['its lists', () => (world.loadFailure = problem(401)), () => world.newest.begin()],
  ])('that is refused %s for want of a session says so, and is quiet', async (_of, set, event) => {
    set();
    feed.open();
    await event();
    expect(signedOut).toHaveBeenCalledOnce();
    await pass(60_000);
    expect(world.opened).toHaveLength(1);
  });

  describe('where too many windows are open', () => {
    beforeEach(async () => {
      world.whyStatus = 429;
      feed.open();
      await world.newest.fail();
    });

    it('is no lost server: it asks every few seconds', async () => {
      expect(link()).toBe('asking');
      expect(world.loads).toBe(1);
      await pass(askMs);
      expect(world.loads).toBe(2);
      expect(link()).toBe('asking');
      expect(world.opened).toHaveLength(1);
    });

    it('wants to be told again after a while, and goes on asking until it is', async () => {
      await pass(asksMax * askMs);
      expect(world.opened).toHaveLength(2);
      expect(link()).toBe('asking');
      await world.newest.fail();
      expect(link()).toBe('asking');
      await pass(asksMax * askMs);
      await world.newest.begin();
      expect(link()).toBe('open');
      const { loads } = world;
      await pass(askMs);
      expect(world.loads).toBe(loads);
    });

    it('wants to be told as soon as somebody looks at it', async () => {
      feed.see(true);
      feed.see(false);
      expect(world.opened).toHaveLength(2);
    });

    it('loses the server like any other', async () => {
      world.loadFailure = problem(0);
      await pass(askMs);
      expect(link()).toBe('lost');
    });
  });

  describe('that nobody looks at', () => {
    it('lets go after a while, and begins anew when somebody does', async () => {
      await begin();
      feed.see(true);
      await pass(restMs - 1);
      expect(world.newest.isClosed).toBe(false);
      await pass(1);
      expect(world.newest.isClosed).toBe(true);
      await pass(60_000);
      expect(world.opened).toHaveLength(1);
      feed.see(false);
      expect(world.opened).toHaveLength(2);
      expect(link()).toBe('connecting');
    });

    it('stays while something is on, until it is over', async () => {
      withStatus({});
      await begin();
      feed.see(true);
      await pass(restMs);
      expect(world.newest.isClosed).toBe(false);
      const updatedAt = '2026-01-02T12:00:00.000Z';
      const status = statusOf([{}], { state: 'offline', broadcast: null, updatedAt });
      await world.newest.tell({ type: 'stream.status', workspaceId: null, streamId: 's1', status });
      await pass(restMs);
      expect(world.newest.isClosed).toBe(true);
    });

    it('stays when it was looked at in between', async () => {
      await begin();
      feed.see(true);
      await pass(restMs - 1);
      feed.see(false);
      await pass(restMs);
      expect(world.newest.isClosed).toBe(false);
      expect(world.opened).toHaveLength(1);
    });
  });

  it('that the browser puts away is quiet until it is taken out again', async () => {
    await begin();
    feed.suspend();
    expect(world.newest.isClosed).toBe(true);
    await pass(60_000);
    expect(world.opened).toHaveLength(1);
    feed.resume();
    await world.newest.begin();
    expect(link()).toBe('open');
    feed.resume();
    expect(world.opened).toHaveLength(2);
  });

  it('that is closed stays so', async () => {
    await begin();
    await world.newest.fail();
    feed.close();
    feed.resume();
    await pass(60_000);
    expect(world.opened).toHaveLength(1);
  });
});
