import {
  DeadlineError,
  SOCKET_DEADLINES,
  type OutboundLink,
  type OutboundSocketHandler,
} from '#outbound';
import type { Cancel } from '#kernel';
import type { DeliveryCheck } from './delivery-check.ts';
import { DestinationSession, type Welcome } from './destination.ts';
import type { PipeHabits } from './pipe.ts';
import type { SimWorld } from './world.ts';

/** Errors as Node reports them. */
const FAULTS: Partial<Readonly<Record<Welcome, string>>> = {
  refuses: 'ECONNREFUSED',
  unreachable: 'EHOSTUNREACH',
  'no-name': 'DNS_FAILED',
};
const TLS_FAULTS: Partial<Readonly<Record<Welcome, string>>> = {
  'bad-certificate': 'CERT_HAS_EXPIRED',
  'tls-fails': 'ERR_SSL_WRONG_VERSION_NUMBER',
};

export interface LinkTerms {
  readonly destinationId: string;
  readonly lane: number;
  readonly isSecure: boolean;
  readonly welcome: Welcome;
  readonly habits: PipeHabits;
}

/**
 * One outbound connection of a lane, in place of a TCP or TLS socket: it keeps that one's deadlines
 * and its manner of ending.
 */
export class SimLink implements OutboundLink {
  readonly terms: LinkTerms;
  readonly #world: SimWorld;
  readonly #handler: OutboundSocketHandler;
  /** There before the session is: what it may hear can change while it dials. */
  readonly check: DeliveryCheck;
  session: DestinationSession | undefined;
  #state: 'opening' | 'ready' | 'closing' | 'closed' = 'opening';
  #cancelDeadline: Cancel = () => undefined;
  /** When the network last took bytes, or there were none to take. */
  movedAtMs: number;
  #takenBytes = 0;

  constructor(
    world: SimWorld,
    terms: LinkTerms,
    check: DeliveryCheck,
    handler: OutboundSocketHandler,
  ) {
    this.#world = world;
    this.terms = terms;
    this.check = check;
    this.#handler = handler;
    this.movedAtMs = world.time.monotonicMs();
    this.#deadline('tcp', SOCKET_DEADLINES.tcpMs);
    this.#later(() => this.#onTcpAnswer());
  }

  /** It was told to play out, and then to say goodbye. */
  isDraining = false;

  /** When we said goodbye. */
  closingAtMs: number | undefined = undefined;

  get isOpen(): boolean {
    return this.#state !== 'closed';
  }

  get isClosing(): boolean {
    return this.#state === 'closing';
  }

  get bufferedBytes(): number {
    return this.session?.toServer.waitingBytes ?? 0;
  }

  write(bytes: Buffer, done?: () => void): void {
    if (this.#state === 'ready') this.session?.toServer.write(bytes, done);
  }

  cork(): void {
    return;
  }

  uncork(): void {
    return;
  }

  close(): void {
    if (this.#state === 'opening') this.#end(undefined);
    if (this.#state !== 'ready') return;
    this.#state = 'closing';
    this.closingAtMs = this.#world.time.monotonicMs();
    this.session?.toServer.end();
    this.#cancelDeadline = this.#world.timers.after(SOCKET_DEADLINES.goodbyeMs, () => this.reset());
  }

  reset(): void {
    this.#end(undefined);
  }

  /** The lane's process or thread is gone: nobody is told. */
  vanish(): void {
    this.#state = 'closed';
    this.#cancelDeadline();
    this.session?.cut();
  }

  /** Looked at on each step: whether the peer has taken anything. */
  look(nowMs: number): void {
    const takenBytes = this.session?.toServer.takenBytes ?? 0;
    if (this.bufferedBytes === 0 || takenBytes > this.#takenBytes) this.movedAtMs = nowMs;
    this.#takenBytes = takenBytes;
  }

  #onTcpAnswer(): void {
    const { welcome, isSecure } = this.terms;
    if (this.#state !== 'opening' || welcome === 'no-tcp-answer') return;
    const fault = FAULTS[welcome];
    if (fault !== undefined) return this.#end(fault);
    this.#cancelDeadline();
    this.#handler.onTcp();
    if (!isSecure) return this.#ready(false);
    this.#deadline('tls', SOCKET_DEADLINES.tlsMs);
    this.#later(() => this.#onTlsAnswer());
  }

  #onTlsAnswer(): void {
    const { welcome } = this.terms;
    if (this.#state !== 'opening' || welcome === 'no-tls-answer') return;
    const fault = TLS_FAULTS[welcome];
    if (fault !== undefined) return this.#end(fault);
    this.#cancelDeadline();
    this.#ready(true);
  }

  #ready(secure: boolean): void {
    if (this.#state !== 'opening') return;
    this.#state = 'ready';
    this.session = new DestinationSession(this.#world, this.terms, this.check, {
      hear: (bytes) => {
        if (this.#state === 'ready') this.#handler.onData(bytes);
      },
      hangUp: () => this.#end(undefined),
      reset: () => this.#end('ECONNRESET'),
    });
    this.#handler.onReady(secure);
  }

  #deadline(step: 'tcp' | 'tls', delayMs: number): void {
    this.#cancelDeadline = this.#world.timers.after(delayMs, () =>
      this.#end(new DeadlineError(step)),
    );
  }

  #later(task: () => void): void {
    this.#world.timers.after(this.terms.habits.latencyMs, task);
  }

  #end(fault: string | Error | undefined): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#cancelDeadline();
    this.session?.cut();
    const error =
      typeof fault === 'string' ? Object.assign(new Error(fault), { code: fault }) : fault;
    this.#handler.onClosed(error);
  }
}
