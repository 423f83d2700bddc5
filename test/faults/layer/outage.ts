import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BroadcastDetail, BroadcastEvent, Page } from '#contracts';
import type { StatisticsAnswer } from '#control';
import { HealthWatch } from './health-watch.ts';
import type { FaultScene, ScenePush } from './scene.ts';
import { hostile, StreamBeside } from './stream-beside.ts';

const ACCEPTED = 'NetStream.Publish.Start';
/** Longer than a status counts, a call may take, and a socket may owe an answer. */
const OUTAGE_MS = 5_000;
const LONG_OUTAGE_MS = 60_000;

/** One way in which a store is not there. */
export interface Outage {
  readonly store: 'postgres' | 'redis';
  /** Gives what ends it; called again, that does nothing. */
  begin(): unknown;
  end(): unknown;
  /** What callers of the API are told, of a status and of a command. */
  readonly codes: readonly string[];
}

/**
 * A store is away for a while, with a stream live that must lose nothing. The product stays alive
 * and is not ready; a destination that fails meanwhile comes back; an encoder whose key the relay
 * knows is let in, and one that nobody has seen if Postgres can say who it is. Afterwards all is as
 * if nothing had been, by itself: ready, statuses true, commands obeyed, history without a hole and
 * nothing in it twice.
 */
export async function playOutage(scene: FaultScene, outage: Outage): Promise<void> {
  const { store } = outage;
  const [known, stranger] = [await knownStream(scene), await StreamBeside.open(scene)];
  const faulty = await scene.destination();
  await scene.push(faulty, 'live');
  const health = new HealthWatch(scene.forkcast);
  scene.afterwards(() => health.close());
  const relayPid = await scene.forkcast.appPid('relay');
  const since = stopwatch(scene);

  await outage.begin();
  scene.afterwards(() => outage.end());
  await scene.until('it is not ready', async () => {
    const { code, missing } = await health.readiness();
    return code === 503 && missing.join() === store;
  });
  since('not ready after');
  await loseConnection(scene, faulty, since);
  const encoder = await known.steady();
  since('a known encoder let in after');
  await known.heard(encoder);
  const isLetIn = (await (await hostile(scene)).publish(stranger.key)) === ACCEPTED;
  // Who it is only Postgres knows.
  expect(isLetIn).toBe(store === 'redis');
  await callInVain(scene, faulty, outage.codes, since);
  await delay(scene.isLong ? LONG_OUTAGE_MS : OUTAGE_MS);
  expect(await health.readiness()).toEqual({ code: 503, missing: [store] });
  expect(await scene.forkcast.appPid('relay')).toBe(relayPid);
  await outage.end();
  scene.figure('outage', since.ms() / 1_000, 's');

  const after = stopwatch(scene);
  await scene.until('it is ready', async () => (await health.readiness()).code === 200);
  after('ready again after');
  await scene.push(faulty, 'live');
  await scene.until('its status is true', async () => (await known.status()).state === 'live');
  after('statuses true after');
  await known.heard(encoder);
  await judgeAfterwards(scene, known, faulty);
  after('history whole after');
  expect(known.witness.faults).toEqual([]);
  expect(health.faults).toEqual([]);
  scene.figure('looks at health, all 200', health.looks, '');
}

/** A stream that was live, and is not: its encoder's key is one that the relay has seen. */
async function knownStream(scene: FaultScene): Promise<StreamBeside> {
  const known = await StreamBeside.open(scene, 'rejoins', { endOnUnpublish: true });
  const encoder = await known.steady();
  await known.heard(encoder);
  await encoder.stop();
  await scene.until('it is over', async () => (await known.status()).state === 'offline');
  return known;
}

/** The connection to a destination breaks, and another is made. */
async function loseConnection(
  scene: FaultScene,
  push: ScenePush,
  since: (what: string) => void,
): Promise<void> {
  (await push.link()).socket.resetAndDestroy();
  const second = await scene.until('it is dialled again', () => push.server?.links[1]);
  await second.until(() => second.media.length > 0);
  since('a lost destination live again after');
}

/** Nobody is left to wait, and nobody is told what is not so. */
async function callInVain(
  scene: FaultScene,
  { api: { id } }: ScenePush,
  codes: readonly string[],
  since: (what: string) => void,
): Promise<void> {
  const { api } = scene.forkcast;
  const { stream } = scene;
  for (const [method, path] of [
    ['GET', `/streams/${stream.id}/status`],
    ['POST', `/destinations/${id}/retry`],
  ] as const) {
    // What was said before the outage counts for a moment.
    const answer = await scene.until(`${method} ${path} is refused`, async () => {
      const said = await api.request<{ code: string }>(method, path);
      return said.status !== 200 && said.status !== 204 && said.status !== 202 && said;
    });
    expect([answer.status, answer.body.code]).toEqual([503, expect.toBeOneOf([...codes])]);
    since(`${method} refused after`);
  }
}

/** What is asked for goes its way again, and what happened meanwhile is written down, once. */
async function judgeAfterwards(
  scene: FaultScene,
  known: StreamBeside,
  faulty: ScenePush,
): Promise<void> {
  const { api } = scene.forkcast;
  const main = (await scene.status()).broadcast?.id ?? '';
  const beside = (await known.status()).broadcast?.id ?? '';
  const read = async <Body>(id: string, path = ''): Promise<Body> =>
    (await api.request<Body>('GET', `/broadcasts/${id}${path}`)).body;
  const events = async (id: string) =>
    (await read<Page<BroadcastEvent>>(id, '/events?limit=200')).items;

  await api.switchDestination(faulty.api.id, 'stop');
  await scene.push(faulty, 'stopped');
  const codesOfFaulty = async () =>
    (await events(main))
      .filter(({ destinationId }) => destinationId === faulty.api.id)
      .filter(({ kind }) => kind === 'push')
      .map(({ code }) => code);
  const whole = ['PUSH_LIVE', 'RESET_BY_PEER', 'PUSH_LIVE', 'PUSH_STOPPED'].join();
  await scene.until('its end is written', async () => {
    const codes = await codesOfFaulty();
    if (codes.includes('PUSH_STOPPED')) return true;
    throw new Error(codes.join());
  });
  expect((await codesOfFaulty()).join()).toBe(whole);
  const attempts = (await read<BroadcastDetail>(main)).attempts;
  const numbers = attempts
    .filter(({ destinationId }) => destinationId === faulty.api.id)
    .map(({ number }) => number);
  expect(new Set(numbers)).toEqual(new Set([1, 2]));
  expect(numbers).toHaveLength(2);

  // Only the queue carries this.
  await api.endBroadcast(known.stream.id);
  await scene.until('it is over', async () => (await known.status()).state === 'offline');
  const codes = await scene.until('its end is written', async () => {
    const all = (await events(beside)).map(({ code }) => code);
    return all.includes('BROADCAST_ENDED') && all;
  });
  expect(codes.filter((code) => code === 'BROADCAST_STARTED')).toHaveLength(1);
  expect(codes.filter((code) => code === 'PUSH_LIVE')).toHaveLength(1);
  const { attempts: ofKnown } = await read<BroadcastDetail>(beside);
  // Whole, so that one too many says what became of it.
  expect({ ofKnown, seen: known.witness.faults }).toEqual({
    ofKnown: [expect.objectContaining({ number: 1 })],
    seen: [],
  });
  const seconds = await scene.until('its figures are written', async () => {
    const { series } = await read<StatisticsAnswer>(beside, '/statistics?resolution=1');
    const points = series.find(({ destinationId }) => destinationId === null)?.points ?? [];
    return points.length > 0 && points.map(({ at }) => Date.parse(at) / 1_000);
  });
  const gaps = seconds.slice(1).map((second, index) => second - (seconds[index] ?? 0));
  const longest = Math.max(0, ...gaps);
  scene.figure('longest gap in the figures', longest, 's');
  // A beat may come late on a busy machine; the outage would be a hole of its length.
  expect(longest * 1_000).toBeLessThan(OUTAGE_MS);
}

interface Stopwatch {
  /** Puts into the report how much time has passed. */
  (what: string): void;
  ms(): number;
}

function stopwatch(scene: FaultScene): Stopwatch {
  const beganAtMs = performance.now();
  const ms = () => performance.now() - beganAtMs;
  return Object.assign((what: string) => scene.figure(what, ms(), 'ms'), { ms });
}
