import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { Neighbour } from './layer/neighbour.ts';
import { DEBUGGED, RelayDebugger } from './layer/relay-debugger.ts';
import { row } from './layer/row.ts';
import type { FaultScene } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';

/** Longer than an encoder may be silent, a destination may stall, and any claim lasts. */
const STANDSTILL_MS = 20_000;
const MAIN_STANDSTILL_MS = 5_000;
/** 8 MB in each turn: all that a lane may have is there within a second or two. */
const LEAK = `
  const held = [];
  const leak = () => {
    held.push(new Array(1_000_000).fill(0.5));
    setImmediate(leak);
  };
  leak();
`;

describe('processes', () => {
  const stage = useStage({ environment: DEBUGGED });
  let relay: RelayDebugger;

  beforeAll(async () => {
    relay = await RelayDebugger.open(stage.forkcast);
  });
  afterAll(() => relay.close());

  /**
   * Ends the lane that carries this scene's push. Another stream, whole in the other lane, must not
   * notice; what the lane carried begins anew.
   */
  async function loseLane(scene: FaultScene, code: string, cause: string): Promise<void> {
    const { forkcast, witness, encoder } = scene;
    const lane = await relay.laneAt(witness.server.port);
    const neighbour = await Neighbour.open(scene, (port) => relay.laneAt(port), lane);
    const relayPid = await forkcast.appPid('relay');
    const deaths = () => forkcast.output.match(/.*a lane died.*/g) ?? [];
    const before = deaths().length;
    const killedAtMs = performance.now();
    await relay.runIn(lane, code);
    await scene.until('it is placed again', () => witness.sessions.publishes === 2);
    scene.figure('published again after', performance.now() - killedAtMs, 'ms');
    const isBroken = encoder.broken !== undefined;
    scene.figure('its encoder was in that lane too', Number(isBroken), '');
    if (isBroken) await scene.encode();
    await scene.until('frames come again', () => witness.judge.lastFrame);
    scene.figure('frames again after', performance.now() - killedAtMs, 'ms');
    expect(deaths().slice(before)).toEqual([expect.stringContaining(cause)]);
    expect(await forkcast.appPid('relay')).toBe(relayPid);
    expect(await neighbour.faults()).toEqual([]);
  }

  row(stage, 42, { isAlone: true }, (scene) =>
    loseLane(scene, "throw new Error('thrown on purpose')", 'thrown on purpose'),
  );

  row(stage, 43, { isAlone: true }, (scene) =>
    loseLane(scene, 'for (;;);', 'its event loop stood still'),
  );

  row(stage, 44, { isAlone: true }, (scene) => loseLane(scene, LEAK, 'memory limit'));

  row(stage, 46, { isAlone: true }, async (scene) => {
    const faulty = await scene.destination();
    await scene.push(faulty, 'live');
    const first = await faulty.link();
    const frames = scene.witness.judge.agesMs.length;
    const said = performance.now();
    const cell = 'new Int32Array(new SharedArrayBuffer(4))';
    relay.runInMain(`Atomics.wait(${cell}, 0, 0, ${MAIN_STANDSTILL_MS})`);
    // Its loss is known to the lane at once, and to the main thread when that stands no more.
    first.socket.resetAndDestroy();
    await scene.until('it is dialled again', () => faulty.server?.links[1]);
    scene.figure('dialled again after', performance.now() - said, 'ms');
    await scene.push(faulty, 'live');
    const heard = scene.witness.judge.agesMs.slice(frames);
    scene.figure('oldest frame meanwhile', Math.max(...heard), 'ms');
    expect(faulty.sessions.publishes).toBe(2);
  });

  row(stage, 49, { isAlone: true, withinMs: 180_000 }, async (scene) => {
    const { forkcast, witness, encoder } = scene;
    const pid = await forkcast.appPid('relay');
    scene.afterwards(() => process.kill(pid, 'SIGCONT'));
    const heard = witness.judge.agesMs.length;
    process.kill(pid, 'SIGSTOP');
    await delay(STANDSTILL_MS);
    const stood = encoder.sentFrames;
    process.kill(pid, 'SIGCONT');
    const goneOnAtMs = performance.now();
    await scene.until('the live edge is there', () => (witness.judge.lastFrame ?? 0) > stood);
    scene.figure('at the live edge after', performance.now() - goneOnAtMs, 'ms');
    const burst = witness.judge.agesMs.length - heard;
    scene.figure('frames sent on of those that were late', burst, '');
    scene.figure('sessions at the destination', witness.sessions.publishes, '');
    expect(encoder.broken).toBeUndefined();
    await forkcast.stream(scene.stream.id, 'live');
  });
});
