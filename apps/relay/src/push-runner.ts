import { randomUUID } from 'node:crypto';
import type { DesiredDestination, PushStatus } from '#contracts';
import type { Cancel } from '#kernel';
import type { AttemptFigures, AttemptOrder } from '#lanes';
import {
  attemptNumber,
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
  type PushPhase,
  type PushState,
  type PushTarget,
} from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import { DelayWatch } from './delay-watch.ts';
import type { AttemptListener, AttemptStep, DialledAttempt, PushPorts } from './push-ports.ts';
import { shownWords } from './remote-words.ts';
import { PushRate } from './push-rate.ts';
import { pushStatus } from './push-status.ts';

/** When media was not as old as it should have been by then, it is looked at again. */
const START_LOOK_MS = 100;

/**
 * The shell of one push: runs the push machine, and carries its effects to gate, lanes and stores.
 */
export class PushRunner implements AttemptListener {
  readonly #ports: PushPorts;
  #destination: DesiredDestination;
  #state: PushState;
  #attempt: AttemptStep | undefined;
  #figures: AttemptFigures | undefined;
  readonly #rate = new PushRate();
  #bytesTotal = 0;
  #endDetail = '';
  #endWords: string | null = null;
  /** What the destination said at the last failure. */
  #failureWords: string | null = null;
  /** Where in which broadcast the last attempt stopped, for one that is to go on there. */
  #stopped: { readonly broadcastId: string; readonly timelineMs: number } | undefined;
  /** Of the newest attempt that was dialled. */
  #target: PushTarget;
  readonly #delay = new DelayWatch();
  #startsAtMs: number | undefined;
  #cancelStart: Cancel = () => undefined;
  #cancelTimer: Cancel = () => undefined;
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
    this.#target = this.#state.target;
  }

  get destination(): DesiredDestination {
    return this.#destination;
  }

  get phase(): PushPhase {
    return this.#state.phase;
  }

  /** Media bytes that the sockets of all its attempts have taken. */
  get bytesTotal(): number {
    return this.#bytesTotal + (this.#figures?.bytesWritten ?? 0);
  }

  get kbps(): number {
    return this.#rate.kbps;
  }

  /** How far behind it plays on purpose: by its delay, or since it goes on where it stopped. */
  get delayMs(): number {
    return this.#figures?.delayMs ?? 0;
  }

  /** No connection is open or being opened. */
  get isQuiet(): boolean {
    return this.#state.attempt === null;
  }

  /** What the owner wants now. A new URL or key ends what is under way; a new name does not. */
  want(destination: DesiredDestination): void {
    const before = this.#destination;
    this.#destination = destination;
    const backupAfter = destination.backupUrl === null ? null : destination.backupAfter;
    this.step({ kind: 'terms', terms: { backupAfter } });
    this.step({ kind: 'wanted', wanted: destination.enabled });
    const isAnother = before.restartToken !== destination.restartToken;
    if (isAnother) this.step({ kind: 'settings-changed' });
    // What was not sent because nobody wanted it is not caught up on.
    if (isAnother || !destination.enabled) this.#stopped = undefined;
    if (before.delaySeconds !== destination.delaySeconds) this.#changeDelay();
  }

  /** An event that an effect brings about waits until all effects before it are carried out. */
  step(event: PushEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      const event = next;
      this.#guard(() => this.#take(event));
    }
    this.#stepping = false;
  }

  /** There is a frame to begin with, for the first time or again. */
  onMedia(): void {
    this.step({ kind: 'broadcast-available' });
    this.#queue();
  }

  /** A lane says how far the attempt has come. */
  onReached(stage: AttemptStage): void {
    const attempt = this.#attempt;
    if (attempt?.step !== 'dialled') return;
    const { machineId: attemptId, dialled } = attempt;
    if (stage === 'tcp' || stage === 'tls') this.step({ kind: stage, attemptId });
    if (stage === 'live') {
      const publishedAtMs = this.#ports.clock.wallMs();
      const published = { ...dialled, publishedAtMs };
      this.#attempt = { ...attempt, dialled: published };
      this.#ports.onAttemptPublished(this.#destination, published);
      this.#ports.gate.leave(this.#destination.id);
      this.step({ kind: 'publishAccepted', attemptId });
    }
  }

  onDegraded(degraded: boolean): void {
    const attemptId = this.#attempt?.machineId;
    if (attemptId === undefined) return;
    this.step({ kind: degraded ? 'degraded' : 'recovered', attemptId });
  }

  onFigures(figures: AttemptFigures): void {
    this.#rate.hear(figures.bytesWritten, this.#ports.clock.monotonicMs());
    const isWaiting = this.#figures?.isWaitingForKeyframe ?? false;
    this.#figures = figures;
    if (figures.isWaitingForKeyframe !== isWaiting) this.#guard(() => this.#ports.onChanged());
    const attempt = this.#attempt;
    if (attempt?.step !== 'dialled') return;
    const { delayMs, lagMs } = figures;
    this.step({ kind: 'behind', attemptId: attempt.machineId, behindMs: delayMs + lagMs });
    const news = this.#delay.heard(delayMs, this.#delayMs);
    if (news !== undefined) this.#ports.onNews(this.#destination, attempt.dialled, news);
  }

  /** The attempt's connection is gone. */
  onEnded(
    failure: FailureCode | null,
    detail: string,
    reachedMs: number | null = null,
    remoteWords: string | null = null,
  ): void {
    const attempt = this.#attempt;
    const attemptId = attempt?.machineId;
    if (attemptId === undefined) return;
    if (attempt?.step === 'dialled' && reachedMs !== null) {
      this.#stopped = { broadcastId: attempt.dialled.broadcast.id, timelineMs: reachedMs };
    }
    this.#endDetail = detail;
    this.#endWords = remoteWords === null ? null : shownWords(remoteWords);
    this.step({ kind: 'ended', attemptId, failure });
  }

  /** Writes the reconnect state through once more, for a store that was away. */
  remember(): void {
    const { clock } = this.#ports;
    const memory = rememberPush(this.#state, clock.monotonicMs(), clock.wallMs());
    this.#ports.remember(this.#destination.id, memory);
  }

  status(): PushStatus {
    const facts = {
      destination: this.#destination,
      state: this.#state,
      figures: this.#figures,
      kbps: this.#rate.kbps,
      startsAtMs: this.#startsAtMs,
      remoteWords: this.#failureWords,
      sentence: (code: FailureCode) => this.#ports.sentence(code),
    };
    return pushStatus(facts, this.#ports.clock);
  }

  #take(event: PushEvent): void {
    const before = this.#state;
    const nowMs = this.#ports.clock.monotonicMs();
    const { state, effects } = stepPush(before, event, nowMs, this.#ports.random);
    this.#state = state;
    const isOver = before.attempt !== null && before.attempt.id !== state.attempt?.id;
    if (isOver) this.#guard(() => this.#conclude(before));
    for (const effect of effects) this.#guard(() => this.#carryOut(effect));
  }

  /** A fault of ours in one push must not stop what else its events ask for, nor any other push. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ports.onFault(error);
    }
  }

  #carryOut(effect: PushEffect): void {
    const { clock, timers } = this.#ports;
    switch (effect.kind) {
      case 'start-attempt':
        this.#attempt = { step: 'parked', machineId: effect.attemptId };
        this.#queue();
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
        if (effect.from !== effect.to && this.#attempt?.step === 'dialled') {
          this.#ports.onPhase(this.#destination, this.#attempt.dialled, effect);
        }
        this.#ports.onChanged();
        return;
    }
  }

  get #delayMs(): number {
    return this.#destination.delaySeconds * 1_000;
  }

  /**
   * Without media nothing is dialled: destinations drop whoever connects and then sends nothing.
   */
  #queue(): void {
    const attempt = this.#attempt;
    if (attempt?.step !== 'parked') return;
    const { machineId } = attempt;
    if (this.#mediaNow() === undefined) return;
    // That there was none has been told; until there is, nothing more is.
    if (this.#state.lastFailure?.code === 'OUT_QUOTA' && !this.#ports.hasRoom(this.#destination)) {
      this.onEnded('OUT_QUOTA', '');
      return;
    }
    this.#attempt = { step: 'queued', machineId };
    const { id, url, backupUrl } = this.#destination;
    const isBackup = this.#state.attempt?.target === 'backup';
    this.#ports.gate.ask(id, isBackup ? (backupUrl ?? url) : url, () => {
      this.#attempt = { step: 'asking', machineId };
      this.#askPermit(machineId).catch((error: unknown) => {
        this.#ports.onFault(error);
        if (this.#attempt?.machineId === machineId) this.onEnded('INTERNAL', 'our own fault');
      });
    });
  }

  /** Undefined when there is none yet; if it only is too young for the delay, it is waited for. */
  #mediaNow(): Broadcast | undefined {
    const media = this.#ports.media(this.#destination);
    this.#cancelStart();
    const startsAtMs = media !== undefined && 'readyAtMs' in media ? media.readyAtMs : undefined;
    const isNews = startsAtMs !== this.#startsAtMs;
    this.#startsAtMs = startsAtMs;
    if (startsAtMs !== undefined) {
      const waitMs = Math.max(START_LOOK_MS, startsAtMs - this.#ports.clock.monotonicMs());
      this.#cancelStart = this.#ports.timers.after(waitMs, () => this.#queue());
    }
    if (isNews) this.#guard(() => this.#ports.onChanged());
    return media !== undefined && 'broadcast' in media ? media.broadcast : undefined;
  }

  #changeDelay(): void {
    const attempt = this.#attempt;
    if (attempt?.step === 'dialled') {
      this.#ports.changeDelay(attempt.dialled.attemptId, this.#delayMs);
      this.#delay.changed();
      const news = { kind: 'delayed', delayMs: this.#delayMs } as const;
      this.#ports.onNews(this.#destination, attempt.dialled, news);
    } else {
      this.#queue();
    }
  }

  async #askPermit(machineId: number): Promise<void> {
    const permit = await this.#ports.permit(this.#destination.id);
    // It may have been ended while the store was asked.
    if (this.#attempt?.step !== 'asking' || this.#attempt.machineId !== machineId) return;
    if (!permit.granted) {
      this.#ports.onOwnedElsewhere(permit.owner);
      return;
    }
    const broadcast = this.#mediaNow();
    if (broadcast === undefined) {
      // The encoder went meanwhile, or the delay was changed.
      this.#attempt = { step: 'parked', machineId };
      this.#ports.gate.leave(this.#destination.id);
      return;
    }
    this.#dial(machineId, broadcast);
  }

  #dial(machineId: number, broadcast: Broadcast): void {
    const { clock } = this.#ports;
    const target = this.#state.attempt?.target ?? 'main';
    const start = this.#startIn(broadcast);
    const dialled: DialledAttempt = {
      attemptId: randomUUID(),
      broadcast,
      number: attemptNumber(this.#state, clock.monotonicMs()),
      target,
      isRewound: start.kind === 'rewind',
      startedAtMs: clock.wallMs(),
      publishedAtMs: undefined,
    };
    this.#attempt = { step: 'dialled', machineId, dialled };
    this.step({ kind: 'dialling', attemptId: machineId });
    // From now on a session of ours may be left behind.
    this.remember();
    const destination = this.#destination;
    this.#ports.onAttemptStarted(destination, dialled);
    if (target !== this.#target) {
      this.#ports.onNews(destination, dialled, { kind: 'target', target });
    }
    this.#target = target;
    this.#delay.began(dialled.isRewound);
    const { attemptId } = dialled;
    const refused = this.#ports.dial({ attemptId, broadcast, destination, target, start }, this);
    if (refused !== undefined) this.onEnded(refused, 'the attempt could not be made');
  }

  /** In another broadcast there is nothing to go on with. */
  #startIn(broadcast: Broadcast): AttemptOrder['start'] {
    const stopped = this.#stopped;
    return this.#destination.resume === 'rewind' && stopped?.broadcastId === broadcast.id
      ? { kind: 'rewind', timelineMs: stopped.timelineMs }
      : { kind: 'live' };
  }

  #endAttempt(machineId: number, mode: EndMode): void {
    const attempt = this.#attempt;
    if (attempt?.machineId !== machineId) return;
    if (attempt.step === 'dialled') this.#ports.endAttempt(attempt.dialled.attemptId, mode);
    else this.onEnded(null, '');
  }

  /** The machine's attempt is over; what it ended with is the machine's to say. */
  #conclude(before: PushState): void {
    const attempt = this.#attempt;
    const { lastFailure } = this.#state;
    const hasFailed = lastFailure !== null && lastFailure !== before.lastFailure;
    const bytesWritten = this.#figures?.bytesWritten ?? 0;
    const remoteWords = this.#endWords;
    this.#endWords = null;
    if (hasFailed) this.#failureWords = remoteWords;
    this.#attempt = undefined;
    this.#cancelStart();
    this.#startsAtMs = undefined;
    this.#figures = undefined;
    this.#rate.end();
    this.#bytesTotal += bytesWritten;
    this.#ports.gate.leave(this.#destination.id);
    if (attempt?.step !== 'dialled') return;
    this.#ports.onAttemptEnded(this.#destination, attempt.dialled, {
      failure: hasFailed ? lastFailure.code : null,
      sentence: hasFailed ? this.#ports.sentence(lastFailure.code) : null,
      detail: this.#endDetail,
      remoteWords: hasFailed ? remoteWords : null,
      needsPerson: this.#state.phase === 'needs_attention',
      bytesWritten,
    });
  }
}
