import type { DesiredDestination } from '#contracts';
import type { Clock, Random, Timers } from '#kernel';
import type { AttemptFigures, AttemptOrder } from '#lanes';
import type {
  AttemptStage,
  EndMode,
  FailureCode,
  PushMemory,
  PushPhase,
  PushTarget,
} from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import type { GateKeeper } from './gate-keeper.ts';
import type { Permit } from './push-guard.ts';

/** Where the effects of one push go, and what it asks of the relay around it. */
export interface PushPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly gate: GateKeeper;
  /** What an attempt can be fed from; undefined before the first frame of a broadcast. */
  media(destination: DesiredDestination): PushMedia | undefined;
  /** Whether the workspace may send this push, too. */
  hasRoom(destination: DesiredDestination): boolean;
  /** What its owner is told of a failure. */
  sentence(code: FailureCode): string;
  /** Never rejects. */
  permit(destinationId: string): Promise<Permit>;
  remember(destinationId: string, memory: PushMemory | null): void;
  /** Hands the order to a lane; the answer is a failure when it cannot even be given. */
  dial(order: DialOrder, listener: AttemptListener): FailureCode | undefined;
  changeDelay(attemptId: string, delayMs: number): void;
  /** The listener's `onEnded` follows. */
  endAttempt(attemptId: string, mode: EndMode): void;
  /** Whoever is told ends the push: it may not dial. */
  onOwnedElsewhere(owner: string): void;
  onChanged(): void;
  onAttemptStarted(destination: DesiredDestination, attempt: DialledAttempt): void;
  /** The destination accepted the publish; `publishedAtMs` is known. */
  onAttemptPublished(destination: DesiredDestination, attempt: DialledAttempt): void;
  /** Once for each that was started. */
  onAttemptEnded(destination: DesiredDestination, attempt: DialledAttempt, end: AttemptEnd): void;
  onPhase(destination: DesiredDestination, attempt: DialledAttempt, change: PhaseChange): void;
  onNews(destination: DesiredDestination, attempt: DialledAttempt, news: PushNews): void;
  /** Our own fault, while an effect was carried out. */
  onFault(error: unknown): void;
}

export type PushMedia =
  | { readonly broadcast: Broadcast }
  /** There is some, but none before then that is old enough for the destination's delay. */
  | { readonly readyAtMs: number };

/** What people are told of a push beside its phases. */
export type PushNews =
  /** It goes to that URL now, and went to the other before. */
  | { readonly kind: 'target'; readonly target: PushTarget }
  /** It goes on where it had stopped, that far behind the encoder. */
  | { readonly kind: 'resumed'; readonly behindMs: number }
  | { readonly kind: 'delayed'; readonly delayMs: number }
  /** The stream has become too large for the delay that is wanted. */
  | { readonly kind: 'delay-shortened'; readonly delayMs: number; readonly wantedMs: number };

/** One attempt as the lanes know it. */
export interface DialOrder {
  readonly attemptId: string;
  readonly broadcast: Broadcast;
  readonly destination: DesiredDestination;
  readonly target: PushTarget;
  readonly start: AttemptOrder['start'];
}

/** What a lane says of an attempt. */
export interface AttemptListener {
  onReached(stage: AttemptStage): void;
  onDegraded(degraded: boolean): void;
  onFigures(figures: AttemptFigures): void;
  /**
   * Once: the connection is gone. `failure` is null when it was ended on our order; `reachedMs` is
   * how far of the ring's timeline the destination got, null when it got nothing; `remoteWords` is
   * what the destination said itself, without the key.
   */
  onEnded(
    failure: FailureCode | null,
    detail: string,
    reachedMs: number | null,
    remoteWords: string | null,
  ): void;
}

/** An attempt that a lane has: what history knows of it. */
export interface DialledAttempt {
  readonly attemptId: string;
  readonly broadcast: Broadcast;
  readonly number: number;
  readonly target: PushTarget;
  /** It was to go on where the one before it had stopped. */
  readonly isRewound: boolean;
  readonly startedAtMs: number;
  readonly publishedAtMs: number | undefined;
}

/** How far the machine's present attempt has come on its way to a lane. */
export type AttemptStep =
  | {
      /** Waits for media, for the connect gate, or for the store's permit. */
      readonly step: 'parked' | 'queued' | 'asking';
      readonly machineId: number;
    }
  /** A lane has it: from then on only the lane says when it has ended. */
  | { readonly step: 'dialled'; readonly machineId: number; readonly dialled: DialledAttempt };

export interface AttemptEnd {
  readonly failure: FailureCode | null;
  /** What the owner is told; null where nothing failed. */
  readonly sentence: string | null;
  /** What was seen, for the log. */
  readonly detail: string;
  /** What the destination said itself, fit to be shown. */
  readonly remoteWords: string | null;
  /** It waits for somebody to do something, though it is tried again. */
  readonly needsPerson: boolean;
  readonly bytesWritten: number;
}

export interface PhaseChange {
  readonly from: PushPhase;
  readonly to: PushPhase;
}
