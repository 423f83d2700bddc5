import { describe, expect } from 'vitest';
import type { Destination } from '#contracts';
import { RunningProgram, ScriptedDestination } from '#testing';
import { JudgedDestination } from './layer/judged-destination.ts';
import type { NetworkNamespace } from './layer/namespace.ts';
import { ownNetwork } from './layer/own-network.ts';
import { row } from './layer/row.ts';
import { FaultScene } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';
import { rowOf } from './matrix/rows.ts';

const NEEDS = ['network namespaces', 'nft'] as const;
const WIDE_KBPS = 6_000;
/** A megabit. */
const NARROW_KBYTES_PER_SECOND = 125;
const LIVE_EDGE_MS = 500;
const FOUND_WITHIN_MS = 30_000;
const NARROW_WITHIN_MS = 60_000;

/** Sound of a kind in which the relay cannot make silence: it has nothing to send in its place. */
function publishMp3(url: string): RunningProgram {
  const sound = ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440', '-c:a', 'libmp3lame'];
  const parameters = ['-nostdin', '-v', 'warning', ...sound, '-ar', '44100', '-f', 'flv', url];
  return new RunningProgram('ffmpeg', parameters, { stopSignal: 'SIGINT' });
}

describe('a network of its own', () => {
  let network: NetworkNamespace;
  const stage = useStage({
    needs: NEEDS,
    under: async () => {
      const surroundings = await ownNetwork();
      ({ network } = surroundings);
      return surroundings;
    },
  });

  /** The destination's packets are dropped, and it is waited for what the relay says of it. */
  async function isFoundGone(
    scene: FaultScene,
    { streamId, id }: Destination,
    port: number,
  ): Promise<void> {
    scene.afterwards(() => network.treat(port));
    const sinceMs = performance.now();
    await network.treat(port, { way: 'drop' });
    let code: string | undefined;
    const isFound = async () => {
      const { pushes } = await scene.forkcast.api.status(streamId);
      code = pushes.find(({ destinationId }) => destinationId === id)?.lastError?.code;
      return code !== undefined;
    };
    await scene.until('it is found gone', isFound, FOUND_WITHIN_MS);
    scene.figure('found after', performance.now() - sinceMs, 'ms');
    expect(code).toBe('STALLED');
    expect(await network.packetsDropped(port)).toBeGreaterThan(0);
  }

  row(stage, 1, { needs: NEEDS }, async (scene) => {
    const push = await scene.destination();
    await scene.push(push, 'live');
    const first = await push.link();
    await first.until(() => first.media.length > 20);
    const brokenAtMs = performance.now();
    await network.killServing(push.server?.port ?? 0);
    const second = await push.link(1);
    await second.until(() => second.media.length > 20);
    scene.figure('live again after', performance.now() - brokenAtMs, 'ms');
    const { lastError } = await scene.push(push, 'live');
    expect(lastError?.code).toBe('RESET_BY_PEER');
  });

  row(stage, 3, { case: 'packets are dropped', needs: NEEDS }, async (scene) => {
    const push = await scene.destination({ mayOverlap: 'it cannot hear the end of the first' });
    await scene.push(push, 'live');
    const port = push.server?.port ?? 0;
    scene.afterwards(() => network.treat(port));
    const sinceMs = performance.now();
    await network.treat(port, { way: 'drop' });
    await scene.until('it is given up', async () => {
      const { lastError } = await scene.pushNow(push);
      return lastError?.code === 'STALLED';
    });
    scene.figure('given up after', performance.now() - sinceMs, 'ms');
    await network.treat(port);
    const backMs = performance.now();
    await scene.push(push, 'live');
    scene.figure('live after the network came back', performance.now() - backMs, 'ms');
  });

  row(stage, 4, { case: 'only a held picture is sent' }, async (scene) => {
    const wish = { row: rowOf(4), stream: { graceSeconds: 300 }, reach: stage.reach };
    const quiet = await FaultScene.open(scene.forkcast, wish);
    scene.afterwards(() => quiet.close());
    const push = await quiet.destination({ mayOverlap: 'it cannot hear the end of the first' });
    await quiet.push(push, 'live');
    await quiet.encoder.stop();
    await scene.forkcast.stream(quiet.stream.id, 'grace');
    await isFoundGone(scene, push.api, push.server?.port ?? 0);
  });

  row(stage, 4, { case: 'nothing is sent' }, async (scene) => {
    const { api, push } = scene.forkcast;
    const server = await ScriptedDestination.open();
    scene.afterwards(() => server.close());
    await stage.reach(server.port);
    const stream = await api.createStream({ name: 'sound only', graceSeconds: 300 });
    const there = { name: 'gone', url: server.url(), streamKey: 'canary-of-nobody' };
    const destination = await api.addDestination(stream.id, there);
    const encoder = publishMp3(scene.forkcast.publishUrl(stream));
    scene.afterwards(() => encoder.kill());
    await push.call(scene.forkcast, destination, 'live');
    await encoder.stop();
    await scene.forkcast.stream(stream.id, 'grace');
    await isFoundGone(scene, destination, server.port);
  });

  row(stage, 7, { case: 'over a network', kbps: WIDE_KBPS, needs: NEEDS }, async (scene) => {
    const judged = new JudgedDestination('spliced');
    const push = await scene.destination({ script: judged.script });
    await scene.push(push, 'live');
    const port = push.server?.port ?? 0;
    scene.afterwards(() => network.treat(port));
    await network.treat(port, { way: 'narrow', kbytesPerSecond: NARROW_KBYTES_PER_SECOND });
    await scene.push(push, 'degraded', ({ droppedFrames }) => droppedFrames > 0, NARROW_WITHIN_MS);
    await network.treat(port);
    const wideAtMs = performance.now();
    await scene.until('it is at the live edge', () => judged.newestAgeMs < LIVE_EDGE_MS);
    scene.figure('at the live edge after', performance.now() - wideAtMs, 'ms');
    const { droppedFrames, lastError } = await scene.push(push, 'live');
    scene.figure('shown as live after', performance.now() - wideAtMs, 'ms');
    scene.figure('frames skipped', droppedFrames, '');
    expect([lastError?.code, judged.judge.faults]).toEqual([undefined, []]);
    expect(push.server?.links).toHaveLength(1);
  });

  row(stage, 8, async (scene) => {
    const push = await scene.destination();
    await scene.push(push, 'live');
    const port = push.server?.port ?? 0;
    scene.afterwards(() => network.treat(port));
    await network.treat(port, { way: 'lose', percent: 3 });
    const from = scene.encoder.sentFrames;
    const link = await push.link();
    const heard = link.media.length;
    await scene.until('300 frames were sent', () => scene.encoder.sentFrames > from + 300);
    scene.figure('messages heard meanwhile', link.media.length - heard, '');
    scene.figure('packets lost', await network.packetsDropped(port), '');
    expect(await network.packetsDropped(port)).toBeGreaterThan(0);
    await scene.push(push, 'live');
    expect(push.server?.links).toHaveLength(1);
  });
});
