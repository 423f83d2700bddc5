import { randomUUID } from 'node:crypto';
import { AddressPolicy, createHostResolver } from '#net';
import { unreachable, type Cancel, type Clock, type Timers } from '#kernel';
import { CoalescingReporter } from '#observability';
import { RingReader } from '#ring';
import { isCleanEntry, makeStill } from '#still';
import { Attempt } from './attempt.ts';
import { Beat } from './beat.ts';
import { ConnectionLimiter, type Unwelcome } from './connection-limiter.ts';
import { Hold } from './hold.ts';
import { Ingest } from './ingest.ts';
import { KernelLook } from './kernel-look.ts';
import { Listener, type Accepted, type ListenerHandler } from './listener.ts';
import type { AttemptOrder, LaneCommand, LaneReport } from './messages.ts';
import { LANE_LIMITS, type LaneSettings } from './settings.ts';
import { Sinks } from './sinks.ts';
import { Standstill } from './standstill.ts';
import { MarkedWork, type WorkMark } from './work-mark.ts';

/** Longer than any beat waits for its ring: a thread that ends has no such wait under way. */
const LAST_WAIT_MS = 300;

const UNWELCOME: Readonly<Record<Unwelcome, string>> = {
  blocked: 'a connection from an address that is blocked',
  pending: 'too many connections that do not publish',
  frequent: 'too many new connections from one address',
};

interface LanePorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: (report: LaneReport) => void;
  /** Read when this thread has died. */
  readonly mark?: WorkMark;
}

type Rejection = Extract<LaneCommand, { readonly kind: 'reject-publish' }>;
type StartHold = Extract<LaneCommand, { readonly kind: 'start-hold' }>;

interface LogLine {
  readonly remoteAddress: string;
  readonly cause: string;
}

/**
 * One worker thread of the relay: the encoders that the kernel dealt to it, and the attempts that
 * the main thread placed in it. What it says and is told are the messages of `messages.ts`; media
 * goes from ring to socket here.
 */
export class Lane {
  readonly #ports: LanePorts;
  readonly #policy: AddressPolicy;
  readonly #resolve = createHostResolver();
  readonly #listeners: Listener[] = [];
  readonly #limiter: ConnectionLimiter;
  readonly #ingests = new Map<string, Ingest>();
  readonly #attempts = new Map<string, Attempt>();
  readonly #holds = new Map<string, Hold>();
  readonly #sinks: Sinks;
  readonly #beat: Beat;
  readonly #standstill: Standstill;
  readonly #kernelLook: KernelLook;
  /** One for each ring that attempts are fed from, so that what they read is read once. */
  readonly #readers = new Map<string, RingReader>();
  readonly #refusals: CoalescingReporter<LogLine>;
  #cancelFigures: Cancel = () => undefined;
  #hasReadRings = false;

  constructor(settings: LaneSettings, ports: LanePorts) {
    this.#ports = ports;
    this.#limiter = new ConnectionLimiter(ports.clock, settings.pendingConnectionsMax);
    this.#sinks = new Sinks(ports.report);
    this.#beat = new Beat(ports.clock, ports.timers);
    this.#standstill = new Standstill(ports.clock.monotonicMs(), (forMs) =>
      ports.report({ kind: 'stood-still', forMs }),
    );
    this.#kernelLook = new KernelLook(ports.clock);
    this.#policy = new AddressPolicy(settings.allowedPrivateCidrs);
    this.#refusals = new CoalescingReporter({
      timers: ports.timers,
      write: ({ kind, times, detail }) =>
        ports.report({ kind: 'log', level: 'warn', message: kind, fields: { ...detail, times } }),
    });
    void this.#listen(settings);
    this.#reportFigures();
  }

  onCommand(command: LaneCommand): void {
    switch (command.kind) {
      case 'accept-publish':
        this.#ingests.get(command.ingestId)?.accept(command.grant);
        return;
      case 'reject-publish':
        this.#reject(command);
        return;
      case 'probe-ingest':
        this.#answerProbe(command.ingestId, command.probeId);
        return;
      case 'cut-ingest':
        this.#ingests.get(command.ingestId)?.cut(command.reason);
        return;
      case 'start-attempt':
        this.#startAttempt(command.order);
        return;
      case 'end-attempt':
        this.#attempts.get(command.attemptId)?.end(command.mode);
        return;
      case 'arm-ingest':
        this.#ingests.get(command.ingestId)?.arm();
        return;
      case 'take-ring':
        this.#ingests.get(command.ingestId)?.takeRing();
        return;
      case 'yield-ring':
        this.#yieldRing(command.ingestId);
        return;
      case 'start-hold':
        this.#startHold(command);
        return;
      case 'end-hold':
        this.#endHold(command.holdId);
        return;
      case 'change-attempt':
        this.#attempts.get(command.attemptId)?.setDelay(command.delayMs);
        return;
      case 'go-on':
        this.#standstill.goOn();
        return;
      case 'use-certificate':
        for (const listener of this.#listeners) listener.useCertificate(command.certificate);
        return;
      case 'stop-listening':
        for (const listener of this.#listeners) listener.stopListening();
        return;
      case 'watch-sink':
        this.#sinks.watch(command.attemptId, command.watching);
        return;
      case 'block-address':
        this.#limiter.block(command.address, command.forMs);
        return;
      default:
        unreachable(command);
    }
  }

  /**
   * Closes all that the lane has open, without another word: whoever was to hear a goodbye has
   * heard it before. Nothing of the lane keeps its thread alive then.
   */
  end(): void {
    for (const listener of this.#listeners) listener.close();
    for (const attempt of this.#attempts.values()) attempt.end('abort');
    for (const hold of this.#holds.values()) hold.end();
    this.#cancelFigures();
    this.#refusals.close();
    if (this.#hasReadRings) this.#ports.timers.after(LAST_WAIT_MS, () => undefined);
  }

  async #listen({ bindHost, rtmpPort, rtmpsPort, certificate }: LaneSettings): Promise<void> {
    const handler = this.#listenerHandler();
    const wanted = [
      { port: rtmpPort, make: () => Listener.plain(handler) },
      { port: rtmpsPort, make: () => Listener.secure(certificate, handler) },
    ].filter(({ port }) => port !== 0);
    for (const { port, make } of wanted) {
      try {
        const listener = make();
        this.#listeners.push(listener);
        await listener.listen(bindHost, port);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? String(error);
        this.#ports.report({ kind: 'listen-failed', port, code });
        return;
      }
    }
    this.#ports.report({ kind: 'listening' });
  }

  #listenerHandler(): ListenerHandler {
    return {
      admit: (remoteAddress) => {
        const answer = this.#limiter.admit(remoteAddress);
        if (typeof answer === 'function') {
          return { acceptedAtMs: this.#ports.clock.monotonicMs(), release: answer };
        }
        this.#refusals.report(UNWELCOME[answer], { remoteAddress, cause: 'limit' });
        return undefined;
      },
      onAccepted: (accepted) => this.#accepted(accepted),
      onTlsRefused: (remoteAddress, cause) =>
        this.#refusals.report('no TLS on the RTMPS port', { remoteAddress, cause }),
      onAcceptFailed: (cause) =>
        this.#refusals.report('a connection could not be accepted', { remoteAddress: '', cause }),
    };
  }

  #accepted(accepted: Accepted): void {
    const { remoteAddress } = accepted;
    const ingestId = randomUUID();
    const { clock, timers, report, mark } = this.#ports;
    const ingest = new Ingest(
      accepted,
      {
        ingestId,
        clock,
        timers,
        beat: this.#beat,
        isCleanEntry,
        ...(mark && { mark: new MarkedWork(mark, ingestId) }),
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
        onEnded: (end) => {
          this.#ingests.delete(ingestId);
          if (end.fault !== undefined) {
            this.#refusals.report(end.fault, { remoteAddress, cause: end.detail });
          }
          // The main thread knows of it only if it asked to publish.
          if (end.requested) {
            report({ kind: 'ingest-ended', ingestId, reason: end.reason, detail: end.detail });
          }
        },
      },
    );
    this.#ingests.set(ingestId, ingest);
  }

  #reject({ ingestId, code, description, delayMs }: Rejection): void {
    this.#ingests.get(ingestId)?.reject(code, description, delayMs);
  }

  #answerProbe(ingestId: string, probeId: number): void {
    const silentMs = this.#ingests.get(ingestId)?.silentMs() ?? Infinity;
    this.#ports.report({ kind: 'ingest-silence', ingestId, probeId, silentMs });
  }

  /** Whoever asks waits for the answer, also where the ingest has just gone. */
  #yieldRing(ingestId: string): void {
    const ingest = this.#ingests.get(ingestId);
    if (ingest === undefined) this.#ports.report({ kind: 'ingest-yielded', ingestId });
    else ingest.yieldRing();
  }

  #startHold({ holdId, ringId, ring, slate }: StartHold): void {
    const { clock, timers, report } = this.#ports;
    const hold = new Hold(
      { ring, ringId, slate, clock, timers, beat: this.#beat, makeStill },
      {
        onStanding: (standing) => report({ kind: 'hold-standing', holdId, ...standing }),
        onEnded: () => {
          this.#holds.delete(holdId);
          report({ kind: 'hold-ended', holdId });
        },
      },
    );
    this.#holds.set(holdId, hold);
    hold.start();
  }

  #endHold(holdId: string): void {
    const hold = this.#holds.get(holdId);
    if (hold === undefined) this.#ports.report({ kind: 'hold-ended', holdId });
    else hold.end();
  }

  #startAttempt(order: AttemptOrder): void {
    const { attemptId } = order;
    const { clock, timers, report } = this.#ports;
    const reader = this.#readerOf(order);
    const attempt = new Attempt(
      order,
      {
        clock,
        timers,
        policy: this.#policy,
        resolve: this.#resolve,
        reader,
        onBeat: (pump) =>
          this.#beat.join(order.ringId, reader, (nowMs) => {
            if (this.#standstill.mayWrite(nowMs)) pump(nowMs);
          }),
        ...(order.sink && { open: this.#sinks.opener(attemptId) }),
      },
      {
        onReached: (stage) => report({ kind: 'attempt-reached', attemptId, stage }),
        onDegraded: (degraded) => report({ kind: 'attempt-degraded', attemptId, degraded }),
        onReconnectRequest: () => {
          const { destinationId } = order;
          const message = 'a destination asks for another connection, and is served on this one';
          report({ kind: 'log', level: 'info', message, fields: { destinationId } });
        },
        onEnded: (failure) => {
          this.#attempts.delete(attemptId);
          this.#sinks.forget(attemptId);
          this.#forgetReader(order.ringId);
          report({ kind: 'attempt-figures', figures: [attempt.figures()] });
          report({ kind: 'attempt-ended', attemptId, failure, reachedMs: attempt.reachedMs });
        },
      },
    );
    this.#attempts.set(attemptId, attempt);
    attempt.start();
  }

  #readerOf({ ringId, ring }: AttemptOrder): RingReader {
    const known = this.#readers.get(ringId);
    if (known !== undefined) return known;
    this.#hasReadRings = true;
    const reader = new RingReader(ring);
    this.#readers.set(ringId, reader);
    return reader;
  }

  #forgetReader(ringId: string): void {
    const isNeeded = [...this.#attempts.values()].some((attempt) => attempt.ringId === ringId);
    if (!isNeeded) this.#readers.delete(ringId);
  }

  /** On a beat of its own: what every ingest and attempt has come to, and who may be gone. */
  #reportFigures(): void {
    const { clock, report, timers } = this.#ports;
    this.#standstill.mayWrite(clock.monotonicMs());
    for (const [ingestId, ingest] of this.#ingests) {
      const figures = ingest.measure();
      if (figures !== undefined) report({ kind: 'ingest-figures', ingestId, figures });
    }
    const figures = [...this.#attempts.values()].map((attempt) => attempt.figures());
    if (figures.length > 0) report({ kind: 'attempt-figures', figures });
    void this.#kernelLook.look(this.#attempts.values());
    this.#cancelFigures = timers.after(LANE_LIMITS.figuresMs, () => this.#reportFigures());
  }
}
