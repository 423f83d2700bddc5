import {
  acknowledging,
  flapping,
  refusingKey,
} from '../../test/faults/layer/destination-scripts.ts';
import { bad, good, seconds } from './outcome.ts';
import type { Answer } from './outcome.ts';
import { within } from './peer-scene.ts';
import type { PeerScene } from './peer-scene.ts';
import { PATIENCE_MS } from './peer-row.ts';
import type { PeerRow } from './peer-row.ts';

const BACK_WITHIN_MS = 60_000;
const FULL_KBPS = 8_000;
const FULL_BYTES_PER_SECOND = (FULL_KBPS * 1_000) / 8;
const NARROW_MS = 15_000;
const LIVE_EDGE_MS = 500;
const WATCH_MS = 20_000;
/** Those who block a source for asking too often do so at about two a minute. */
const ASKED_MAX = 3;
const SECOND_FRAMES = 30;

/** What a destination, or the way to it, does. Only relays are asked. */
export const DESTINATION_PEER_ROWS: readonly PeerRow[] = [
  {
    number: 1,
    wish: { faulty: {} },
    put: async (scene) => {
      const { proxy } = await live(scene);
      proxy.resetAfter(10_001);
      const { server } = scene.faulty;
      await server.links[0]?.ended;
      return isBack(scene);
    },
  },
  {
    number: 2,
    wish: { faulty: {} },
    put: async (scene) => {
      const { server } = await live(scene);
      server.links[0]?.socket.end();
      return isBack(scene);
    },
  },
  {
    number: 3,
    wish: { faulty: { answers: acknowledging(20_000) } },
    put: async (scene) => {
      const { proxy } = await live(scene);
      await within(WATCH_MS, () => scene.faulty.judged.frames > 4 * SECOND_FRAMES);
      proxy.blackHole();
      return isNoticed(scene);
    },
  },
  {
    number: 5,
    wish: { kbps: FULL_KBPS, faulty: { demand: 'spliced' } },
    put: readsAThird,
  },
  {
    number: 6,
    wish: { kbps: FULL_KBPS, faulty: {} },
    put: async (scene) => {
      const { proxy } = await live(scene);
      proxy.set('up', { isStopped: true });
      return isNoticed(scene);
    },
  },
  {
    number: 9,
    wish: {
      faulty: {
        demand: 'whole',
        prepare: (proxy) => proxy.setBoth({ latencyMs: 400, jitterMs: 100 }),
      },
    },
    put: (scene) => isWhole(scene, 6 * SECOND_FRAMES),
  },
  {
    number: 10,
    wish: { faulty: { demand: 'whole', prepare: (proxy) => proxy.setBoth({ sliceBytes: 1 }) } },
    put: (scene) => isWhole(scene, 3 * SECOND_FRAMES),
  },
  {
    number: 15,
    wish: { faulty: { prepare: (proxy) => proxy.refuse() } },
    put: async (scene) => {
      await within(3_000, () => false);
      await scene.faulty.proxy.accept();
      const ms = await within(BACK_WITHIN_MS, () => scene.faulty.judged.frames > 0);
      if (ms === undefined) return bad(`does not come within ${seconds(BACK_WITHIN_MS)} either`);
      return good(`is there ${seconds(ms)} after the destination is`);
    },
  },
  {
    number: 18,
    wish: { faulty: { isSilent: true } },
    put: async ({ faulty: { server } }) => {
      const ms = await within(PATIENCE_MS, () => server.links.length > 1);
      if (ms === undefined) return bad(`waits on after ${seconds(PATIENCE_MS)}`);
      return good(`tries again after ${seconds(ms)}`);
    },
  },
  {
    number: 20,
    wish: { faulty: { answers: refusingKey() } },
    put: async ({ faulty: { server } }) => {
      const before = server.links.length;
      await within(WATCH_MS, () => false);
      const asked = server.links.length - before;
      const words = `asks ${times(asked)} more in ${seconds(WATCH_MS)}`;
      return asked <= ASKED_MAX ? good(words) : bad(words);
    },
  },
  {
    number: 22,
    wish: { faulty: { answers: flapping(2_000) } },
    put: async ({ faulty: { server } }) => {
      await within(WATCH_MS, () => false);
      const words = `dials ${times(server.links.length)} in ${seconds(WATCH_MS)}`;
      return server.links.length > 1 ? good(words) : bad(words);
    },
  },
];

async function readsAThird(scene: PeerScene): Promise<Answer> {
  const { proxy, judged, server } = await live(scene);
  proxy.set('up', { bytesPerSecond: 0.3 * FULL_BYTES_PER_SECOND });
  await within(NARROW_MS, () => false);
  proxy.clear();
  const isAtEdge = () => judged.newestAgeMs < LIVE_EDGE_MS && judged.skippedFrames > 0;
  const ms = await within(BACK_WITHIN_MS, isAtEdge);
  const whatCame = judged.judge.faults[0];
  if (server.links.length > 1) return good('begins the slow one anew');
  if (ms === undefined) return bad('is never at the live edge again');
  const words = `leaves out ${judged.skippedFrames} frames for the slow one`;
  if (whatCame === undefined) return good(`${words}, up to a keyframe`);
  return bad(`${words}, without waiting for a keyframe`);
}

/** The faulty destination, once it has been live. */
async function live({ faulty }: PeerScene) {
  const ms = await within(BACK_WITHIN_MS, () => faulty.judged.frames > SECOND_FRAMES);
  if (ms === undefined) throw new Error('it never was live at the destination that is to fail');
  return faulty;
}

async function isBack({ faulty: { judged } }: PeerScene): Promise<Answer> {
  const { frames } = judged;
  const isIt = () => judged.judge.sessions > 1 && judged.frames > frames;
  const ms = await within(BACK_WITHIN_MS, isIt);
  if (ms === undefined) return bad(`is not back within ${seconds(BACK_WITHIN_MS)}`);
  await within(BACK_WITHIN_MS, () => judged.frames > frames + 3 * SECOND_FRAMES);
  const [fault] = judged.judge.faults;
  if (fault !== undefined) return bad(`is back after ${seconds(ms)}, but ${fault}`);
  return good(`is back after ${seconds(ms)}`);
}

async function isNoticed({ faulty: { proxy } }: PeerScene): Promise<Answer> {
  const before = proxy.connections;
  const ms = await within(PATIENCE_MS, () => proxy.connections > before);
  if (ms === undefined) return bad(`has not noticed within ${seconds(PATIENCE_MS)}`);
  return good(`notices, and dials anew after ${seconds(ms)}`);
}

async function isWhole(scene: PeerScene, frames: number): Promise<Answer> {
  const { judged } = await live(scene);
  const ms = await within(BACK_WITHIN_MS, () => judged.frames > frames);
  const [fault] = judged.judge.faults;
  if (ms === undefined) return bad('does not get through');
  return fault === undefined ? good('all gets through') : bad(fault);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
