import type { DesiredDestination } from '#contracts';
import type { Clock, Random, Timers } from '#kernel';
import type { AttemptFigures } from '#lanes';
import type { AttemptStage, EndMode, FailureCode, PushMemory, PushPhase } from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import type { GateKeeper } from './gate-keeper.ts';
import type { Permit } from './push-guard.ts';

/** Where the effects of one push go, and what it asks of the relay around it. */
export interface PushPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly gate: GateKeeper;
  /**
   * What an attempt can be fed from now; undefined without an encoder, or before its first frame.
   */
  media(): Broadcast | undefined;
  /** Never rejects. */
  permit(destinationId: string): Promise<Permit>;
  remember(destinationId: string, memory: PushMemory | null): void;
  /** Hands the order to a lane; the answer is a failure when it cannot even be given. */
  dial(order: DialOrder, listener: AttemptListener): FailureCode | undefined;
  /** The listener's `onEnded` follows. */
  endAttempt(attemptId: string, mode: EndMode): void;
  /** Whoever is told ends the push: it may not dial. */
  onOwnedElsewhere(owner: string): void;
  onChanged(): void;
  onAttemptStarted(destination: DesiredDestination, attempt: DialledAttempt): void;
  /** Once for each that was started. */
  onAttemptEnded(destination: DesiredDestination, attempt: DialledAttempt, end: AttemptEnd): void;
  onPhase(destination: DesiredDestination, attempt: DialledAttempt, change: PhaseChange): void;
  /** Our own fault, while an effect was carried out. */
  onFault(error: unknown): void;
}

/** One attempt as the lanes know it. */
export interface DialOrder {
  readonly attemptId: string;
  readonly broadcast: Broadcast;
  readonly destination: DesiredDestination;
  /** Which try since the push was healthy, from 1: every second one takes the backup URL. */
  readonly attempt: number;
}

/** What a lane says of an attempt. */
export interface AttemptListener {
  onReached(stage: AttemptStage): void;
  onDegraded(degraded: boolean): void;
  onFigures(figures: AttemptFigures): void;
  /** Once: the connection is gone. Null when it was ended on our order. */
  onEnded(failure: FailureCode | null, detail: string): void;
}

/** An attempt that a lane has: what history knows of it. */
export interface DialledAttempt {
  readonly attemptId: string;
  readonly broadcast: Broadcast;
  readonly number: number;
  readonly startedAtMs: number;
  readonly publishedAtMs: number | undefined;
}

export interface AttemptEnd {
  readonly failure: FailureCode | null;
  /** What was seen, for the log. */
  readonly detail: string;
  readonly bytesWritten: number;
}

export interface PhaseChange {
  readonly from: PushPhase;
  readonly to: PushPhase;
}
