import { connect } from 'node:net';
import { describe, expect } from 'vitest';
import type { StreamWithKey } from '#contracts';
import { BusyProcessor } from './layer/busy-processor.ts';
import { OwnClock } from './layer/own-clock.ts';
import { OwnMachine } from './layer/own-machine.ts';
import { row } from './layer/row.ts';
import type { FaultScene, ScenePush } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';
import { SteadyEncoder } from './layer/steady-encoder.ts';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** A library's clock is looked up once a second. */
const CLOCK_LATE_MS = 60_000;
/** So few that a handful of streams take it. */
const RELAY_MBYTES = 416;
const STREAMS_MORE = 20;
const CONNECTIONS_MORE = 300;
const CONNECTIONS_OF_ADDRESS = 5;
const WRITES_MORE = 400;
/** Each harms what all rows share; and nobody's memory is promised to the row before. */
const ALONE = { isAlone: true, stream: { graceSeconds: 0 } } as const;

describe('a machine that is short of all', () => {
  let machine: OwnMachine;
  let clock: OwnClock | undefined;
  const stage = useStage({
    needs: ['mount namespaces', 'prlimit'],
    environment: { RELAY_MEMORY_MBYTES: `${RELAY_MBYTES}` },
    under: async () => {
      machine = await OwnMachine.make();
      clock = await OwnClock.make();
      return {
        prefix: machine.prefix,
        environment: clock?.environment ?? {},
        opened: (forkcast) => machine.opened(forkcast),
        close: async () => clock?.remove(),
      };
    },
  });

  row(stage, 60, ALONE, async (scene) => {
    const push = await scene.destination();
    await scene.push(push, 'live');
    await machine.fill('log');
    scene.afterwards(() => machine.clear('log'));
    const before = scene.forkcast.output.length;
    const said = (): string => scene.forkcast.output.slice(before);
    await resetAndReturn(scene, push);
    expect(said().trim()).toBe('');
    await machine.clear('log');
    await resetAndReturn(scene, push);
    await scene.until('the log says what it lost', () => /[1-9] log lines were lost/.test(said()));
  });

  row(stage, 56, ALONE, async (scene) => {
    const { api } = scene.forkcast;
    const known = await api.createStream({ name: 'made while there was room', graceSeconds: 0 });
    const bytes = await machine.fill('postgres');
    scene.afterwards(() => machine.clear('postgres'));
    scene.figure('written until the disk was full', bytes / 2 ** 20, 'MiB');
    const write = (name: string) => api.request('POST', '/streams', { name });
    let refused = await write('one more');
    for (let more = 1; refused.status === 201 && more < WRITES_MORE; more += 1) {
      refused = await write(`one more ${more}`);
    }
    const { status, body } = refused;
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } });
    // What is known is read, and whoever has a key may begin.
    expect(await api.request('GET', `/streams/${known.id}`)).toMatchObject({ status: 200 });
    await publish(scene, known);
    await scene.forkcast.stream(known.id, 'live');
    await machine.clear('postgres');
    const clearMs = performance.now();
    await scene.until('there is room', async () => (await write('again')).status === 201);
    scene.figure('written again after there was room', performance.now() - clearMs, 'ms');
  });

  row(stage, 61, ALONE, async (scene) => {
    const { rtmpPort, httpPort, api } = scene.forkcast;
    const encoders = flood(scene, rtmpPort);
    await sent(scene, 30);
    scene.figure(`cut of ${CONNECTIONS_MORE} idle ones to RTMP`, encoders.ended, '');
    // What is kept back of the descriptors is for this.
    await scene.push(await scene.destination(), 'live');
    encoders.end();
    const readers = flood(scene, httpPort);
    await sent(scene, 30);
    scene.figure(`cut of ${CONNECTIONS_MORE} idle ones to the API`, readers.ended, '');
    readers.end();
    await scene.until('the API answers', async () => (await api.request('GET', '/streams')).status);
    await publish(scene, await api.createStream({ name: 'afterwards', graceSeconds: 0 }));
  });

  row(stage, 62, ALONE, async (scene) => {
    const push = await scene.destination();
    await scene.push(push, 'live');
    scene.afterwards(() => clock?.setTo(0));
    for (const seconds of [DAY_SECONDS, -HOUR_SECONDS, 0]) {
      await clock?.setTo(seconds);
      await scene.until('the product has that time', async () => {
        const { updatedAt } = await scene.status();
        const asideMs = Date.parse(updatedAt) - Date.now() - seconds * 1_000;
        return Math.abs(asideMs) < CLOCK_LATE_MS;
      });
      await sent(scene, 60);
      await scene.push(push, 'live');
      const { api } = scene.forkcast;
      // Its key is judged, and who owns the stream is written down, at that time.
      const stream = await api.createStream({ name: `at ${seconds}`, graceSeconds: 0 });
      const encoder = await publish(scene, stream);
      await scene.forkcast.stream(stream.id, 'live');
      await encoder.stop();
    }
    expect(push.server?.links).toHaveLength(1);
  });

  row(stage, 63, ALONE, async (scene) => {
    const push = await scene.destination();
    await scene.push(push, 'live');
    const busy = await BusyProcessor.with(await scene.forkcast.appPid('relay'));
    scene.afterwards(() => busy.free());
    const told = new Set<string>();
    let lagMsMax = 0;
    const from = scene.encoder.sentFrames;
    await scene.until('200 frames were sent', async () => {
      const { state, lagMs } = await scene.pushNow(push);
      told.add(state);
      lagMsMax = Math.max(lagMsMax, lagMs ?? 0);
      return scene.encoder.sentFrames > from + 200;
    });
    scene.figure('lag told, at most', lagMsMax, 'ms');
    await busy.free();
    await sent(scene, 60);
    await scene.push(push, 'live');
    expect([...told].filter((state) => state !== 'live' && state !== 'degraded')).toEqual([]);
    expect(push.server?.links).toHaveLength(1);
  });

  row(stage, 64, ALONE, async (scene) => {
    const { api } = scene.forkcast;
    const encoders: SteadyEncoder[] = [];
    const publishMore = async () => {
      const name = `one more ${encoders.length}`;
      encoders.push(await publish(scene, await api.createStream({ name, graceSeconds: 0 })));
    };
    const publishAll = async () => {
      while (encoders.length < STREAMS_MORE) await publishMore();
    };
    await expect(publishAll()).rejects.toThrow(/no memory left/);
    scene.figure('streams beside it', encoders.length, '');
    expect(encoders.length).toBeGreaterThan(0);
    // Whoever was live is live, and who ends makes room.
    await sent(scene, 30);
    expect(encoders.map(({ broken }) => broken)).toEqual(encoders.map(() => undefined));
    await encoders.pop()?.stop();
    await scene.until('there is room for one', () => publishMore().then(() => true));
  });
});

let localAddresses = 0;

async function publish(scene: FaultScene, { ingest }: StreamWithKey): Promise<SteadyEncoder> {
  localAddresses += 1;
  const localAddress = `127.8.0.${localAddresses}`;
  const address = { port: scene.forkcast.rtmpPort, streamKey: ingest.streamKey, localAddress };
  const encoder = await SteadyEncoder.publish(address, { kbps: 300, framesPerSecond: 30 });
  scene.afterwards(() => encoder.stop());
  return encoder;
}

async function sent(scene: FaultScene, frames: number): Promise<void> {
  const from = scene.encoder.sentFrames;
  await scene.until(`${frames} frames were sent`, () => scene.encoder.sentFrames > from + frames);
}

/** Which is some lines of the log. */
async function resetAndReturn(scene: FaultScene, push: ScenePush): Promise<void> {
  const count = push.server?.links.length ?? 0;
  const link = await push.link(count - 1);
  link.socket.resetAndDestroy();
  const next = await push.link(count);
  await next.until(() => next.media.length > 0);
  await scene.push(push, 'live');
}

/** Connections that say nothing, from as many addresses as the limits by address want. */
function flood(scene: FaultScene, port: number): { readonly ended: number; end: () => void } {
  let ended = 0;
  const sockets = Array.from({ length: CONNECTIONS_MORE }, (_, index) => {
    const localAddress = `127.61.${Math.floor(index / CONNECTIONS_OF_ADDRESS)}.1`;
    const socket = connect({ host: '127.0.0.1', port, localAddress });
    socket.on('error', () => undefined).on('close', () => (ended += 1));
    return socket;
  });
  const end = (): void => sockets.forEach((socket) => socket.destroy());
  scene.afterwards(end);
  return {
    get ended() {
      return ended;
    },
    end,
  };
}
