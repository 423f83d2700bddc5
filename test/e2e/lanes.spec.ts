import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaSource, RtmpSink, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';
import { PersistentEncoder } from './persistent-encoder.ts';

const WITHIN_MS = 20_000;

/**
 * Node's own debugger, which it opens in a process of one's own on SIGUSR1: it runs code in a
 * worker thread, and so kills one as a fault of ours would.
 */
class Debugger {
  readonly #socket: WebSocket;
  readonly #sessions = new Map<string, string>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { method, params } = JSON.parse(String(data)) as {
        method?: string;
        params?: { sessionId: string; workerInfo: { title: string } };
      };
      if (method !== 'NodeWorker.attachedToWorker' || params === undefined) return;
      this.#sessions.set(params.workerInfo.title, params.sessionId);
    });
  }

  static async open(forkcast: Forkcast): Promise<Debugger> {
    process.kill(await forkcast.appPid('relay'), 'SIGUSR1');
    const address = await waitFor(
      'the debugger listens',
      () => /Debugger listening on (ws:\S+)/.exec(forkcast.output)?.[1],
      WITHIN_MS,
    );
    const socket = new WebSocket(address);
    await once(socket, 'open');
    const debug = new Debugger(socket);
    debug.#say('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return debug;
  }

  /** The code runs by itself in the lane's event loop, called by nobody who could catch it. */
  async runIn(lane: string, code: string): Promise<void> {
    const find = () => [...this.#sessions].find(([title]) => title.endsWith(lane))?.[1];
    const sessionId = await waitFor(`${lane} is attached`, find, WITHIN_MS);
    const params = { expression: `setTimeout(() => { ${code} })` };
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params });
    this.#say('NodeWorker.sendMessageToWorker', { sessionId, message });
  }

  close(): void {
    this.#socket.close();
  }

  #say(method: string, params: object): void {
    this.#socket.send(JSON.stringify({ id: 1, method, params }));
  }
}

describe('when a lane dies', () => {
  let forkcast: Forkcast;
  let debug: Debugger;
  const sinks: RtmpSink[] = [];
  const encoders: PersistentEncoder[] = [];

  beforeAll(async () => {
    forkcast = await Forkcast.start({ NODE_OPTIONS: '--inspect-port=0' });
    debug = await Debugger.open(forkcast);
  });

  afterAll(async () => {
    debug.close();
    await Promise.all(encoders.map((encoder) => encoder.stop()));
    await Promise.all(sinks.map((sink) => sink.close()));
    await forkcast.close();
  });

  /** A stream that is live at one destination. Each takes the lane that has less to do. */
  async function goLive(name: string) {
    const sink = await RtmpSink.open();
    sinks.push(sink);
    const stream = await forkcast.api.createStream({ name, graceSeconds: 60 });
    const wish = { name: 'sink', url: sink.url, streamKey: name };
    const destination = await forkcast.api.addDestination(stream.id, wish);
    const url = forkcast.publishUrl(stream);
    encoders.push(new PersistentEncoder({ url, file: await mediaSource(), endless: true }));
    await forkcast.push(destination, 'live');
    return { stream, destination, sink };
  }

  it.each([
    ['an uncaught throw', 'lane-0', "throw new Error('thrown on purpose')", 'thrown on purpose'],
    ['a loop without end', 'lane-1', 'for (;;);', 'its event loop stood still'],
  ])('of %s, what it carried comes back, and other pushes stay', async (_, lane, code, cause) => {
    const scene = [await goLive(`${lane}-first`), await goLive(`${lane}-second`)];
    const relayPid = await forkcast.appPid('relay');
    const before = scene.map(({ sink }) => sink.counts.publishes);
    await debug.runIn(lane, code);
    await waitFor('the death is logged', () => forkcast.output.includes(cause), WITHIN_MS);
    const publishes = () => scene.map(({ sink }, index) => sink.counts.publishes - before[index]!);
    await waitFor('a push was placed again', () => publishes().includes(1), WITHIN_MS);
    for (const { stream, destination, sink } of scene) {
      await forkcast.stream(stream.id, 'live');
      await forkcast.push(destination, 'live');
      const { keyframes } = sink.counts;
      const isFed = () => sink.counts.keyframes > keyframes + 1;
      await waitFor('frames arrive again', isFed, WITHIN_MS);
    }
    expect(publishes().toSorted((one, other) => one - other)).toEqual([0, 1]);
    expect(scene.map(({ sink }) => sink.counts.unpublishes)).toEqual([0, 0]);
    expect(await forkcast.appPid('relay')).toBe(relayPid);
    for (const encoder of encoders.splice(0)) await encoder.stop();
    for (const { stream } of scene) {
      await forkcast.api.endBroadcast(stream.id);
      await forkcast.stream(stream.id, 'offline');
    }
  });
});
