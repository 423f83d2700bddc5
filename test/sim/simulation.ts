import { NO_DESTINATION_RULES, NO_STREAM_RULES } from '#contracts';
import type { DesiredDestination, DesiredStream, InputRole } from '#contracts';
import { Secret } from '#kernel';
import type { AttemptOrder } from '#lanes';
import type { OpenOutboundLink } from '#outbound';
import type { RingSizes } from '#ring';
import { hashIngestKey } from '#vault';
import { Chance } from './chance.ts';
import { DeliveryCheck } from './delivery-check.ts';
import { TROUBLED_WELCOMES, type DestinationSession, type Welcome } from './destination.ts';
import { FrameNumbers, SimEncoder, type EncoderHabits } from './encoder.ts';
import { Invariants, LOOK_MS } from './invariants.ts';
import { Ledger } from './ledger.ts';
import type { PipeHabits } from './pipe.ts';
import { SimRing } from './sim-ring.ts';
import { SimLink } from './sim-link.ts';
import { CANARY_KEY, SimNode } from './sim-node.ts';
import { SimSocket } from './sim-socket.ts';
import { RedisLink, SimPostgres, SimRedis } from './sim-store.ts';
import { SimTime } from './sim-time.ts';
import type { SimWorld } from './world.ts';

const NODES = ['a', 'b'] as const;
const STREAM_ID = '5eed0000-0000-4000-8000-000000000000';
const GRACE_SECONDS = 20;

/** A platform somewhere in the simulated network. */
export interface SimDestination {
  readonly id: string;
  readonly name: string;
  readonly isHealthy: boolean;
  readonly habits: PipeHabits;
  welcome: Welcome;
}

/**
 * Two relay nodes, one stream, its destinations and its encoders in one simulated world. What
 * happens to them is for `Troubles` to say; whether they bear it, for `Invariants`.
 */
export class Simulation {
  readonly ledger: Ledger;
  readonly time = new SimTime(() => this.ledger.throwIfBroken());
  readonly chance: Chance;
  readonly world: SimWorld;
  readonly postgres: SimPostgres;
  readonly redis: SimRedis;
  readonly invariants: Invariants;
  readonly encoders: SimEncoder[] = [];
  readonly destinations = new Map<string, SimDestination>();
  readonly nodes: SimNode[];
  readonly #ringSizes: RingSizes;
  readonly #rings = new WeakMap<SharedArrayBuffer, SimRing>();
  readonly #numbers = new FrameNumbers();
  #ids = 0;
  #keys = 0;
  readonly #keyOf = new Map<InputRole, string>();

  readonly seed: number;

  constructor(seed: number, linesKept: number) {
    this.seed = seed;
    this.ledger = new Ledger(linesKept);
    const { time, ledger } = this;
    this.chance = new Chance(seed);
    this.world = { time, timers: time, chance: this.chance, ledger };
    this.postgres = new SimPostgres(time);
    this.redis = new SimRedis(time);
    this.invariants = new Invariants(
      time,
      ledger,
      { redis: this.redis, streamId: STREAM_ID },
      (id) => this.destinations.get(id)?.isHealthy === true,
    );
    const dataBytes = this.chance.oneOf([32, 64, 128]) * 1024;
    this.#ringSizes = {
      dataBytes,
      dataBytesMax: dataBytes * this.chance.oneOf([1, 4]),
      records: this.chance.oneOf([128, 512]),
    };
    const destinations = [true, false, false].map((isHealthy) => this.newDestination(isHealthy));
    const stream: DesiredStream = {
      ...NO_STREAM_RULES,
      streamId: STREAM_ID,
      name: 'a stream',
      graceSeconds: GRACE_SECONDS,
      endOnUnpublish: false,
      takeover: 'takeover',
      deleted: false,
      destinations,
    };
    this.postgres.streams.set(STREAM_ID, stream);
    for (const role of ['primary', 'backup'] as const) this.rotateKey(role);
    this.nodes = NODES.map((nodeId) => this.#startNode(nodeId, 0, new RedisLink(this.redis, time)));
    this.#lookOnABeat();
  }

  keyOf(role: InputRole): string {
    return this.#keyOf.get(role) ?? '';
  }

  get stream(): DesiredStream {
    const stream = this.postgres.streams.get(STREAM_ID);
    if (stream === undefined) throw new Error('the stream is there');
    return stream;
  }

  get nowMs(): number {
    return this.time.monotonicMs();
  }

  /** Sessions at the destinations that may be troubled. */
  get sessions(): readonly DestinationSession[] {
    return this.nodes.flatMap(({ lanes }) =>
      lanes.attempts.flatMap(({ link, order }) => {
        const isHealthy = this.destinations.get(order.destinationId)?.isHealthy === true;
        const session = link()?.session;
        return session === undefined || isHealthy || !session.isOpen ? [] : [session];
      }),
    );
  }

  note(what: string): void {
    this.ledger.note(this.nowMs, what);
  }

  rotateKey(role: InputRole): void {
    this.postgres.keys.delete(hashIngestKey(new Secret(this.keyOf(role))));
    this.#keys += 1;
    this.#keyOf.set(role, `${role}-key-${this.#keys}`);
    const holder = { streamId: STREAM_ID, keyId: this.newId(), role };
    this.postgres.keys.set(hashIngestKey(new Secret(this.keyOf(role))), holder);
  }

  newDestination(isHealthy: boolean): DesiredDestination {
    const { chance } = this;
    const id = this.newId();
    const name = `d${this.destinations.size}${isHealthy ? ' (healthy)' : ''}`;
    const capacityBytes = isHealthy ? 1024 * 1024 : chance.oneOf([1, 4, 16, 256]) * 1024;
    const latencyMs = isHealthy ? 5 : chance.oneOf([1, 20, 150, 400]);
    const habits = { capacityBytes, latencyMs, isCut: chance.once(0.5) };
    this.destinations.set(id, { id, name, isHealthy, habits, welcome: 'accepts' });
    return {
      ...NO_DESTINATION_RULES,
      id,
      name,
      platform: 'custom',
      url: `${chance.once(0.5) ? 'rtmps' : 'rtmp'}://${id}.example/app`,
      backupUrl: null,
      sealedKey: 'sealed',
      enabled: true,
      delaySeconds: 0,
      resume: 'live',
      backupAfter: 3,
      updatedAt: new Date(0).toISOString(),
      restartToken: 0,
    };
  }

  /** An encoder connects to a lane of a node. */
  publish(node: SimNode, habits: Partial<EncoderHabits>): SimEncoder | undefined {
    const { chance } = this;
    const lane = node.lanes.lane(chance.between(0, node.lanes.size));
    if (lane === undefined) return undefined;
    const encoder = new SimEncoder(
      this.world,
      {
        key: this.keyOf('primary'),
        tickMs: chance.oneOf([250, 500, 1_000]),
        gopFrames: chance.oneOf([2, 3, 5]),
        frameBytesMax: chance.oneOf([100, 1_500, 5_500]),
        startMs: chance.oneOf([0, 0, 4_294_960_000, 1_000_000]),
        sends: 'both',
        ...habits,
      },
      this.#numbers,
    );
    const way = {
      latencyMs: chance.oneOf([1, 20, 100]),
      capacityBytes: 256 * 1024,
      isCut: chance.once(0.5),
    };
    const socket = new SimSocket(lane.world, way, {
      hear: (bytes) => encoder.hear(bytes),
      onGone: () => encoder.onGone(),
    });
    this.encoders.push(encoder);
    lane.accept(socket);
    encoder.start(socket);
    return encoder;
  }

  /** The process is killed, and started again with the same name. */
  restart(node: SimNode): void {
    const at = this.nodes.indexOf(node);
    node.die();
    this.invariants.nodeDied(node);
    this.nodes[at] = this.#startNode(node.nodeId, node.life + 1, node.redis);
  }

  /** In tests, and to see that one seed gives one trace. */
  newId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  #startNode(nodeId: string, life: number, redis: RedisLink): SimNode {
    const node: SimNode = new SimNode({
      world: this.world,
      nodeId,
      life,
      redis,
      postgres: this.postgres,
      ringSizes: this.#ringSizes,
      lanes: {
        newId: () => this.newId(),
        numbers: this.#numbers,
        ringOf: (memory) => this.#ringOf(memory),
        dial: (order, ring, world) => this.#dial(node, order, { ring, world }),
      },
      onRecord: (record) => {
        if (record.kind === 'event') this.note(`${nodeId}: ${record.message}`);
        const isSecret = JSON.stringify(record).includes(CANARY_KEY);
        this.ledger.must(!isSecret, () => 'secrets: history has a key');
        this.invariants.onRecord(node, record);
      },
      onFigures: (record) => this.invariants.onFigures(node, record),
      onLive: (attemptId) => {
        this.ledger.counts.sessionsLive += 1;
        this.invariants.onLive(attemptId);
      },
      onLog: (message, fields) => {
        const isOurFault = /effect failed|could not be judged/.test(message);
        this.ledger.must(!isOurFault, () => `faults: ${message}: ${String(fields['cause'])}`);
        const isSecret = JSON.stringify(fields).includes(CANARY_KEY);
        this.ledger.must(!isSecret, () => 'secrets: a log line has a key');
      },
    });
    this.invariants.nodeStarted(node);
    return node;
  }

  #ringOf(memory: SharedArrayBuffer): SimRing {
    const known = this.#rings.get(memory);
    if (known !== undefined) return known;
    const ring = new SimRing(memory, this.ledger);
    this.#rings.set(memory, ring);
    return ring;
  }

  #dial(
    node: SimNode,
    order: AttemptOrder,
    { ring, world }: { readonly ring: SimRing; readonly world: SimWorld },
  ): { readonly open: OpenOutboundLink; readonly link: () => SimLink | undefined } {
    const destination = this.destinations.get(order.destinationId);
    if (destination === undefined) throw new Error('a destination is dialled that is there');
    const { id, name, habits, welcome } = destination;
    let link: SimLink | undefined;
    const open: OpenOutboundLink = ({ scheme }, _options, handler) => {
      this.note(`${node.nodeId} dials ${name}, which ${welcome}`);
      this.ledger.counts.connections += 1;
      const check = new DeliveryCheck(ring.witness, this.ledger, name);
      check.delayed(order.delayMs, false);
      check.isRewound = order.start.kind === 'rewind';
      const isSecure = scheme === 'rtmps';
      const lane = node.lanes.laneOf(world.timers);
      link = new SimLink(
        world,
        { destinationId: id, lane, isSecure, welcome, habits },
        check,
        handler,
      );
      this.invariants.onDial(node, order, link);
      return link;
    };
    return { open, link: () => link };
  }

  #lookOnABeat(): void {
    this.time.after(LOOK_MS, () => {
      this.invariants.look(this.nodes);
      this.#lookOnABeat();
    });
  }
}

export function troubledWelcome(chance: Chance): Welcome {
  return chance.once(0.5) ? 'accepts' : chance.oneOf(TROUBLED_WELCOMES);
}
