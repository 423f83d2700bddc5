import { randomUUID } from 'node:crypto';
import type { DesiredDestination, PushStatus } from '#contracts';
import type { Cancel, Clock, Random, Timers } from '#kernel';
import type { AttemptFigures } from '#lanes';
import {
  attemptNumber,
  failureOf,
  newPush,
  rememberPush,
  restorePush,
  stepPush,
  type AttemptStage,
  type EndMode,
  type FailureCode,
  type PushEffect,
  type PushEvent,
  type PushMemory,
  type PushState,
} from '#relay-core';
import type { GateKeeper } from './gate-keeper.ts';
import type { PushGuard } from './push-guard.ts';

/** One attempt as the lanes know it. */
export interface DialOrder {
  readonly attemptId: string;
  readonly destination: DesiredDestination;
  /** Which try since the push was healthy, from 1: every second one takes the backup URL, if there is one. */
  readonly attempt: number;
}

/** Where a push's effects go; all of it belongs to the broadcast that the push is in. */
export interface PushPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly gate: GateKeeper;
  readonly guard: PushGuard;
  readonly streamId: string;
  /** The encoder is there and has sent a frame to begin with; without it nothing is dialled. */
  hasMedia(): boolean;
  /** Hands the order to a lane; the answer is a failure when it cannot even be given. */
  dial(order: DialOrder, push: PushRunner): FailureCode | undefined;
  endAttempt(attemptId: string, mode: EndMode): void;
  onChanged(): void;
  onAttemptStarted(push: PushRunner, attempt: CurrentAttempt): void;
  onAttemptEnded(push: PushRunner, attempt: CurrentAttempt, end: AttemptEnd): void;
  onPhase(push: PushRunner, state: PushState): void;
}

export interface CurrentAttempt {
  readonly attemptId: string;
  /** The push machine's own number of it. */
  readonly machineId: number;
  readonly number: number;
  readonly startedAtMs: number;
  readonly publishedAtMs: number | undefined;
}

export interface AttemptEnd {
  readonly failure: FailureCode | null;
  readonly detail: string;
  readonly bytesWritten: number;
}

/** The shell of one push: runs the push machine, and carries its effects to gate, guard, lanes and stores. */
export class PushRunner {
  readonly #ports: PushPorts;
  #destination: DesiredDestination;
  #state: PushState;
  #attempt: CurrentAttempt | undefined;
  #figures: AttemptFigures | undefined;
  #kbps = 0;
  #figuresAtMs = 0;
  #bytesTotal = 0;
  #failureDetail = '';
  #cancelTimer: Cancel = () => undefined;
  #token = 0;
  /** A lane has the present attempt: from then on only the lane says when it has ended. */
  #dialled = false;
  /** The attempt waits for the encoder to come back before it asks for a place at the gate. */
  #parked = false;
  readonly #events: PushEvent[] = [];
  #stepping = false;

  constructor(destination: DesiredDestination, memory: PushMemory | null, ports: PushPorts) {
    this.#ports = ports;
    this.#destination = destination;
    const nowMs = ports.clock.monotonicMs();
    this.#state =
      memory === null
        ? newPush(nowMs)
        : restorePush(memory, { nowMs, wallMs: ports.clock.wallMs() });
  }

  get destination(): DesiredDestination {
    return this.#destination;
  }

  get phase(): PushState['phase'] {
    return this.#state.phase;
  }

  /** Media bytes that the sockets of all its attempts have taken. */
  get bytesTotal(): number {
    return this.#bytesTotal + (this.#figures?.bytesWritten ?? 0);
  }

  /** No connection is open or being opened. */
  get isQuiet(): boolean {
    return this.#state.attempt === null;
  }

  /** What the owner wants now. A new URL or key ends what is under way; a new name does not. */
  want(destination: DesiredDestination): void {
    const before = this.#destination;
    this.#destination = destination;
    this.step({ kind: 'wanted', wanted: destination.enabled });
    if (before.restartToken !== destination.restartToken) this.step({ kind: 'settings-changed' });
  }

  /** An event that an effect brings about waits until all effects of the event before are carried out. */
  step(event: PushEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    const { clock, random } = this.#ports;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      const { state, effects } = stepPush(this.#state, next, clock.monotonicMs(), random);
      this.#state = state;
      for (const effect of effects) this.#carryOut(effect);
    }
    this.#stepping = false;
  }

  /** There is a frame to begin with, for the first time or again. */
  onMedia(): void {
    this.step({ kind: 'broadcast-available' });
    if (this.#parked && this.#attempt !== undefined) {
      this.#parked = false;
      this.#askGate(this.#attempt.machineId);
    }
  }

  /** A lane says how far the attempt has come. */
  onReached(stage: AttemptStage): void {
    const attempt = this.#attempt;
    if (attempt === undefined) return;
    const attemptId = attempt.machineId;
    if (stage === 'tcp' || stage === 'tls') this.step({ kind: stage, attemptId });
    if (stage === 'live') {
      this.#attempt = { ...attempt, publishedAtMs: this.#ports.clock.wallMs() };
      this.#ports.gate.leave(this.#destination.id);
      this.step({ kind: 'publishAccepted', attemptId });
    }
  }

  onDegraded(degraded: boolean): void {
    const attemptId = this.#attempt?.machineId;
    if (attemptId !== undefined)
      this.step({ kind: degraded ? 'degraded' : 'recovered', attemptId });
  }

  onFigures(figures: AttemptFigures): void {
    const nowMs = this.#ports.clock.monotonicMs();
    const elapsedMs = nowMs - this.#figuresAtMs;
    const bytes = figures.bytesWritten - (this.#figures?.bytesWritten ?? 0);
    if (elapsedMs > 0) this.#kbps = Math.round((bytes * 8) / elapsedMs);
    this.#figures = figures;
    this.#figuresAtMs = nowMs;
  }

  /** The attempt's connection is gone. */
  onEnded(failure: FailureCode | null, detail: string): void {
    const attempt = this.#attempt;
    if (attempt === undefined) return;
    const bytesWritten = this.#figures?.bytesWritten ?? 0;
    this.#ports.gate.leave(this.#destination.id);
    this.#bytesTotal += bytesWritten;
    this.#attempt = undefined;
    this.#dialled = false;
    this.#parked = false;
    this.#figures = undefined;
    this.#kbps = 0;
    this.#failureDetail = detail;
    this.#ports.onAttemptEnded(this, attempt, { failure, detail, bytesWritten });
    this.step({ kind: 'ended', attemptId: attempt.machineId, failure });
  }

  /** Writes the reconnect state through once more, for a store that was away. */
  remember(): void {
    const { clock, guard } = this.#ports;
    const memory = rememberPush(this.#state, clock.monotonicMs(), clock.wallMs());
    guard.remember(this.#destination.id, memory, this.#token);
  }

  status(): PushStatus {
    const state = this.#state;
    const { clock } = this.#ports;
    const offsetMs = clock.wallMs() - clock.monotonicMs();
    const time = (atMs: number): string => new Date(atMs + offsetMs).toISOString();
    const timeOrNull = (atMs: number | null | undefined): string | null =>
      atMs === null || atMs === undefined ? null : time(atMs);
    const evidence = state.attempt?.evidence;
    const figures = this.#figures;
    return {
      destinationId: this.#destination.id,
      enabled: this.#destination.enabled,
      state: state.phase,
      since: time(state.sinceMs),
      attempt: attemptNumber(state, clock.monotonicMs()),
      nextRetryAt: timeOrNull(state.retry?.atMs),
      lastError:
        state.lastFailure === null
          ? null
          : {
              code: state.lastFailure.code,
              class: state.lastFailure.class,
              message: failureOf(state.lastFailure.code).sentence,
              at: time(state.lastFailure.atMs),
            },
      evidence: {
        tcp: timeOrNull(evidence?.tcpAtMs),
        tls: timeOrNull(evidence?.tlsAtMs),
        publishAccepted: timeOrNull(evidence?.publishAcceptedAtMs),
        bytesWritten: figures?.bytesWritten ?? 0,
        bytesAcked: figures?.bytesAcknowledged ?? 0,
        lastProgressAt:
          figures === undefined ? null : new Date(figures.lastProgressAtMs).toISOString(),
      },
      kbps: this.#kbps,
      lagMs: Math.round(figures?.lagMs ?? 0),
      droppedFrames: figures?.droppedFrames ?? 0,
    };
  }

  /** What was seen when the last attempt failed, for the log and the timeline. */
  get failureDetail(): string {
    return this.#failureDetail;
  }

  #carryOut(effect: PushEffect): void {
    const { clock, timers } = this.#ports;
    switch (effect.kind) {
      case 'start-attempt':
        this.#startAttempt(effect.attemptId);
        return;
      case 'end-attempt':
        this.#endAttempt(effect.attemptId, effect.mode);
        return;
      case 'set-timer':
        this.#cancelTimer();
        this.#cancelTimer = timers.after(Math.max(0, effect.atMs - clock.monotonicMs()), () =>
          this.step({ kind: 'timer' }),
        );
        return;
      case 'clear-timer':
        this.#cancelTimer();
        return;
      case 'announce':
        this.remember();
        if (effect.from !== effect.to) this.#ports.onPhase(this, this.#state);
        this.#ports.onChanged();
        return;
    }
  }

  #startAttempt(machineId: number): void {
    this.#attempt = {
      attemptId: randomUUID(),
      machineId,
      number: attemptNumber(this.#state, this.#ports.clock.monotonicMs()),
      startedAtMs: this.#ports.clock.wallMs(),
      publishedAtMs: undefined,
    };
    this.#figuresAtMs = this.#ports.clock.monotonicMs();
    this.#parked = !this.#ports.hasMedia();
    if (!this.#parked) this.#askGate(machineId);
  }

  #askGate(machineId: number): void {
    this.#ports.gate.ask(this.#destination.id, () => void this.#dial(machineId));
  }

  async #dial(machineId: number): Promise<void> {
    const { guard, streamId } = this.#ports;
    this.step({ kind: 'dialling', attemptId: machineId });
    const permit = await guard.permit(streamId, this.#destination.id, this.#token);
    this.#token = permit.token;
    const attempt = this.#attempt;
    // It may have been ended while the store was asked.
    if (attempt?.machineId !== machineId) return;
    if (!permit.granted) {
      this.onEnded('FENCED', 'another relay owns the stream');
      return;
    }
    this.#dialled = true;
    this.#ports.onAttemptStarted(this, attempt);
    const refused = this.#ports.dial(
      { attemptId: attempt.attemptId, destination: this.#destination, attempt: attempt.number },
      this,
    );
    if (refused !== undefined) this.onEnded(refused, 'the attempt could not be made');
  }

  #endAttempt(machineId: number, mode: EndMode): void {
    const attempt = this.#attempt;
    if (attempt?.machineId !== machineId) return;
    if (this.#dialled) this.#ports.endAttempt(attempt.attemptId, mode);
    else this.onEnded(null, 'ended before it was dialled');
  }
}
