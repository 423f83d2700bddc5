import { randomUUID } from 'node:crypto';
import type { AttemptOrder, IngestEndReason, LaneCommand, LaneReport } from '#lanes';
import type { AttemptStage, EndMode, FailureCode } from '#relay-core';
import type { Lanes } from './lanes-port.ts';
import type { World } from './world.fixture.ts';

/** From a lane's thread to the main thread, and back. */
const HOP_MS = 1;

export interface FakeIngest {
  readonly ingestId: string;
  readonly lane: number;
  readonly keyHash: string;
  phase: 'asking' | 'accepted' | 'ended';
  ring: SharedArrayBuffer | undefined;
  lastMediaAtMs: number;
  /** What it was told when it was not let in. */
  rejection: string | undefined;
  endReason: IngestEndReason | undefined;
}

export interface FakeAttempt {
  readonly lane: number;
  readonly order: AttemptOrder;
  phase: 'dialling' | 'live' | 'ended';
  /** Told to end, and how. */
  ending: EndMode | undefined;
}

interface Handler {
  onReport(lane: number, report: LaneReport): void;
  onLaneLost(lane: number, detail: string): void;
}

/**
 * Lanes without threads and sockets, that keep the promises of the real ones: reports of a lane
 * come in order; commands for what is gone change nothing; each ingest that asked, and each
 * attempt, is reported as ended once; with a lane everything in it is gone, and only `onLaneLost`
 * says so.
 */
export class FakeLanes implements Lanes {
  readonly size: number;
  readonly ingests: FakeIngest[] = [];
  readonly attempts: FakeAttempt[] = [];
  readonly commands: LaneCommand[] = [];
  readonly #world: World;
  readonly #down = new Set<number>();
  /** Lanes that are busy: what they are sent waits. */
  readonly #busy = new Map<number, LaneCommand[]>();
  #handler: Handler | undefined;
  /** Whether attempts that are told to end do so by themselves. */
  obedient = true;

  constructor(world: World, size = 2) {
    this.#world = world;
    this.size = size;
  }

  reportTo(handler: Handler): void {
    this.#handler = handler;
  }

  isUp(lane: number): boolean {
    return !this.#down.has(lane);
  }

  send(lane: number, command: LaneCommand): void {
    this.commands.push(command);
    this.#world.after(HOP_MS, () => {
      const waiting = this.#busy.get(lane);
      if (waiting !== undefined) waiting.push(command);
      else if (this.isUp(lane)) this.#obey(lane, command);
    });
  }

  broadcast(command: LaneCommand): void {
    for (let lane = 0; lane < this.size; lane += 1) this.send(lane, command);
  }

  /** An encoder asks to publish. */
  publish(keyHash: string, lane = 0): FakeIngest {
    const ingest: FakeIngest = {
      ingestId: randomUUID(),
      lane,
      keyHash,
      phase: 'asking',
      ring: undefined,
      lastMediaAtMs: this.#world.monotonicMs(),
      rejection: undefined,
      endReason: undefined,
    };
    if (!this.isUp(lane)) {
      ingest.phase = 'ended';
      return ingest;
    }
    this.ingests.push(ingest);
    this.#report(lane, {
      kind: 'publish-requested',
      request: {
        ingestId: ingest.ingestId,
        keyHash,
        app: 'live',
        encoder: 'OBS',
        remoteAddress: '192.0.2.1',
        secure: true,
      },
    });
    return ingest;
  }

  /** The encoder sends a frame; the first is one to begin at. */
  media(ingest: FakeIngest): void {
    if (ingest.phase !== 'accepted') return;
    const { ingestId, lane } = ingest;
    ingest.lastMediaAtMs = this.#world.monotonicMs();
    this.#report(lane, { kind: 'ingest-joinable', ingestId });
    const figures = { kbps: 6_000, video: null, audio: null, warnings: [] };
    this.#report(lane, { kind: 'ingest-figures', ingestId, figures });
  }

  hangUp(ingest: FakeIngest, reason: IngestEndReason = 'closed'): void {
    if (ingest.phase === 'ended') return;
    ingest.phase = 'ended';
    ingest.endReason = reason;
    const { lane, ingestId } = ingest;
    this.#report(lane, { kind: 'ingest-ended', ingestId, reason, detail: '' });
  }

  get liveAttempts(): readonly FakeAttempt[] {
    return this.attempts.filter(({ phase }) => phase !== 'ended');
  }

  reach(attempt: FakeAttempt, stage: AttemptStage): void {
    if (attempt.phase === 'ended' || attempt.ending !== undefined) return;
    if (stage === 'live') attempt.phase = 'live';
    const { attemptId } = attempt.order;
    this.#report(attempt.lane, { kind: 'attempt-reached', attemptId, stage });
  }

  degrade(attempt: FakeAttempt, degraded: boolean): void {
    if (attempt.phase !== 'live') return;
    const { attemptId } = attempt.order;
    this.#report(attempt.lane, { kind: 'attempt-degraded', attemptId, degraded });
  }

  figures(attempt: FakeAttempt, bytesWritten: number): void {
    if (attempt.phase === 'ended') return;
    this.#report(attempt.lane, {
      kind: 'attempt-figures',
      figures: [
        {
          attemptId: attempt.order.attemptId,
          bytesWritten,
          bytesAcknowledged: 0,
          lagMs: 12.3,
          delayMs: 0,
          droppedFrames: 0,
          lastProgressAtMs: this.#world.wallMs(),
        },
      ],
    });
  }

  /** The connection ends: by itself with a failure, or as it was told with null. */
  end(attempt: FakeAttempt, code: FailureCode | null): void {
    if (attempt.phase === 'ended') return;
    attempt.phase = 'ended';
    const { attemptId } = attempt.order;
    const failure = code === null || attempt.ending !== undefined ? null : { code, detail: 'seen' };
    this.#report(attempt.lane, { kind: 'attempt-ended', attemptId, failure, reachedMs: null });
  }

  setBusy(lane: number, busy: boolean): void {
    if (busy) {
      if (!this.#busy.has(lane)) this.#busy.set(lane, []);
      return;
    }
    const waiting = this.#busy.get(lane) ?? [];
    this.#busy.delete(lane);
    for (const command of waiting) if (this.isUp(lane)) this.#obey(lane, command);
  }

  /** The thread dies: nothing in it says another word. */
  kill(lane: number): void {
    if (!this.isUp(lane)) return;
    this.#down.add(lane);
    this.#busy.delete(lane);
    for (const ingest of this.ingests) if (ingest.lane === lane) ingest.phase = 'ended';
    for (const attempt of this.attempts) if (attempt.lane === lane) attempt.phase = 'ended';
    this.#world.after(HOP_MS, () => this.#handler?.onLaneLost(lane, 'killed'));
  }

  restart(lane: number): void {
    this.#down.delete(lane);
  }

  #obey(lane: number, command: LaneCommand): void {
    switch (command.kind) {
      case 'accept-publish':
        this.#accept(command.ingestId, command.grant.ring);
        return;
      case 'reject-publish': {
        const ingest = this.#ingest(command.ingestId);
        if (ingest?.phase !== 'asking') return;
        ingest.rejection = command.code;
        this.hangUp(ingest);
        return;
      }
      case 'probe-ingest': {
        const { ingestId, probeId } = command;
        const ingest = this.#ingest(ingestId);
        const isHere = ingest !== undefined && ingest.phase !== 'ended';
        const silentMs = isHere ? this.#world.monotonicMs() - ingest.lastMediaAtMs : Infinity;
        this.#report(lane, { kind: 'ingest-silence', ingestId, probeId, silentMs });
        return;
      }
      case 'cut-ingest': {
        const ingest = this.#ingest(command.ingestId);
        if (ingest !== undefined) this.hangUp(ingest, command.reason);
        return;
      }
      case 'start-attempt':
        this.attempts.push({ lane, order: command.order, phase: 'dialling', ending: undefined });
        return;
      case 'end-attempt': {
        const attempt = this.attempts.find(({ order }) => order.attemptId === command.attemptId);
        if (attempt === undefined || attempt.phase === 'ended') return;
        attempt.ending = command.mode;
        if (this.obedient) this.end(attempt, null);
        return;
      }
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

  #accept(ingestId: string, ring: SharedArrayBuffer): void {
    const ingest = this.#ingest(ingestId);
    if (ingest?.phase !== 'asking') return;
    ingest.phase = 'accepted';
    ingest.ring = ring;
    ingest.lastMediaAtMs = this.#world.monotonicMs();
  }

  #ingest(ingestId: string): FakeIngest | undefined {
    return this.ingests.find((one) => one.ingestId === ingestId);
  }

  /** What a thread has posted arrives, also when the thread dies right after. */
  #report(lane: number, report: LaneReport): void {
    this.#world.after(HOP_MS, () => this.#handler?.onReport(lane, report));
  }
}
