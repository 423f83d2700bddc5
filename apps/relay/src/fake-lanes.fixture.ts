import { randomUUID } from 'node:crypto';
import type {
  AttemptOrder,
  Continuity,
  HeldPicture,
  HeldSound,
  IngestEndReason,
  LaneCommand,
  LaneReport,
  PublishGrant,
  PublishRequest,
} from '#lanes';
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
  /** `ready`: it was armed, and has gathered from a keyframe on. */
  input: 'standby' | 'armed' | 'ready' | 'writing';
  /** It has told that it writes, since it was given the pen. */
  hasWritten: boolean;
  ring: SharedArrayBuffer | undefined;
  lastMediaAtMs: number;
  /** What it was told when it was not let in. */
  rejection: string | undefined;
  endReason: IngestEndReason | undefined;
}

export interface FakeHold {
  readonly holdId: string;
  readonly lane: number;
  readonly ring: SharedArrayBuffer;
  readonly slate: Uint8Array | null;
  phase: 'standing' | 'ended';
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
  onLaneLost(lane: number, detail: string, ingestId?: string): void;
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
  readonly holds: FakeHold[] = [];
  readonly commands: LaneCommand[] = [];
  readonly #world: World;
  readonly #down = new Set<number>();
  readonly #deaths = new Map<number, number>();
  /** Lanes that are busy: what they are sent waits. */
  readonly #busy = new Map<number, LaneCommand[]>();
  #handler: Handler | undefined;
  /** How what an encoder of these lanes sends goes on from what was sent before. */
  continuity: Continuity = 'same';
  /** What a hold of these lanes can show. */
  picture: HeldPicture = 'last-picture';
  sound: HeldSound = 'silence';
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
    const deaths = this.#deaths.get(lane);
    this.#world.after(HOP_MS, () => {
      // What was sent to a thread that has died is not for its successor.
      if (this.#deaths.get(lane) !== deaths) return;
      const waiting = this.#busy.get(lane);
      if (waiting !== undefined) waiting.push(command);
      else if (this.isUp(lane)) this.#obey(lane, command);
    });
  }

  broadcast(command: LaneCommand): void {
    for (let lane = 0; lane < this.size; lane += 1) this.send(lane, command);
  }

  /** An encoder asks to publish. */
  publish(keyHash: string, lane = 0, asked: Partial<PublishRequest> = {}): FakeIngest {
    const ingest: FakeIngest = {
      ingestId: randomUUID(),
      lane,
      keyHash,
      phase: 'asking',
      input: 'standby',
      hasWritten: false,
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
        credential: { kind: 'key' },
        app: 'live',
        encoder: 'OBS',
        remoteAddress: '192.0.2.1',
        secure: true,
        ...asked,
      },
    });
    return ingest;
  }

  /** The encoder sends a keyframe. */
  media(ingest: FakeIngest): void {
    if (ingest.phase !== 'accepted') return;
    const { ingestId, lane } = ingest;
    ingest.lastMediaAtMs = this.#world.monotonicMs();
    if (ingest.input === 'armed') {
      ingest.input = 'ready';
      this.#report(lane, { kind: 'ingest-ready', ingestId });
    } else if (ingest.input === 'writing') {
      this.#write(ingest);
    }
    const faults = { jumps: 0, lateMessages: 0 };
    const figures = { kbps: 6_000, video: null, audio: null, faults, warnings: [] };
    this.#report(lane, { kind: 'ingest-figures', ingestId, figures });
  }

  /** The encoder sends no picture any more. */
  freeze(ingest: FakeIngest): void {
    if (ingest.phase !== 'accepted') return;
    ingest.input = 'armed';
    this.#report(ingest.lane, { kind: 'ingest-frozen', ingestId: ingest.ingestId });
  }

  /** Whoever writes now: encoders, and holds. */
  get writers(): readonly (FakeIngest | FakeHold)[] {
    return [
      ...this.ingests.filter(({ phase, input }) => phase === 'accepted' && input === 'writing'),
      ...this.holds.filter(({ phase }) => phase === 'standing'),
    ];
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
          isWaitingForKeyframe: false,
          lastProgressAtMs: this.#world.wallMs(),
        },
      ],
    });
  }

  /** The connection ends: by itself with a failure, or as it was told with null. */
  end(attempt: FakeAttempt, code: FailureCode | null, remoteWords: string | null = null): void {
    if (attempt.phase === 'ended') return;
    attempt.phase = 'ended';
    const { attemptId } = attempt.order;
    const isOurs = code === null || attempt.ending !== undefined;
    const failure = isOurs ? null : { code, detail: 'seen', remoteWords };
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

  /** The thread dies, perhaps of an encoder's bytes: nothing in it says another word. */
  kill(lane: number, of?: FakeIngest): void {
    if (!this.isUp(lane)) return;
    this.#down.add(lane);
    this.#deaths.set(lane, (this.#deaths.get(lane) ?? 0) + 1);
    this.#busy.delete(lane);
    for (const ingest of this.ingests) if (ingest.lane === lane) ingest.phase = 'ended';
    for (const attempt of this.attempts) if (attempt.lane === lane) attempt.phase = 'ended';
    for (const hold of this.holds) if (hold.lane === lane) hold.phase = 'ended';
    this.#world.after(HOP_MS, () => this.#handler?.onLaneLost(lane, 'killed', of?.ingestId));
  }

  /** The process stood still, and this lane says so. */
  standStill(lane: number, forMs: number): void {
    this.#report(lane, { kind: 'stood-still', forMs });
  }

  restart(lane: number): void {
    this.#down.delete(lane);
  }

  #obey(lane: number, command: LaneCommand): void {
    switch (command.kind) {
      case 'accept-publish':
        this.#accept(command.ingestId, command.grant);
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
        this.#orderInput(lane, command.ingestId, command.kind);
        return;
      case 'start-hold': {
        const { holdId, ring, slate } = command;
        this.holds.push({ holdId, lane, ring, slate, phase: 'standing' });
        const { picture, sound } = this;
        const reason = picture === 'last-picture' ? '' : 'as the test has it';
        this.#report(lane, { kind: 'hold-standing', holdId, picture, sound, reason });
        return;
      }
      case 'end-hold': {
        const hold = this.holds.find(({ holdId }) => holdId === command.holdId);
        if (hold?.phase !== 'standing') return;
        hold.phase = 'ended';
        this.#report(lane, { kind: 'hold-ended', holdId: hold.holdId });
        return;
      }
      case 'change-attempt':
      case 'use-certificate':
      case 'block-address':
      case 'go-on':
      case 'watch-sink':
      case 'stop-listening':
        return;
    }
  }

  #orderInput(
    lane: number,
    ingestId: string,
    order: 'arm-ingest' | 'take-ring' | 'yield-ring',
  ): void {
    const ingest = this.#ingest(ingestId);
    const isHere = ingest?.phase === 'accepted';
    if (order === 'yield-ring') {
      if (isHere) ingest.input = 'standby';
      this.#report(lane, { kind: 'ingest-yielded', ingestId });
    } else if (isHere && order === 'arm-ingest') {
      if (ingest.input === 'standby') ingest.input = 'armed';
    } else if (isHere) {
      const hasGathered = ingest.input === 'ready';
      ingest.input = 'writing';
      ingest.hasWritten = false;
      if (hasGathered) this.#write(ingest);
    }
  }

  #write(ingest: FakeIngest): void {
    const { lane, ingestId } = ingest;
    if (ingest.hasWritten) return;
    ingest.hasWritten = true;
    const { continuity } = this;
    const detail = continuity === 'same' ? '' : 'this became that';
    this.#report(lane, { kind: 'ingest-writing', ingestId, continuity, detail });
    this.#report(lane, { kind: 'ingest-joinable', ingestId });
  }

  #accept(ingestId: string, { ring, pen }: PublishGrant): void {
    const ingest = this.#ingest(ingestId);
    if (ingest?.phase !== 'asking') return;
    ingest.phase = 'accepted';
    ingest.ring = ring;
    if (pen === 'now') ingest.input = 'writing';
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
