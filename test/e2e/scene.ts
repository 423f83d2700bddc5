import type { Destination, InputRole, StreamWithKey } from '#contracts';
import type { DestinationWish, NginxRtmp, RunningProgram, StreamWish } from '#testing';
import { lastRecorded, mediaSource, publishWithFfmpeg, waitFor } from '#testing';
import type { Forkcast } from './forkcast.ts';
import { checkSpliced } from './recordings.ts';
import type { SplicedRecording, Variant } from './recordings.ts';

const WITHIN_MS = 20_000;
/** Of so many looks at a recording that grows, the one that was least late is taken. */
const LOOKS = 8;

/** A stream with one destination, which is recorded, and the encoders that publish to it. */
export class Scene {
  readonly stream: StreamWithKey;
  readonly destination: Destination;
  readonly #forkcast: Forkcast;
  readonly #nginx: NginxRtmp;
  readonly #encoders: RunningProgram[] = [];
  /** What the timeline says less what the wall's clock says, when the recording began. */
  #aheadMs: number | undefined;

  private constructor(
    forkcast: Forkcast,
    nginx: NginxRtmp,
    about: { readonly stream: StreamWithKey; readonly destination: Destination },
  ) {
    this.#forkcast = forkcast;
    this.#nginx = nginx;
    this.stream = about.stream;
    this.destination = about.destination;
  }

  /** The stream's name is also the key at the destination. */
  static async open(
    forkcast: Forkcast,
    nginx: NginxRtmp,
    wish: StreamWish,
    destinationWish: Partial<DestinationWish> = {},
  ): Promise<Scene> {
    const { api } = forkcast;
    const stream = await api.createStream(wish);
    const { name } = wish;
    const there = { name, url: nginx.url, streamKey: name, ...destinationWish };
    const destination = await api.addDestination(stream.id, there);
    return new Scene(forkcast, nginx, { stream, destination });
  }

  get key(): string {
    return this.stream.name;
  }

  /** A source, from its beginning, in real time. */
  async encode(variant: Variant = 'plain', input: InputRole = 'primary'): Promise<RunningProgram> {
    const url = this.#forkcast.publishUrl(this.stream, input);
    const encoder = publishWithFfmpeg({ url, file: await mediaSource(variant) });
    this.#encoders.push(encoder);
    return encoder;
  }

  /** Waits until the recording under way has so much more, and remembers where its clock stands. */
  async record(seconds: number): Promise<void> {
    await this.#forkcast.push(this.destination, 'live');
    const fromMs = (await this.#look()).timestampMs;
    const untilMs = fromMs + seconds * 1000;
    const isThere = async () => (await this.#look()).timestampMs >= untilMs;
    await waitFor(`${seconds} s of ${this.key} more are recorded`, isThere, WITHIN_MS);
    this.#aheadMs ??= await this.#leastLate();
  }

  /** Waits until the stream is live, or waits for its encoder. */
  async standing(state: 'live' | 'grace' | 'offline'): Promise<void> {
    await this.#forkcast.stream(this.stream.id, state);
  }

  /** Waits until that input's encoder is the one that is seen. */
  async active(input: InputRole): Promise<void> {
    const look = async () => (await this.#forkcast.api.status(this.stream.id)).activeInput;
    await waitFor(`${input} is active`, async () => (await look()) === input, WITHIN_MS);
  }

  /** Waits until an encoder publishes to that input, seen or not. */
  async connected(input: InputRole): Promise<void> {
    const look = async () => (await this.#forkcast.api.status(this.stream.id)).inputs[input];
    await waitFor(`${input} is connected`, look, WITHIN_MS);
  }

  publishes(): Promise<number> {
    return this.#nginx.publishes(this.key);
  }

  recordings(): Promise<string[]> {
    return this.#nginx.recordings(this.key);
  }

  /** Ends the broadcast and its encoders. */
  async end(): Promise<void> {
    await this.#forkcast.api.endBroadcast(this.stream.id);
    await this.standing('offline');
    await Promise.all(this.#encoders.map((encoder) => encoder.kill()));
  }

  /**
   * Checks the one recording that there is, of one connection. `driftMs` is by how much it is
   * longer than the time that it took.
   */
  async check(...variants: Variant[]): Promise<SplicedRecording & { readonly driftMs: number }> {
    const [recording = 'none', ...more] = await this.recordings();
    if (more.length > 0) throw new Error(`${this.key} has ${more.length + 1} recordings`);
    const { timestampMs, writtenAtMs } = await this.#look();
    const aheadMs = this.#aheadMs ?? Number.NaN;
    const spliced = await checkSpliced(recording, ...variants);
    return { ...spliced, driftMs: timestampMs - writtenAtMs - aheadMs };
  }

  #look() {
    const look = async () => lastRecorded((await this.recordings()).at(-1) ?? 'none');
    return waitFor(`${this.key} is recorded`, look, WITHIN_MS);
  }

  async #leastLate(): Promise<number> {
    const seen = new Set<number>();
    const look = async () => {
      const { timestampMs, writtenAtMs } = await this.#look();
      return seen.add(timestampMs - writtenAtMs).size >= LOOKS;
    };
    await waitFor(`${this.key} grows`, look, WITHIN_MS);
    return Math.max(...seen);
  }
}
