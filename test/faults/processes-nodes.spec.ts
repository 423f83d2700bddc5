import { describe, expect } from 'vitest';
import { row } from './layer/row.ts';
import { SecondRelay } from './layer/second-relay.ts';
import { SteadyEncoder } from './layer/steady-encoder.ts';
import { useStage } from './layer/stage.ts';

/** A relay's claim lasts ten seconds; whoever wants the stream asks until then. */
const TAKEN_OVER_WITHIN_MS = 30_000;
const RATE = { kbps: 300, framesPerSecond: 30 } as const;

describe('two relays', () => {
  const stage = useStage();

  const mayOverlap = 'a process that stands still cannot close its socket';
  const settings = { isAlone: true, stream: { graceSeconds: 60 }, mayOverlap };

  row(stage, 58, settings, async (scene) => {
    const { forkcast, stream, witness } = scene;
    const other = await SecondRelay.start(forkcast, 'second');
    scene.afterwards(() => other.stop());
    const [ghost] = witness.server.links;
    const pid = await forkcast.appPid('relay');
    scene.afterwards(() => process.kill(pid, 'SIGCONT'));
    const frozenAtMs = performance.now();
    process.kill(pid, 'SIGSTOP');
    const address = {
      port: other.rtmpPort,
      streamKey: stream.ingest.streamKey,
      localAddress: '127.7.58.200',
    };
    const encoder = await scene.until(
      'the other relay has the stream',
      () => SteadyEncoder.publish(address, RATE),
      TAKEN_OVER_WITHIN_MS,
    );
    scene.afterwards(() => encoder.stop());
    scene.figure('taken over after', performance.now() - frozenAtMs, 'ms');
    await scene.until(
      'it is live there',
      () => witness.judge.sessions === 2 && witness.judge.lastFrame,
    );
    const heardByGhost = ghost?.heardBytes ?? 0;
    process.kill(pid, 'SIGCONT');
    const wokenAtMs = performance.now();
    expect(await ghost?.ended).toBe('reset');
    scene.figure('stepped back after', performance.now() - wokenAtMs, 'ms');
    scene.figure('sent by the ghost', (ghost?.heardBytes ?? 0) - heardByGhost, 'bytes');
    await scene.until('its encoder is cut', () => scene.encoder.broken);
    expect(ghost?.heardBytes).toBe(heardByGhost);
    const last = encoder.sentFrames;
    await scene.until('the other goes on', () => (witness.judge.lastFrame ?? 0) > last);
    expect(witness.sessions.publishes).toBe(2);
    expect(encoder.broken).toBeUndefined();
  });
});
