import { Secret } from '#kernel';
import { AddressPolicy, type HostResolver } from '#net';
import type { FourCcs } from '#rtmp';
import { FakeTime } from '#testing';
import {
  OutboundConnection,
  type OutboundFailure,
  type OutboundTarget,
} from './outbound-connection.ts';

/** A key of a platform, with everything in it that a URL would take apart. */
export const STREAM_KEY = 'live_4711?bandwidthtest=true&a=b/c:d%20e';

export interface DialOptions {
  readonly allowed?: readonly string[];
  readonly resolve?: HostResolver;
  readonly goal?: OutboundTarget['goal'];
  readonly fourCcs?: FourCcs;
  readonly certificateSha256?: OutboundTarget['certificateSha256'];
  /** Called with each event as it happens. */
  readonly onEvent?: (event: string, connection: OutboundConnection) => void;
}

/** One connection with its time in the test's hand, and all that it has told. */
export class Dialled {
  readonly connection: OutboundConnection;
  readonly time = new FakeTime();
  /** Stages reached, `publishing`, `ended`: in the order told. */
  readonly events: string[] = [];
  readonly ended: Promise<OutboundFailure | undefined>;
  acknowledgedBytes = 0;
  readonly #onEvent: (event: string, connection: OutboundConnection) => void;
  readonly #awaited = new Map<string, () => void>();

  constructor(url: string, options: DialOptions = {}) {
    const { allowed = ['127.0.0.0/8'], resolve = resolveToLoopback, goal, fourCcs } = options;
    const { certificateSha256 = null } = options;
    this.#onEvent = options.onEvent ?? (() => undefined);
    const { promise, resolve: end } = Promise.withResolvers<OutboundFailure | undefined>();
    this.ended = promise;
    this.connection = new OutboundConnection(
      {
        url,
        streamKey: new Secret(STREAM_KEY),
        certificateSha256,
        ...(goal === undefined ? {} : { goal }),
        ...(fourCcs === undefined ? {} : { fourCcs }),
      },
      { policy: new AddressPolicy(allowed), resolve, timers: this.time },
      {
        onReached: (stage) => this.#tell(stage),
        onPublishing: (messageStreamId) => this.#tell(`publishing on ${messageStreamId}`),
        onAcknowledged: (bytes) => {
          this.acknowledgedBytes = bytes;
          this.#tell('acknowledged');
        },
        onReconnectRequest: () => this.#tell('asked to reconnect'),
        onEnded: (failure) => {
          this.#tell('ended');
          end(failure);
        },
      },
    );
  }

  start(): this {
    this.connection.start();
    return this;
  }

  /** Resolves when `event` is told, or has been. */
  async until(event: string): Promise<void> {
    if (this.events.includes(event)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaited.set(event, resolve);
    await promise;
  }

  #tell(event: string): void {
    this.events.push(event);
    this.#awaited.get(event)?.();
    this.#onEvent(event, this.connection);
  }
}

export const resolveToLoopback: HostResolver = async () => [{ address: '127.0.0.1', family: 4 }];
