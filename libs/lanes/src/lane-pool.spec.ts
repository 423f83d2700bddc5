import { FakeTime, makeSelfSignedPair, watchResources } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HEALTHY_AFTER_MS, LanePool, RESTART_PAUSE_MS } from './lane-pool.ts';
import {
  LANE_END_MS,
  PULSE_LOOK_MS,
  PULSE_LOOKS_MISSED_MAX,
  PULSE_LOOKS_UNNOTICED_MAX,
  START_LOOKS_MAX,
} from './lane-thread.ts';
import type { LaneReport } from './messages.ts';
import { createPulse, keepPulse, PulseWatch } from './pulse.ts';
import type { LaneSettings } from './settings.ts';

const SETTINGS: LaneSettings = {
  bindHost: '127.0.0.1',
  rtmpPort: 0,
  rtmpsPort: 0,
  certificate: { certificate: 'first', privateKey: '' },
  allowedPrivateCidrs: [],
  pendingConnectionsMax: 1,
};

/** A pool of threads that end as they are told to, its time in the test's hand. */
class PoolUnderTest {
  readonly time = new FakeTime();
  readonly told: string[] = [];
  readonly pool: LanePool;
  /** What its lanes run; a test may spoil it for those that start later. */
  readonly thread = {
    entry: new URL('./ending-thread.fixture.ts', import.meta.url),
    heapMbytesMax: 32,
  };
  #wake: () => void = () => undefined;

  constructor(lanes: number, bindHost: string) {
    const { thread } = this;
    this.pool = new LanePool(
      {
        onReport: (lane, report) => this.#tell(`${lane} ${textOf(report)}`),
        onLaneLost: (lane, detail) => this.#tell(`${lane} lost: ${detail}`),
      },
      { clock: this.time, timers: this.time, thread },
    );
    this.pool.start({ ...SETTINGS, bindHost }, lanes);
  }

  /** Resolves once `text` has been told so many times. */
  async until(text: string, times = 1): Promise<void> {
    while (this.told.filter((line) => line.includes(text)).length < times) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  say(lane: number, word: string): void {
    this.pool.send(lane, { kind: 'cut-ingest', ingestId: word, reason: 'failed' });
  }

  /** Time passes for a lane whose event loop turns. */
  async live(lane: number, forMs: number): Promise<void> {
    const endMs = this.time.monotonicMs() + forMs;
    while (this.time.monotonicMs() < endMs) {
      const word = `at ${this.time.monotonicMs()}`;
      this.say(lane, word);
      await this.until(`${lane} ${word}`);
      this.time.advance(Math.min(PULSE_LOOK_MS, endMs - this.time.monotonicMs()));
    }
  }

  #tell(text: string): void {
    this.told.push(text);
    this.#wake();
  }
}

function textOf(report: LaneReport): string {
  if (report.kind === 'ingest-joinable') return report.ingestId;
  if (report.kind === 'log') return report.message;
  return report.kind === 'listen-failed' ? `certificate ${report.code}` : report.kind;
}

const pools: LanePool[] = [];

async function started(lanes: number): Promise<PoolUnderTest> {
  const one = new PoolUnderTest(lanes, '127.0.0.1');
  pools.push(one.pool);
  await one.until('listening', lanes);
  return one;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('the load of a lane', { timeout: 30_000 }, () => {
  it('is all of the time where its thread does not rest, and none where none is', async () => {
    const { pool, time, until, say } = bound(await started(2));
    say(0, 'busy');
    await until('0 busy');
    pool.takeLoad(0);
    // On a busy machine it may be given its next word before it could rest.
    for (let word = 0; pool.takeLoad(1) >= 1; word += 1) {
      say(1, `word ${word}`);
      await until(`1 word ${word}`);
    }
    expect(pool.takeLoad(0)).toBe(1);
    say(1, 'exit');
    await until('1 lost');
    expect(pool.takeLoad(1)).toBe(0);
    expect(pool.takeLoad(2)).toBe(0);
    const closed = pool.close();
    time.advance(LANE_END_MS);
    await closed;
  });
});

describe('a lane that ends', { timeout: 30_000 }, () => {
  it.each([
    ['throw', 'thrown in a lane'],
    ['exit', 'exit code 7'],
    ['memory', 'memory limit'],
  ])('by %s is told and replaced at once, and no other is touched', async (how, detail) => {
    const { pool, time, told, until, say } = bound(await started(2));
    say(0, how);
    await until('0 lost');
    expect(told.find((line) => line.startsWith('0 lost'))).toContain(detail);
    expect([pool.isUp(0), pool.isUp(1)]).toEqual([false, true]);
    time.advance(RESTART_PAUSE_MS.first);
    expect(pool.isUp(0)).toBe(true);
    await until('0 listening', 2);
    say(0, 'anew');
    say(1, 'still here');
    await until('0 anew');
    await until('1 still here');
    expect(told.filter((line) => line.includes('lost'))).toHaveLength(1);
    expect(told.filter((line) => line === '1 listening')).toHaveLength(1);
  });

  it('young, again and again, is waited for longer each time, up to a limit', async () => {
    const { pool, time, until, say, live } = bound(await started(1));
    const pausesMs: number[] = [];
    for (let death = 1; death <= 9; death += 1) {
      say(0, 'exit');
      await until('0 lost', death);
      const diedAtMs = time.monotonicMs();
      for (time.advance(0); !pool.isUp(0);) time.advance(RESTART_PAUSE_MS.second);
      pausesMs.push(time.monotonicMs() - diedAtMs);
      await until('0 listening', death + 1);
    }
    expect(pausesMs).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    // A lane's life is measured from its start.
    const { first } = RESTART_PAUSE_MS;
    for (const [livedMs, pauseMs] of [
      [HEALTHY_AFTER_MS - 1, RESTART_PAUSE_MS.max],
      [HEALTHY_AFTER_MS, first],
    ] as const) {
      await live(0, livedMs);
      const deaths = pausesMs.push(0);
      say(0, 'exit');
      await until('0 lost', deaths);
      time.advance(Math.max(0, pauseMs - 1));
      expect(pool.isUp(0)).toBe(pauseMs === first);
      time.advance(1);
      await until('0 listening', deaths + 1);
    }
  });

  it('is told once only, and what is sent to it meanwhile is lost without harm', async () => {
    const { pool, told, until, say } = bound(await started(1));
    say(0, 'exit');
    await until('0 lost');
    say(0, 'nobody hears this');
    pool.broadcast({ kind: 'stop-listening' });
    expect(told.filter((line) => line.includes('lost'))).toHaveLength(1);
  });

  it('by turning for ever in one place is found by its pulse, ended and replaced', async () => {
    const { pool, time, told, until, say, live } = bound(await started(2));
    say(0, 'busy');
    await until('0 busy');
    // The first look finds a count that it has not seen.
    await live(1, (1 + PULSE_LOOKS_UNNOTICED_MAX) * PULSE_LOOK_MS);
    expect(pool.isUp(0)).toBe(true);
    await live(1, PULSE_LOOK_MS);
    expect([pool.isUp(0), pool.isUp(1)]).toEqual([false, true]);
    await live(1, (PULSE_LOOKS_MISSED_MAX - PULSE_LOOKS_UNNOTICED_MAX - 1) * PULSE_LOOK_MS);
    expect(told.filter((line) => line.includes('lost'))).toEqual([]);
    await live(1, PULSE_LOOK_MS);
    await until('0 lost: its event loop stood still');
    time.advance(RESTART_PAUSE_MS.first);
    await until('0 listening', 2);
    expect([pool.isUp(0), pool.isUp(1)]).toEqual([true, true]);
    expect(told.filter((line) => line.includes('lost'))).toHaveLength(1);
  });

  it('is not one that stood still for less, however often', async () => {
    const { pool, time, told, live } = bound(await started(1));
    for (let round = 0; round < 3; round += 1) {
      await live(0, PULSE_LOOK_MS);
      expect(pool.isUp(0)).toBe(true);
      time.advance(PULSE_LOOKS_MISSED_MAX * PULSE_LOOK_MS);
      expect(pool.isUp(0)).toBe(false);
    }
    expect(told.filter((line) => line.includes('lost'))).toEqual([]);
  });

  it('before it has begun is found too, but given the time to begin', async () => {
    const { pool, time, told, until } = bound(new PoolUnderTest(1, 'stuck'));
    time.advance(START_LOOKS_MAX * PULSE_LOOK_MS);
    expect(pool.isUp(0)).toBe(true);
    time.advance(PULSE_LOOK_MS);
    await until('0 lost: its event loop stood still');
    expect(told).toHaveLength(1);
    await pool.close();
  });

  it('and cannot be started again yet is tried again, and that is said', async () => {
    const one = await started(1);
    const { pool, time, until, say } = bound(one);
    const { entry } = one.thread;
    one.thread.entry = new URL('http://127.0.0.1/no-file.ts');
    say(0, 'exit');
    await until('0 lost');
    time.advance(RESTART_PAUSE_MS.first);
    await until('0 a lane could not be started again');
    expect(pool.isUp(0)).toBe(false);
    one.thread.entry = entry;
    time.advance(RESTART_PAUSE_MS.second);
    await until('0 listening', 2);
    expect(pool.isUp(0)).toBe(true);
  });
});

describe('a pool', { timeout: 30_000 }, () => {
  it('gives a new certificate to lanes that are started later, but no unusable one', async () => {
    const { pool, time, told, until, say } = bound(await started(1));
    const pair = await makeSelfSignedPair();
    expect(pool.useCertificate(pair)).toBe(true);
    expect(pool.useCertificate({ certificate: 'no PEM', privateKey: '' })).toBe(false);
    say(0, 'exit');
    await until('0 lost');
    time.advance(RESTART_PAUSE_MS.first);
    await until('0 listening', 2);
    expect(told).toContain('0 certificate first');
    expect(told).toContain(`0 certificate ${pair.certificate}`);
  });

  it('leaves no thread and no timer once closed, nor for a lane to be replaced', async () => {
    const allClosed = watchResources();
    const { pool, time, told, until, say } = bound(await started(2));
    say(0, 'exit');
    await until('0 lost');
    await pool.close();
    expect(time.waiting).toBe(0);
    time.advance(RESTART_PAUSE_MS.max);
    expect([pool.isUp(0), pool.isUp(1)]).toEqual([false, false]);
    expect(told.filter((line) => line.includes('lost'))).toHaveLength(1);
    await allClosed();
  });
});

describe('a pool that is closed', { timeout: 30_000 }, () => {
  it('cuts a thread off that does not end by itself, when its time is over', async () => {
    const { pool, time, until, say } = bound(await started(2));
    say(0, 'busy');
    await until('0 busy');
    let isClosed = false;
    const closed = pool.close().then(() => {
      isClosed = true;
    });
    time.advance(LANE_END_MS - 1);
    while (pool.isUp(1)) await new Promise(setImmediate);
    expect([isClosed, pool.isUp(0)]).toEqual([false, true]);
    time.advance(1);
    await closed;
    expect([isClosed, time.waiting]).toEqual([true, 0]);
  });
});

describe('a pulse', () => {
  it('misses as many looks as have found its count where it was', () => {
    const pulse = createPulse();
    const watch = new PulseWatch(pulse);
    expect([watch.look(), watch.look(), watch.hasBegun]).toEqual([1, 2, false]);
    const time = new FakeTime();
    const stop = keepPulse(pulse, { clock: time, timers: time });
    expect([watch.look(), watch.look(), watch.look()]).toEqual([0, 1, 2]);
    expect(watch.hasBegun).toBe(true);
    time.advance(PULSE_LOOK_MS);
    expect([watch.look(), watch.look()]).toEqual([0, 1]);
    stop();
    expect(time.waiting).toBe(0);
  });

  it('counts faster than anybody looks', () => {
    const pulse = createPulse();
    const watch = new PulseWatch(pulse);
    const time = new FakeTime();
    keepPulse(pulse, { clock: time, timers: time });
    for (let look = 0; look < 100; look += 1) {
      time.advance(PULSE_LOOK_MS);
      expect(watch.look()).toBe(0);
    }
  });

  it('tells once how late it was at most', () => {
    const pulse = createPulse();
    const watch = new PulseWatch(pulse);
    const time = new FakeTime();
    let standsStillMs = 0;
    const clock = { wallMs: () => 0, monotonicMs: () => time.monotonicMs() + standsStillMs };
    keepPulse(pulse, { clock, timers: time });
    time.advance(1_000);
    expect(watch.takeDelayMs()).toBe(0);
    for (const heldUpMs of [70, 250, 30]) {
      standsStillMs += heldUpMs;
      time.advance(100);
    }
    expect([watch.takeDelayMs(), watch.takeDelayMs()]).toEqual([250, 0]);
  });
});

function bound(one: PoolUnderTest) {
  const { pool, time, told } = one;
  const [until, say, live] = [one.until.bind(one), one.say.bind(one), one.live.bind(one)];
  return { pool, time, told, until, say, live };
}
