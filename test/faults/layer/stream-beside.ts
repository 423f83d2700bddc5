import { randomUUID } from 'node:crypto';
import type { StreamStatus, StreamWithKey } from '#contracts';
import { ScriptedDestination } from '#testing';
import type { StreamWish } from '#testing';
import type { WitnessDemand } from '../matrix/row.ts';
import { HostileEncoder } from './hostile-encoder.ts';
import type { HostilePlace, Introduction } from './hostile-encoder.ts';
import { patiently } from './scene.ts';
import type { FaultScene } from './scene.ts';
import { SteadyEncoder } from './steady-encoder.ts';
import { Witness } from './witness.ts';

const SOME_FRAMES = 100;
let places = 0;

/**
 * A stream beside a scene's own, for an encoder with a valid key that does what none should: the
 * scene's stream is the one that must lose nothing, and this one's destination is judged as well.
 */
export class StreamBeside {
  readonly stream: StreamWithKey;
  readonly witness: Witness;
  readonly #scene: FaultScene;

  private constructor(scene: FaultScene, stream: StreamWithKey, witness: Witness) {
    this.#scene = scene;
    this.stream = stream;
    this.witness = witness;
  }

  static async open(
    scene: FaultScene,
    demand: WitnessDemand = 'whole',
    wish: Partial<StreamWish> = {},
  ): Promise<StreamBeside> {
    const { api } = scene.forkcast;
    const witness = await Witness.open(demand);
    scene.afterwards(() => witness.close());
    const name = `beside ${scene.stream.name}`;
    const stream = await patiently(() => api.createStream({ name, ...wish }));
    const beside = new StreamBeside(scene, stream, witness);
    await beside.#add('beside', witness.server);
    return beside;
  }

  get key(): string {
    return this.stream.ingest.streamKey;
  }

  /** One more destination, that keeps all it hears. */
  async recorder(): Promise<ScriptedDestination> {
    const server = await ScriptedDestination.open();
    this.#scene.afterwards(() => server.close());
    await this.#add('recorder', server);
    return server;
  }

  /** An encoder that does nothing wrong, from an address of its own. */
  async steady(): Promise<SteadyEncoder> {
    const address = { port: this.#scene.forkcast.rtmpPort, localAddress: nextAddress() };
    const rate = { kbps: 300, framesPerSecond: 30 };
    const publish = () => SteadyEncoder.publish({ ...address, streamKey: this.key }, rate);
    const encoder = await patiently(publish);
    this.#scene.afterwards(() => encoder.stop());
    return encoder;
  }

  /** What is known of this stream now. */
  status(): Promise<StreamStatus> {
    return this.#scene.forkcast.api.status(this.stream.id);
  }

  /** An encoder that was let in to this stream. */
  async encoder(introduction: Introduction = {}): Promise<HostileEncoder> {
    return this.#scene.until('a hostile encoder is let in', async () => {
      const encoder = await hostile(this.#scene);
      const code = await encoder.publish(this.key, introduction);
      if (code !== 'NetStream.Publish.Start') throw new Error(`it was told ${code}`);
      return encoder;
    });
  }

  /** Resolves when the timeline of this stream has such an entry. */
  async tells(code: string): Promise<void> {
    const { id } = this.stream;
    await this.#scene.until(`${code} of a stream beside`, () => {
      const lines = this.#scene.forkcast.output.split('\n');
      return lines.some((line) => line.includes(code) && line.includes(id));
    });
  }

  /** Resolves when its destination has all that the encoder has sent until now. */
  async heard(encoder: { readonly sentFrames: number }): Promise<void> {
    const last = Math.max(0, encoder.sentFrames - 1);
    const isHeard = () => (this.witness.judge.lastFrame ?? -1) >= last;
    await this.#scene.until(`frame ${last} is at the destination beside`, isHeard);
  }

  /** The same, once there are some seconds of it. */
  async heardSeconds(encoder: HostileEncoder): Promise<void> {
    const isLong = () => encoder.sentFrames > SOME_FRAMES;
    await this.#scene.until('there are some seconds of it', isLong);
    await this.heard(encoder);
  }

  async #add(name: string, server: ScriptedDestination): Promise<void> {
    const there = { name, url: server.url(), streamKey: `canary-${randomUUID()}` };
    await patiently(() => this.#scene.forkcast.api.addDestination(this.stream.id, there));
  }
}

/** A connection to the relay from an address that is nobody else's. */
export async function hostile(
  scene: FaultScene,
  { port = scene.forkcast.rtmpPort, isSecure = false }: Partial<HostilePlace> = {},
): Promise<HostileEncoder> {
  const encoder = await HostileEncoder.connect({ port, localAddress: nextAddress(), isSecure });
  scene.afterwards(() => encoder.close());
  return encoder;
}

/** Resolves when the relay has ended all of them. */
export async function allEnded(
  scene: FaultScene,
  encoders: readonly HostileEncoder[],
): Promise<void> {
  const ends = await Promise.all(encoders.map(({ ended }) => ended));
  scene.figure('closed after, at most', Math.max(...ends.map(({ afterMs }) => afterMs)), 'ms');
}

function nextAddress(): string {
  places += 1;
  return `127.9.${Math.floor(places / 250)}.${(places % 250) + 1}`;
}
