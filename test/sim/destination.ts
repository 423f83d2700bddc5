import { RtmpError, ServerSession } from '#rtmp';
import type { DeliveryCheck } from './delivery-check.ts';
import { Pipe, type PipeHabits } from './pipe.ts';
import type { SimWorld } from './world.ts';

/** How a destination meets whoever connects. */
export type Welcome =
  | 'accepts'
  | 'refuses'
  | 'unreachable'
  | 'no-name'
  | 'no-tcp-answer'
  | 'no-tls-answer'
  | 'bad-certificate'
  | 'tls-fails'
  | 'mute'
  | 'wrong-key'
  | 'busy-key'
  | 'closes-early'
  | 'talks-nonsense'
  | 'brief';

export const TROUBLED_WELCOMES: readonly Welcome[] = [
  'refuses',
  'unreachable',
  'no-name',
  'no-tcp-answer',
  'no-tls-answer',
  'bad-certificate',
  'tls-fails',
  'mute',
  'wrong-key',
  'busy-key',
  'closes-early',
  'talks-nonsense',
  'brief',
];

/** The relay's end of a connection, as the destination sees it. */
export interface Caller {
  /** Bytes for the relay. */
  hear(bytes: Buffer): void;
  /** The destination closes its side. */
  hangUp(): void;
  reset(): void;
}

/** One connection at a destination: a real RTMP server behind two simulated pipes. */
export class DestinationSession {
  readonly check: DeliveryCheck;
  readonly toServer: Pipe;
  readonly #toCaller: Pipe;
  readonly #caller: Caller;
  readonly #server: ServerSession;
  readonly #world: SimWorld;
  #hasHeardEnd = false;
  isLive = false;
  isOpen = true;
  /** It has not always read what it was sent, or has ended before we did. */
  hasFault = false;
  liveSinceMs = Infinity;

  constructor(
    world: SimWorld,
    terms: { readonly welcome: Welcome; readonly habits: PipeHabits },
    check: DeliveryCheck,
    caller: Caller,
  ) {
    const { welcome, habits } = terms;
    this.#world = world;
    this.#caller = caller;
    this.check = check;
    this.#toCaller = new Pipe(world, habits, {
      deliver: (bytes) => caller.hear(bytes),
      onEnd: () => this.#closed(() => caller.hangUp()),
    });
    this.toServer = new Pipe(world, habits, {
      deliver: (bytes) => this.#feed(welcome, bytes),
      onEnd: () => {
        this.#hasHeardEnd = true;
        this.hangUp();
      },
    });
    this.#server = new ServerSession({
      send: (bytes) => this.#toCaller.write(bytes),
      onPublish: () => this.#judge(welcome),
      onMedia: (typeId, timestampMs, body) => check.onMedia(typeId, timestampMs, body),
      onUnpublish: () => (this.isLive = false),
    });
  }

  /** It reads no more, for a while or for good. */
  freeze(frozen: boolean): void {
    this.hasFault = true;
    if (this.isOpen) this.toServer.isStalled = frozen;
  }

  /** Closes its own side in order. */
  hangUp(): void {
    this.hasFault ||= !this.#hasHeardEnd;
    if (this.isOpen) this.#toCaller.end();
  }

  reset(): void {
    this.hasFault = true;
    this.#closed(() => this.#caller.reset());
  }

  /** The relay has cut it. */
  cut(): void {
    this.#closed(() => undefined);
  }

  #feed(welcome: Welcome, bytes: Buffer): void {
    if (!this.isOpen || welcome === 'mute') return;
    if (welcome === 'talks-nonsense') {
      this.#toCaller.write(Buffer.alloc(4_000, 0xff));
      return;
    }
    try {
      this.#server.feed(bytes);
    } catch (error) {
      if (!(error instanceof RtmpError)) throw error;
      this.#world.ledger.must(false, () => `a destination cannot read us: ${error.message}`);
    }
  }

  #judge(welcome: Welcome): void {
    const { time, timers, chance } = this.#world;
    if (welcome === 'wrong-key') {
      this.#server.reject('NetStream.Publish.Denied', 'no such key');
    } else if (welcome === 'busy-key') {
      this.#server.reject('NetStream.Publish.BadName', 'already publishing');
    } else if (welcome === 'closes-early') {
      this.hangUp();
    } else {
      this.#server.accept();
      this.isLive = true;
      this.liveSinceMs = time.monotonicMs();
      if (welcome === 'brief') timers.after(chance.between(10, 9_000), () => this.hangUp());
    }
  }

  #closed(tell: () => void): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.isLive = false;
    this.toServer.destroy();
    this.#toCaller.destroy();
    tell();
  }
}
