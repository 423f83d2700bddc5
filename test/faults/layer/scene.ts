import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  CreateDestinationBody,
  Destination,
  PushState,
  PushStatus,
  StreamStatus,
  StreamWithKey,
} from '#contracts';
import { ScriptedDestination, waitFor } from '#testing';
import type { DestinationLink, DestinationScript, StreamWish } from '#testing';
import type { Forkcast } from '../../e2e/forkcast.ts';
import type { Figure, Row } from '../matrix/row.ts';
import { SessionWatch } from './session-watch.ts';
import { SteadyEncoder } from './steady-encoder.ts';
import { Witness } from './witness.ts';

const STATE_WITHIN_MS = 30_000;
const RATE = { kbps: 300, framesPerSecond: 30 };
/** What the API, and the relay to an encoder, say of a database that is late. */
const TRY_AGAIN = /DATABASE_UNAVAILABLE|cannot be checked at this moment/;
const AGAIN_AFTER_MS = 250;
/** So many asks about one stream share an answer. */
const ANSWER_KEPT_MS = 100;

export interface SceneWish {
  readonly row: Row;
  readonly kbps?: number;
  readonly framesPerSecond?: number;
  readonly stream?: Partial<StreamWish>;
  readonly isSecure?: boolean;
  /** Makes a port of this machine reachable for a product that runs elsewhere. */
  readonly reach?: (port: number) => Promise<void>;
}

export interface DestinationPlan extends Partial<Omit<CreateDestinationBody, 'url'>> {
  /** What a server of its own does; it is opened for this scene. */
  readonly script?: DestinationScript;
  /** Dials the server by what stands at this port, such as a fault proxy. */
  readonly via?: (port: number) => Promise<{ readonly port: number }>;
  /** What its server is called in the URL, instead of by its address. */
  readonly host?: string;
  /** An address instead of a server of its own. */
  readonly url?: string;
  /** Why this server may see a session begin before it has seen the end of another. */
  readonly mayOverlap?: string;
}

/** A destination of a scene: what the API calls it, and the server that plays it. */
export interface ScenePush {
  readonly api: Destination;
  /** None where an address was given. */
  readonly server: ScriptedDestination | undefined;
  readonly sessions: SessionWatch;
  /** The connection that came as number `index`, now or when it comes. */
  link(index?: number): Promise<DestinationLink>;
}

let encoders = 0;

/** One row's stream, with a steady encoder and a healthy destination, and the faulty ones. */
export class FaultScene {
  readonly forkcast: Forkcast;
  readonly stream: StreamWithKey;
  readonly encoder: SteadyEncoder;
  readonly witness: Witness;
  readonly figures: Figure[] = [];
  /** Outages and flapping are to be long ones. */
  readonly isLong = process.env['LONG'] === '1';
  readonly #row: Row;
  readonly #reach: (port: number) => Promise<void>;
  readonly #pushes: { readonly push: ScenePush; readonly mayOverlap: boolean }[] = [];
  readonly #ends: (() => unknown)[];
  #status: { readonly atMs: number; readonly answer: Promise<StreamStatus> } | undefined;

  private constructor(
    forkcast: Forkcast,
    wish: SceneWish,
    parts: {
      readonly stream: StreamWithKey;
      readonly encoder: SteadyEncoder;
      readonly witness: Witness;
    },
  ) {
    this.forkcast = forkcast;
    this.#row = wish.row;
    this.#reach = wish.reach ?? (() => Promise.resolve());
    this.stream = parts.stream;
    this.encoder = parts.encoder;
    this.witness = parts.witness;
    this.#ends = [() => this.witness.close(), () => this.encoder.stop()];
  }

  /** The stream is live at the witness when this resolves. */
  static async open(forkcast: Forkcast, wish: SceneWish): Promise<FaultScene> {
    const { row } = wish;
    const witness = await Witness.open(row.witness ?? 'whole');
    try {
      await wish.reach?.(witness.server.port);
      const name = `row ${row.number} ${randomUUID().slice(0, 8)}`;
      const create = () => forkcast.api.createStream({ name, ...wish.stream });
      const stream = await patiently(create);
      const there = { name: 'healthy', url: witness.server.url(), streamKey: destinationKey() };
      await patiently(() => forkcast.api.addDestination(stream.id, there));
      const encoder = await publish(forkcast, stream, wish);
      const scene = new FaultScene(forkcast, wish, { stream, encoder, witness });
      await scene.until('the healthy destination has frames', () => witness.judge.lastFrame);
      return scene;
    } catch (thrown) {
      await witness.close();
      throw thrown;
    }
  }

  /** Adds a destination to the stream, which is asked for at once. */
  async destination(plan: DestinationPlan = {}): Promise<ScenePush> {
    const { script = {}, via, host, url, mayOverlap, ...wish } = plan;
    const sessions = new SessionWatch();
    const answers = sessions.watching(script.answers);
    const server =
      url === undefined ? await ScriptedDestination.open({ ...script, answers }) : undefined;
    if (server !== undefined) this.afterwards(() => server.close());
    const between = server === undefined ? undefined : await via?.(server.port);
    const own = server?.url('live', host) ?? '';
    const port = between?.port ?? server?.port;
    if (port !== undefined) await this.#reach(port);
    const address = between === undefined ? own : own.replace(/:\d+/, `:${between.port}`);
    const asked = {
      name: `faulty ${this.#pushes.length + 1}`,
      url: url ?? address,
      streamKey: destinationKey(),
      ...wish,
    };
    const add = () => this.forkcast.api.addDestination(this.stream.id, asked);
    const api = await patiently(add);
    const link = (index = 0): Promise<DestinationLink> => {
      if (server === undefined) throw new Error('no server of its own');
      return server.link(index);
    };
    const push = { api, server, sessions, link };
    this.#pushes.push({ push, mayOverlap: mayOverlap !== undefined });
    return push;
  }

  /** Another encoder for this stream. The row ends it, or the scene's end does. */
  async encode(wish: Omit<SceneWish, 'row' | 'stream' | 'reach'> = {}): Promise<SteadyEncoder> {
    const encoder = await publish(this.forkcast, this.stream, { row: this.#row, ...wish });
    this.afterwards(() => encoder.stop());
    return encoder;
  }

  /** What is known of the stream now. */
  status(): Promise<StreamStatus> {
    const nowMs = performance.now();
    if (this.#status === undefined || nowMs - this.#status.atMs > ANSWER_KEPT_MS) {
      this.#status = { atMs: nowMs, answer: this.forkcast.api.status(this.stream.id) };
    }
    return this.#status.answer;
  }

  /** What is known of the push to a destination now. */
  async pushNow({ api }: ScenePush): Promise<PushStatus> {
    const { pushes } = await this.status();
    const push = pushes.find((each) => each.destinationId === api.id);
    if (push === undefined) throw new Error(`nothing is known of ${api.name}`);
    return push;
  }

  /** Waits until the push is in that state, and as `isMet` wants it, and gives it. */
  push(
    to: ScenePush,
    state: PushState,
    isMet: (push: PushStatus) => boolean = () => true,
    withinMs = STATE_WITHIN_MS,
  ): Promise<PushStatus> {
    const look = async () => {
      const push = await this.pushNow(to);
      if (push.state === state && isMet(push)) return push;
      throw new Error(`the push is ${JSON.stringify(push)}`);
    };
    return waitFor(`the push to ${to.api.name} is ${state}`, look, withinMs);
  }

  until<Value>(
    what: string,
    condition: () => Value | Promise<Value>,
    withinMs = STATE_WITHIN_MS,
  ): Promise<NonNullable<Exclude<Value, false>>> {
    return waitFor(what, condition, withinMs);
  }

  /** Puts a measured value into the report. */
  figure(name: string, value: number, unit: string): void {
    this.figures.push({ name, value: Math.round(value * 10) / 10, unit });
  }

  /** Done at the end of the row, whatever came of it; the last first. */
  afterwards(end: () => unknown): void {
    this.#ends.push(end);
  }

  /** What is wrong with what the faulty destinations saw. */
  get overlaps(): readonly string[] {
    return this.#pushes.flatMap(({ push, mayOverlap }) =>
      mayOverlap ? [] : push.sessions.overlaps.map((said) => `${push.api.name}: ${said}`),
    );
  }

  async close(): Promise<void> {
    const thrown: unknown[] = [];
    for (const end of this.#ends.toReversed()) {
      try {
        await end();
      } catch (one) {
        thrown.push(one);
      }
    }
    if (thrown.length > 0) throw new AggregateError(thrown, 'a scene did not end in order');
  }
}

/**
 * All rows of a file begin at once, and on a busy machine a database is late: whoever is told to
 * try again soon does so.
 */
export async function patiently<Value>(make: () => Promise<Value>): Promise<Value> {
  const untilMs = performance.now() + STATE_WITHIN_MS;
  for (;;) {
    try {
      return await make();
    } catch (thrown) {
      const isLater = thrown instanceof Error && TRY_AGAIN.test(thrown.message);
      if (!isLater || performance.now() > untilMs) throw thrown;
    }
    await delay(AGAIN_AFTER_MS);
  }
}

/** Looked for, at the end of the run, in all that the product leaves. */
function destinationKey(): string {
  return `canary-${randomUUID()}`;
}

function publish(
  forkcast: Forkcast,
  { ingest }: StreamWithKey,
  { row, isSecure = false, ...wish }: SceneWish,
): Promise<SteadyEncoder> {
  encoders += 1;
  const port = isSecure ? forkcast.rtmpsPort : forkcast.rtmpPort;
  const localAddress = `127.7.${row.number}.${(encoders % 250) + 1}`;
  const { kbps = RATE.kbps, framesPerSecond = RATE.framesPerSecond } = wish;
  const address = { port, streamKey: ingest.streamKey, isSecure, localAddress };
  const rate = { kbps, framesPerSecond };
  return patiently(() => SteadyEncoder.publish(address, rate));
}
