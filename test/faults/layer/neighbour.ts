import { randomUUID } from 'node:crypto';
import type { FaultScene } from './scene.ts';
import { SteadyEncoder } from './steady-encoder.ts';
import { Witness } from './witness.ts';

const KBPS = 300;
const FRAMES_PER_SECOND = 30;
/** The kernel deals encoders out by chance. */
const DEALS_MAX = 40;
const HEARD_WITHIN_MS = 20_000;

/** Finds the lane that has a connection with that port at its other end. */
type LaneAt = (port: number) => Promise<string>;

/** Another stream, whose encoder and destination are both in another lane than a scene's push. */
export class Neighbour {
  readonly #scene: FaultScene;
  readonly #encoder: SteadyEncoder;
  readonly #witness: Witness;

  private constructor(scene: FaultScene, encoder: SteadyEncoder, witness: Witness) {
    this.#scene = scene;
    this.#encoder = encoder;
    this.#witness = witness;
  }

  static async open(scene: FaultScene, laneAt: LaneAt, notIn: string): Promise<Neighbour> {
    const { forkcast } = scene;
    const stream = await forkcast.api.createStream({ name: `neighbour ${randomUUID()}` });
    scene.afterwards(() => forkcast.api.endBroadcast(stream.id));
    const encoder = await dealt(scene, stream.ingest.streamKey, laneAt, notIn);
    scene.afterwards(() => encoder.stop());
    const witness = await Witness.open('whole');
    scene.afterwards(() => witness.close());
    const there = { name: 'neighbour', url: witness.server.url() };
    const streamKey = `canary-${randomUUID()}`;
    await forkcast.api.addDestination(stream.id, { ...there, streamKey });
    await scene.until('the neighbour has frames', () => witness.judge.lastFrame);
    // Pushes go where less is to do: to the lane that has none.
    if ((await laneAt(witness.server.port)) === notIn) throw new Error(`it is fed by ${notIn}`);
    return new Neighbour(scene, encoder, witness);
  }

  /** What it lost of all that it has sent until now, and what became of its connections. */
  async faults(): Promise<readonly string[]> {
    const last = this.#encoder.sentFrames - 1;
    const isHeard = () => (this.#witness.judge.lastFrame ?? -1) >= last;
    await this.#scene.until(`the neighbour's frame ${last}`, isHeard, HEARD_WITHIN_MS);
    this.#scene.figure('99 of 100 of a neighbour’s were younger than', this.#witness.ageMs, 'ms');
    const { broken = [] } = this.#encoder;
    return [...this.#witness.faults, ...[broken].flat()];
  }
}

/** An encoder in another lane than that. */
async function dealt(
  { forkcast }: FaultScene,
  streamKey: string,
  laneAt: LaneAt,
  notIn: string,
): Promise<SteadyEncoder> {
  for (let deal = 1; deal <= DEALS_MAX; deal += 1) {
    const localAddress = `127.7.250.${deal}`;
    const encoder = await SteadyEncoder.publish(
      { port: forkcast.rtmpPort, streamKey, localAddress },
      { kbps: KBPS, framesPerSecond: FRAMES_PER_SECOND },
    );
    const { localPort = 0 } = encoder.socket;
    if ((await laneAt(localPort)) !== notIn) return encoder;
    await encoder.stop();
  }
  throw new Error(`the kernel deals every encoder to ${notIn}`);
}
