import type { Socket } from 'node:net';
import type { Timers } from '#kernel';
import {
  Attempt,
  Beat,
  Hold,
  Ingest,
  type AttemptOrder,
  type LaneCommand,
  type LaneReport,
  type Pump,
  type PublishGrant,
} from '#lanes';
import { AddressPolicy } from '#net';
import type { EndMode } from '#relay-core';
import type { OpenOutboundLink } from '#outbound';
import { isCleanEntry } from '#still';
import { DrainCheck } from './drain-check.ts';
import { makeSimStill } from './sim-still.ts';
import type { SimLink } from './sim-link.ts';
import type { SimRing } from './sim-ring.ts';
import type { SimSocket } from './sim-socket.ts';
import type { FrameNumbers } from './encoder.ts';
import type { SimWorld } from './world.ts';

const POLICY = new AddressPolicy();
/** A lane looks at its figures this often; the real one does at the same beat. */
const FIGURES_MS = 1_000;

type StartHold = Extract<LaneCommand, { readonly kind: 'start-hold' }>;
type PenCommand = Extract<
  LaneCommand,
  { readonly kind: 'arm-ingest' | 'take-ring' | 'yield-ring' | 'start-hold' | 'end-hold' }
>;

export interface LanePorts {
  readonly world: SimWorld;
  readonly report: (report: LaneReport) => void;
  readonly numbers: FrameNumbers;
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

/** A hold of a lane. */
export interface RunningHold {
  readonly ring: SimRing;
  readonly lane: SimLane;
  readonly sinceMs: number;
  /** There is nothing that it could show, nor silence. */
  readonly isSilent: boolean;
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
  readonly #holds = new Map<string, RunningHold & { readonly hold: Hold }>();
  /** Of attempts that play out. */
  readonly #drained = new Map<string, DrainCheck>();
  /** Of each encoder that was let in. */
  readonly #inputs = new Map<string, SimRing>();
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
    return this.#inputs.size;
  }

  get runningHolds(): readonly RunningHold[] {
    return [...this.#holds.values()];
  }

  get knownRings(): readonly SimRing[] {
    return [...this.#rings.values()];
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
    for (const ring of this.#rings.values()) ring.forgetWriters(this);
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
      {
        ingestId,
        clock: this.#world.time,
        timers: this,
        beat: this.#witnessedBeat('encoder'),
        isCleanEntry,
      },
      {
        onPublishRequested: (request) => report({ kind: 'publish-requested', request }),
        onReady: () => report({ kind: 'ingest-ready', ingestId }),
        onFrozen: () => report({ kind: 'ingest-frozen', ingestId }),
        onYielded: () => report({ kind: 'ingest-yielded', ingestId }),
        onWriting: (continuity, detail) => {
          report({ kind: 'ingest-writing', ingestId, continuity, detail });
          report({ kind: 'ingest-joinable', ingestId });
        },
        onEnded: ({ reason, detail, requested, fault }) => {
          const isOurs = fault === 'an ingest failed';
          ledger.must(!isOurs, () => `ingest: an encoder is cut by a fault of ours: ${detail}`);
          this.#ingests.delete(ingestId);
          this.#inputs.delete(ingestId);
          if (requested) report({ kind: 'ingest-ended', ingestId, reason, detail });
        },
      },
    );
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
        this.#endAttempt(command.attemptId, command.mode);
        return;
      case 'change-attempt': {
        const { attempt, link } = this.attempts.get(command.attemptId) ?? {};
        link?.()?.check.delayed(command.delayMs, attempt?.reachedMs !== null);
        attempt?.setDelay(command.delayMs);
        return;
      }
      case 'use-certificate':
      case 'block-address':
      case 'go-on':
      case 'watch-sink':
      case 'stop-listening':
        return;
      default:
        this.#onPen(command);
    }
  }

  #onPen(command: PenCommand): void {
    const { report } = this.#ports;
    switch (command.kind) {
      case 'arm-ingest':
        this.#ingests.get(command.ingestId)?.ingest.arm();
        return;
      case 'take-ring':
        this.#ingests.get(command.ingestId)?.ingest.takeRing();
        return;
      case 'yield-ring': {
        const { ingestId } = command;
        const { ingest } = this.#ingests.get(ingestId) ?? {};
        if (ingest === undefined) report({ kind: 'ingest-yielded', ingestId });
        else ingest.yieldRing();
        return;
      }
      case 'start-hold':
        this.#startHold(command);
        return;
      case 'end-hold': {
        const { holdId } = command;
        const { hold } = this.#holds.get(holdId) ?? {};
        if (hold === undefined) report({ kind: 'hold-ended', holdId });
        else hold.end();
        return;
      }
    }
  }

  #accept(ingestId: string, grant: PublishGrant): void {
    const { ingest } = this.#ingests.get(ingestId) ?? {};
    if (ingest === undefined) return;
    const ring = this.#know(grant);
    this.#inputs.set(ingestId, ring);
    ingest.accept({ ...grant, ring: ring.memory });
  }

  #startHold({ holdId, ringId, ring, slate }: StartHold): void {
    const { report, numbers } = this.#ports;
    const simRing = this.#know({ ringId, ring });
    const { memory } = simRing;
    const sinceMs = this.#world.time.monotonicMs();
    const hold = new Hold(
      {
        ring: memory,
        ringId,
        slate,
        clock: this.#world.time,
        timers: this,
        beat: this.#witnessedBeat('hold'),
        makeStill: (input) => makeSimStill(input, numbers),
      },
      {
        onStanding: (standing) => {
          running.isSilent = standing.picture === 'none' && standing.sound === 'none';
          report({ kind: 'hold-standing', holdId, ...standing });
        },
        onEnded: () => {
          this.#holds.delete(holdId);
          report({ kind: 'hold-ended', holdId });
        },
      },
    );
    const running = { hold, ring: simRing, lane: this, sinceMs, isSilent: false };
    this.#holds.set(holdId, running);
    hold.start();
  }

  #know({ ringId, ring }: Pick<PublishGrant, 'ringId' | 'ring'>): SimRing {
    const known = this.#ports.ringOf(ring);
    this.#rings.set(ringId, known);
    return known;
  }

  #startAttempt(order: AttemptOrder): void {
    const { attemptId, ringId } = order;
    const { report, dial } = this.#ports;
    const ring = this.#know(order);
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
        onReconnectRequest: () => undefined,
        onEnded: (failure) => {
          this.attempts.delete(attemptId);
          report({ kind: 'attempt-figures', figures: [attempt.figures()] });
          report({ kind: 'attempt-ended', attemptId, failure, reachedMs: attempt.reachedMs });
          if (failure === null) this.#drained.get(attemptId)?.judge(this.#world.ledger);
          this.#drained.delete(attemptId);
        },
      },
    );
    this.attempts.set(attemptId, { attempt, order, ring, link });
    attempt.start();
  }

  #endAttempt(attemptId: string, mode: EndMode): void {
    const running = this.attempts.get(attemptId);
    if (running === undefined) return;
    const { ring, link } = running;
    const there = link();
    if (there !== undefined) there.isDraining = mode === 'drain';
    if (mode === 'drain') this.#drained.set(attemptId, new DrainCheck(ring.witness, there));
    else this.#drained.delete(attemptId);
    running.attempt.end(mode);
  }

  #join(ringId: string, ring: SimRing, pump: Pump): () => void {
    const headSequence = (): number => ring.reader.headSequence();
    const changed = (sequence: number, timeoutMs: number): Promise<void> =>
      ring.changed(sequence, timeoutMs, this);
    return this.#beat.join(ringId, { headSequence, changed }, pump);
  }

  /** Frames are witnessed before they can leave for a destination. */
  #witnessedBeat(writer: 'encoder' | 'hold'): Pick<Beat, 'arrived' | 'writesHere'> {
    return {
      writesHere: (ringId, tap) => {
        const leaveRing = this.#rings.get(ringId)?.enter(this, writer);
        const leaveBeat = this.#beat.writesHere(ringId, tap);
        return () => {
          leaveBeat();
          leaveRing?.();
        };
      },
      arrived: (ringId) => {
        this.#rings.get(ringId)?.published(this.#world.time.monotonicMs());
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
