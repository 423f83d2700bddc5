import { TokenBuckets, type Cancel, type Clock, type Timers } from '#kernel';
import { NetError, parseDestinationUrl } from '#net';
import { ConnectGate } from '#relay-core';

/**
 * How often this node dials one server, whoever asks for it: all of one large stream at once, and
 * then two a second. Thousands of retries to a server that is down, or that somebody has entered to
 * trouble others, are no more than that.
 */
export const HOST_DIALS = { burst: 500, perMinute: 120, keysMax: 10_000 } as const;

interface Asking {
  readonly url: string;
  readonly onAdmitted: () => void;
}

/** The connect gate with its timer: calls back when a push may dial. */
export class GateKeeper {
  readonly #gate: ConnectGate;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #hosts: TokenBuckets;
  readonly #asking = new Map<string, Asking>();
  /** Those that wait for their server, which others have dialled as often as may be. */
  readonly #held = new Map<string, Cancel>();
  #cancelTimer: Cancel = () => undefined;

  constructor(clock: Clock, timers: Timers, gate: ConnectGate = new ConnectGate()) {
    this.#gate = gate;
    this.#clock = clock;
    this.#timers = timers;
    this.#hosts = new TokenBuckets(HOST_DIALS, clock);
  }

  /**
   * `onAdmitted` is called once, perhaps before this returns, unless the push leaves first. `url`
   * is where it would dial.
   */
  ask(pushId: string, url: string, onAdmitted: () => void): void {
    this.#release(pushId);
    this.#asking.set(pushId, { url, onAdmitted });
    this.#gate.ask(pushId);
    this.#admit();
  }

  /** Live, failed or given up: the place is free for the next. */
  leave(pushId: string): void {
    this.#release(pushId);
    this.#asking.delete(pushId);
    this.#gate.leave(pushId);
    this.#admit();
  }

  #admit(): void {
    const { admitted, nextAtMs } = this.#gate.admit(this.#clock.monotonicMs());
    this.#cancelTimer();
    if (nextAtMs !== null) {
      const waitMs = Math.max(1, nextAtMs - this.#clock.monotonicMs());
      this.#cancelTimer = this.#timers.after(waitMs, () => this.#admit());
    }
    for (const pushId of admitted) this.#letGo(pushId);
  }

  /** One whose server has to be left in peace gives its place back, and asks again later. */
  #letGo(pushId: string): void {
    const asking = this.#asking.get(pushId);
    if (asking === undefined) return;
    const { granted, waitMs } = this.#hosts.take(serverOf(asking.url));
    if (granted) {
      this.#asking.delete(pushId);
      asking.onAdmitted();
      return;
    }
    this.#gate.leave(pushId);
    const again = (): void => this.ask(pushId, asking.url, asking.onAdmitted);
    this.#held.set(pushId, this.#timers.after(waitMs, again));
  }

  #release(pushId: string): void {
    this.#held.get(pushId)?.();
    this.#held.delete(pushId);
  }
}

/** What one server is: its name and port, however the rest of the URL reads. */
function serverOf(url: string): string {
  try {
    const { host, port } = parseDestinationUrl(url);
    return `${host.toLowerCase()}:${port}`;
  } catch (error) {
    // One that cannot be dialled is told so by its attempt.
    if (error instanceof NetError) return '';
    throw error;
  }
}
