import type { Socket } from 'node:net';
import type { Timers } from '#kernel';
import {
  Attempt,
  Beat,
  Ingest,
  type AttemptOrder,
  type LaneCommand,
  type LaneReport,
  type Pump,
  type PublishGrant,
} from '#lanes';
import { AddressPolicy } from '#net';
import type { OpenOutboundLink } from '#outbound';
import { RingGauge, RingReader } from '#ring';
import type { Ledger } from './ledger.ts';
import type { SimLink } from './sim-link.ts';
import type { SimSocket } from './sim-socket.ts';
import { Witness } from './witness.ts';
import type { SimWorld } from './world.ts';

const POLICY = new AddressPolicy();
/** A lane looks at its figures this often; the real one does at the same beat. */
const FIGURES_MS = 1_000;

/** A ring, watched. */
export class SimRing {
  readonly memory: SharedArrayBuffer;
  readonly witness: Witness;
  readonly reader: RingReader;
  readonly #gauge: RingGauge;
  readonly #waiting = new Set<() => void>();

  readonly #ledger: Ledger;

  constructor(memory: SharedArrayBuffer, ledger: Ledger) {
    this.#ledger = ledger;
    this.memory = memory;
    this.witness = new Witness(memory);
    this.reader = new RingReader(memory);
    this.#gauge = new RingGauge(memory);
  }

  get dataBytes(): number {
    return this.#gauge.dataBytes;
  }

  /** After each batch that an ingest has written. */
  published(nowMs: number): void {
    const before = this.witness.places;
    this.witness.read(nowMs);
    this.#ledger.counts.framesPublished += this.witness.places - before;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** As `RingReader.changed`, in simulated time. */
  changed(sequence: number, timeoutMs: number, timers: Timers): Promise<void> {
    if (this.reader.headSequence() !== sequence) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = timers.after(timeoutMs, () => wake());
      const wake = (): void => {
        cancel();
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}

export interface LanePorts {
  readonly world: SimWorld;
  readonly report: (report: LaneReport) => void;
  /** The same for each lane that has the memory. */
  readonly ringOf: (memory: SharedArrayBuffer) => SimRing;
  readonly dial: (
    order: AttemptOrder,
    ring: SimRing,
    world: SimWorld,
  ) => { readonly open: OpenOutboundLink; readonly link: () => SimLink | undefined };
  readonly newId: () => string;
}

/** An attempt of a lane, with its connection and its ring. */
export interface RunningAttempt {
  readonly attempt: Attempt;
  readonly order: AttemptOrder;
  readonly ring: SimRing;
  readonly link: () => SimLink | undefined;
}

/**
 * One lane without a thread: real ingests and attempts on simulated connections. It may stand
 * still, as a busy event loop does, and it may die with all that is in it.
 */
export class SimLane implements Timers {
  readonly attempts = new Map<string, RunningAttempt>();
  readonly #ports: LanePorts;
  readonly #world: SimWorld;
  readonly #ingests = new Map<string, { readonly ingest: Ingest; readonly socket: SimSocket }>();
  readonly #rings = new Map<string, SimRing>();
  readonly #beat: Beat;
  #waiting: (() => void)[] | undefined;
  #dead = false;
  #busyAtMs = Number.NEGATIVE_INFINITY;

  constructor(ports: LanePorts) {
    this.#ports = ports;
    this.#world = { ...ports.world, timers: this };
    this.#beat = new Beat(ports.world.time, this);
    this.#reportFigures();
  }

  /** When it last stood still. */
  get busyAtMs(): number {
    return this.#waiting === undefined ? this.#busyAtMs : this.#world.time.monotonicMs();
  }

  /** Encoders that were let in. */
  get encoders(): number {
    return this.#rings.size;
  }

  /** The world with this lane's timers: what they start stands still and dies with the lane. */
  get world(): SimWorld {
    return this.#world;
  }

  after(delayMs: number, task: () => void): () => void {
    let isCancelled = false;
    const once = (): void => {
      if (!isCancelled) task();
    };
    const cancel = this.#ports.world.time.after(delayMs, () => this.run(once));
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  run(task: () => void): void {
    if (this.#dead) return;
    if (this.#waiting !== undefined) this.#waiting.push(task);
    else task();
  }

  setBusy(busy: boolean): void {
    this.#busyAtMs = this.#world.time.monotonicMs();
    if (busy) {
      this.#waiting ??= [];
      return;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const task of waiting) this.run(task);
  }

  die(): void {
    this.#dead = true;
    for (const { socket } of this.#ingests.values()) socket.vanish();
    for (const { link } of this.attempts.values()) link()?.vanish();
    this.attempts.clear();
  }

  accept(socket: SimSocket): void {
    const { report, newId, world } = this.#ports;
    const { ledger } = world;
    const ingestId = newId();
    const ingest = new Ingest(
      {
        socket: socket as unknown as Socket,
        secure: true,
        remoteAddress: '192.0.2.1',
        acceptedAtMs: this.#world.time.monotonicMs(),
        release: () => undefined,
      },
      { ingestId, clock: this.#world.time, timers: this, beat: this.#witnessedBeat(ingestId) },
      {
        onPublishRequested: (request) => report({ kind: 'publish-requested', request }),
        onJoinable: () => report({ kind: 'ingest-joinable', ingestId }),
        onEnded: ({ reason, detail, requested, fault }) => {
          const isOurs = fault === 'an ingest failed';
          ledger.must(!isOurs, () => `ingest: an encoder is cut by a fault of ours: ${detail}`);
          this.#ingests.delete(ingestId);
          this.#published(ingestId);
          this.#rings.delete(ingestId);
          if (requested) report({ kind: 'ingest-ended', ingestId, reason, detail });
        },
      },
    );
    socket.on('data', () => this.#published(ingestId));
    this.#ingests.set(ingestId, { ingest, socket });
  }

  onCommand(command: LaneCommand): void {
    switch (command.kind) {
      case 'accept-publish':
        this.#accept(command.ingestId, command.grant);
        return;
      case 'reject-publish':
        this.#ingests.get(command.ingestId)?.ingest.reject(command.code, command.description);
        return;
      case 'probe-ingest': {
        const { ingestId, probeId } = command;
        const silentMs = this.#ingests.get(ingestId)?.ingest.silentMs() ?? Infinity;
        this.#ports.report({ kind: 'ingest-silence', ingestId, probeId, silentMs });
        return;
      }
      case 'cut-ingest':
        this.#ingests.get(command.ingestId)?.ingest.cut(command.reason);
        return;
      case 'start-attempt':
        this.#startAttempt(command.order);
        return;
      case 'end-attempt':
        this.attempts.get(command.attemptId)?.attempt.end(command.mode);
        return;
      case 'arm-ingest':
      case 'take-ring':
      case 'yield-ring':
      case 'start-hold':
      case 'end-hold':
      case 'change-attempt':
      case 'use-certificate':
      case 'stop-listening':
        return;
    }
  }

  #accept(ingestId: string, { ring, ringId, pen }: PublishGrant): void {
    const { ingest } = this.#ingests.get(ingestId) ?? {};
    if (ingest === undefined) return;
    const simRing = this.#ports.ringOf(ring);
    this.#rings.set(ingestId, simRing);
    ingest.accept({ ring: simRing.memory, ringId, pen });
    this.#published(ingestId);
  }

  #published(ingestId: string): void {
    this.#rings.get(ingestId)?.published(this.#world.time.monotonicMs());
  }

  #startAttempt(order: AttemptOrder): void {
    const { attemptId, ringId } = order;
    const { report, ringOf, dial } = this.#ports;
    const ring = ringOf(order.ring);
    const { open, link } = dial(order, ring, this.#world);
    const clock = this.#world.time;
    const resolve = () => Promise.reject(new Error('names are not resolved here'));
    const attempt = new Attempt(
      { ...order, ring: ring.memory },
      {
        clock,
        timers: this,
        policy: POLICY,
        resolve,
        open,
        reader: ring.reader,
        onBeat: (pump) => this.#join(ringId, ring, pump),
      },
      {
        onReached: (stage) => report({ kind: 'attempt-reached', attemptId, stage }),
        onDegraded: (degraded) => report({ kind: 'attempt-degraded', attemptId, degraded }),
        onEnded: (failure) => {
          this.attempts.delete(attemptId);
          report({ kind: 'attempt-figures', figures: [attempt.figures()] });
          report({ kind: 'attempt-ended', attemptId, failure, reachedMs: null });
        },
      },
    );
    this.attempts.set(attemptId, { attempt, order, ring, link });
    attempt.start();
  }

  #join(ringId: string, ring: SimRing, pump: Pump): () => void {
    const headSequence = (): number => ring.reader.headSequence();
    const changed = (sequence: number, timeoutMs: number): Promise<void> =>
      ring.changed(sequence, timeoutMs, this);
    return this.#beat.join(ringId, { headSequence, changed }, pump);
  }

  /** Frames are witnessed before they can leave for a destination. */
  #witnessedBeat(ingestId: string): Pick<Beat, 'arrived' | 'writesHere'> {
    return {
      writesHere: (ringId) => this.#beat.writesHere(ringId),
      arrived: (ringId) => {
        this.#published(ingestId);
        this.#beat.arrived(ringId);
      },
    };
  }

  #reportFigures(): void {
    const { report } = this.#ports;
    for (const [ingestId, { ingest }] of this.#ingests) {
      const figures = ingest.measure();
      if (figures !== undefined) report({ kind: 'ingest-figures', ingestId, figures });
    }
    const figures = [...this.attempts.values()].map(({ attempt }) => attempt.figures());
    if (figures.length > 0) report({ kind: 'attempt-figures', figures });
    this.after(FIGURES_MS, () => this.#reportFigures());
  }
}
