import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ScriptedDestination } from '#testing';
import type { DestinationLink, DestinationScript } from '#testing';
import { HostileEncoder } from '../../test/faults/layer/hostile-encoder.ts';
import { JudgedDestination } from '../../test/faults/layer/judged-destination.ts';
import { residentBytes } from '../../test/faults/layer/process-figures.ts';
import { FaultProxy } from '../../test/faults/layer/proxy.ts';
import { patiently } from '../../test/faults/layer/scene.ts';
import { SteadyEncoder } from '../../test/faults/layer/steady-encoder.ts';
import type { WitnessDemand } from '../../test/faults/matrix/row.ts';
import { HealthySide } from './healthy-side.ts';
import type { Arrivals } from './healthy-side.ts';
import type { Answer, Seen } from './outcome.ts';
import type { PeerServer, Place } from './place.ts';
import { SmoothTimes } from './smooth-times.ts';

const POLL_MS = 20;
const SAMPLE_MS = 200;
const BEGINS_WITHIN_MS = 30_000;
const ARRIVES_WITHIN_MS = 10_000;
const FIRST_FRAMES = 45;
/** The machine is for others as well. */
const GREW_BYTES_MAX = 1_200_000_000;

export interface FaultyWish {
  readonly answers?: DestinationScript['answers'];
  readonly isSilent?: boolean;
  readonly demand?: WitnessDemand;
  /** Before anybody dials. */
  readonly prepare?: (proxy: FaultProxy) => void;
}

export interface SceneWish {
  readonly kbps?: number;
  /** Of the stream beside; that of the steady one is `whole`. */
  readonly beside?: WitnessDemand;
  /** The row itself is about the steady encoder and judges what becomes of it. */
  readonly isSteadyFree?: boolean;
  readonly faulty?: FaultyWish;
}

export interface FaultyEnd {
  readonly proxy: FaultProxy;
  readonly judged: JudgedDestination;
  readonly server: ScriptedDestination;
}

let addresses = 0;

/** One row at one server: a steady stream to a healthy destination, and what is done beside it. */
export class PeerScene {
  readonly place: Place;
  readonly steadyName: string;
  readonly besideName: string;
  readonly steady: Arrivals;
  readonly beside: Arrivals;
  readonly encoder: SteadyEncoder;
  readonly encoderAddress: string;
  readonly #wish: SceneWish;
  readonly #faulty: FaultyEnd | undefined;
  readonly #ends: (() => unknown)[];
  readonly #before: number;
  readonly #sampler: NodeJS.Timeout;
  #most: number;

  private constructor(parts: {
    wish: SceneWish;
    place: Place;
    names: readonly [string, string];
    healthy: HealthySide;
    encoder: SteadyEncoder;
    encoderAddress: string;
    faulty: FaultyEnd | undefined;
    residentBytes: number;
    ends: (() => unknown)[];
  }) {
    this.#wish = parts.wish;
    this.place = parts.place;
    [this.steadyName, this.besideName] = parts.names;
    this.steady = parts.healthy.of(this.steadyName);
    this.beside = parts.healthy.of(this.besideName);
    this.encoder = parts.encoder;
    this.encoderAddress = parts.encoderAddress;
    this.#faulty = parts.faulty;
    this.#ends = parts.ends;
    this.#before = parts.residentBytes;
    this.#most = parts.residentBytes;
    this.#sampler = setInterval(() => void this.#sample(), SAMPLE_MS);
  }

  /** The stream arrives at its healthy destination when this resolves. */
  static async open(server: PeerServer, wish: SceneWish): Promise<PeerScene> {
    const names = [`canary-${randomUUID()}`, `canary-${randomUUID()}`] as const;
    const { kbps = 300 } = wish;
    const healthy = await HealthySide.open({
      [names[0]]: 'whole',
      [names[1]]: wish.beside ?? 'whole',
    });
    const ends: (() => unknown)[] = [() => healthy.close()];
    try {
      const faulty = wish.faulty && (await openFaulty(wish.faulty, ends));
      const ports = { healthyPort: healthy.port, faultyPort: faulty?.proxy.port };
      const place = await server.place({ names, ...ports });
      ends.push(() => place.close());
      const encoderAddress = nextAddress();
      const steadyKey = place.keyOf(names[0]);
      const there = { port: place.port, streamKey: steadyKey, localAddress: encoderAddress };
      const rate = { kbps, framesPerSecond: 30 };
      const encoder = await patiently(() => SteadyEncoder.publish(there, rate));
      ends.push(() => encoder.reset());
      const steady = healthy.of(names[0]);
      if (place.play !== undefined) {
        steady.begin();
        await place.play(names[0], (media) => steady.hear(media));
      }
      const begins = await within(BEGINS_WITHIN_MS, () => steady.frames.size >= FIRST_FRAMES);
      if (begins === undefined) throw new Error('the stream does not arrive');
      const resident = await residentBytes(place.pid);
      return new PeerScene({
        ...{ wish, place, names, healthy, encoder, encoderAddress, faulty, ends },
        residentBytes: resident,
      });
    } catch (thrown) {
      for (const end of ends.toReversed()) await end();
      throw thrown;
    }
  }

  get faulty(): FaultyEnd {
    if (this.#faulty === undefined) throw new Error('this row has no faulty destination');
    return this.#faulty;
  }

  /** A connection from an address that is nobody else's. */
  async hostile(localAddress = nextAddress()): Promise<HostileEncoder> {
    const encoder = await HostileEncoder.connect({ port: this.place.port, localAddress });
    this.#ends.push(() => encoder.close());
    return encoder;
  }

  /** One that was let in, to the stream beside; what comes of it is heard. */
  async hostileBeside(chunkBytes?: number): Promise<HostileEncoder> {
    const encoder = await this.hostile();
    const key = this.place.keyOf(this.besideName);
    const introduction = chunkBytes === undefined ? {} : { chunkBytes };
    const code = await Promise.race([
      encoder.publish(key, introduction),
      delay(ARRIVES_WITHIN_MS, 'no answer', { ref: false }),
    ]);
    if (code !== 'NetStream.Publish.Start') throw new Error(`the encoder beside was told: ${code}`);
    if (this.place.play !== undefined) {
      this.beside.begin();
      await this.place.play(this.besideName, (media) => this.beside.hear(media));
    }
    return encoder;
  }

  /** Another steady encoder in the place of the first. */
  async steadyAgain(): Promise<void> {
    const streamKey = this.place.keyOf(this.steadyName);
    const there = { port: this.place.port, streamKey, localAddress: this.encoderAddress };
    const rate = { kbps: this.#wish.kbps ?? 300, framesPerSecond: 30 };
    const encoder = await patiently(() => SteadyEncoder.publish(there, rate));
    this.#ends.push(() => encoder.reset());
  }

  /** Judges the stream that nothing was done to, and ends everything. */
  async close(answer: Answer | undefined): Promise<Seen> {
    const arrived = () => this.steady.frames.has(last) || !this.place.isRunning;
    const last = this.encoder.sentFrames - 1;
    if (this.#wish.isSteadyFree !== true) await within(ARRIVES_WITHIN_MS, arrived);
    await this.#sample();
    clearInterval(this.#sampler);
    const isJudged = this.#wish.isSteadyFree !== true;
    const { faults } = this.steady.judge;
    const seen: Seen = {
      hasDied: !this.place.isRunning,
      ...(!this.place.isRunning && { diedOf: this.place.lastWords?.() }),
      lostFrames: isJudged ? lostUntil(last, this.steady.frames) : 0,
      faults: isJudged ? faults.filter((one) => !one.startsWith('frame ')) : [],
      isEncoderCut: isJudged && this.encoder.broken !== undefined,
      grewBytes: this.#most - this.#before,
      ...(answer !== undefined && { answer }),
    };
    for (const end of this.#ends.toReversed()) await end();
    return seen;
  }

  async #sample(): Promise<void> {
    const now = await residentBytes(this.place.pid).catch(() => 0);
    this.#most = Math.max(this.#most, now);
    if (now - this.#before > GREW_BYTES_MAX) await this.place.kill();
  }
}

/** How many of the frames up to that one never came, from the first that did. */
function lostUntil(last: number, frames: ReadonlySet<number>): number {
  const first = Math.min(...frames);
  const came = [...frames].filter((frame) => frame <= last).length;
  return Math.max(0, last - first + 1 - came);
}

/** How long it took; undefined where it did not come to that. */
export async function within(ms: number, condition: () => boolean): Promise<number | undefined> {
  const beganAtMs = performance.now();
  while (!condition()) {
    if (performance.now() - beganAtMs > ms) return undefined;
    await delay(POLL_MS);
  }
  return performance.now() - beganAtMs;
}

async function openFaulty(wish: FaultyWish, ends: (() => unknown)[]): Promise<FaultyEnd> {
  const judged = new JudgedDestination(wish.demand ?? 'rejoins', wish.answers);
  const { isSilent = false } = wish;
  const times = new Map<DestinationLink, SmoothTimes>();
  const { onMedia } = judged.script;
  const server = await ScriptedDestination.open({
    ...judged.script,
    isSilent,
    onMedia: (link, media) => {
      const own = times.get(link) ?? new SmoothTimes();
      times.set(link, own);
      onMedia?.(link, own.of(media));
    },
  });
  ends.push(() => server.close());
  const proxy = await FaultProxy.open(server.port);
  ends.push(() => proxy.close());
  wish.prepare?.(proxy);
  return { proxy, judged, server };
}

function nextAddress(): string {
  addresses += 1;
  return `127.11.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
}
