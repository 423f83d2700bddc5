import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { systemClock, systemTimers } from '#kernel';
import type { Random } from '#kernel';
import { seededRandom } from '#testing';
import { CLEAN, Shape } from './shape.ts';
import type { Toxics } from './shape.ts';

export type { Toxics } from './shape.ts';

/** `up`: from whoever dials to the target. `down`: from the target back. */
export type Way = 'up' | 'down';
export type Side = 'dialler' | 'target';

export interface FaultProxyOptions {
  /** Of jitter and corruption; one seed is one story. */
  readonly seed?: number;
  readonly targetHost?: string;
  /** Of the loopback network. */
  readonly listenHost?: string;
  /** Any that is free, where it is left out. */
  readonly listenPort?: number;
}

/**
 * A TCP proxy on a free port of the loopback interface that does to a connection what networks do:
 * live, both ways apart, and without a right that a user has not. Before any TCP server: RTMP(S),
 * HTTP, Postgres, Redis.
 *
 * Whoever dials talks to the kernel of this machine, which takes up to some megabytes before a
 * writer feels that nobody reads, and acknowledges what falls into the black hole.
 */
export class FaultProxy {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #listenHost: string;
  readonly #random: Random;
  readonly #links = new Set<ProxyLink>();
  readonly #toxics: Record<Way, Toxics> = { up: CLEAN, down: CLEAN };
  #server: Server;
  #port = 0;
  #connections = 0;
  #resetAfterBytes: number | undefined;

  private constructor(targetPort: number, options: FaultProxyOptions) {
    const { seed = 1, targetHost = '127.0.0.1', listenHost = '127.0.0.1' } = options;
    this.#port = options.listenPort ?? 0;
    this.#target = { host: targetHost, port: targetPort };
    this.#listenHost = listenHost;
    this.#random = seededRandom(seed);
    this.#server = this.#newServer();
  }

  static async open(targetPort: number, options: FaultProxyOptions = {}): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort, options);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Dialled since it was opened. */
  get connections(): number {
    return this.#connections;
  }

  /** Open now. */
  get openConnections(): number {
    return this.#links.size;
  }

  /** Changes these toxics of one way, on open connections and on those to come. */
  set(way: Way, toxics: Partial<Toxics>): void {
    this.#toxics[way] = { ...this.#toxics[way], ...toxics };
    for (const link of this.#links) link.shapes[way].toxics = this.#toxics[way];
  }

  /** Changes both ways. */
  setBoth(toxics: Partial<Toxics>): void {
    this.set('up', toxics);
    this.set('down', toxics);
  }

  /** As on a cable again. What fell into the black hole stays there. */
  clear(): void {
    this.setBoth(CLEAN);
  }

  /** From now on both sides send into the void, and none is told that the other has ended. */
  blackHole(): void {
    this.setBoth({ isBlackHole: true });
  }

  /** Ends all connections with a TCP reset, for one side or for both. */
  reset(side: Side | 'both' = 'both'): void {
    for (const link of this.#links) link.reset(side);
  }

  /**
   * After so many more bytes upwards, of all connections together, that connection is reset for
   * both sides: in the middle of whatever was being said.
   */
  resetAfter(bytes: number): void {
    this.#resetAfterBytes = bytes;
  }

  /** Tells one side that nothing more comes (FIN); what it still says is passed on. */
  halfClose(side: Side): void {
    for (const link of this.#links) link.halfClose(side);
  }

  /** New connections are refused by the kernel; those that are open stay. */
  refuse(): void {
    this.#server.close();
  }

  /** Takes connections again, on the same port. */
  async accept(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#newServer();
    await this.#listen();
  }

  async close(): Promise<void> {
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined;
    this.#server.close();
    this.reset();
    await closed;
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, this.#listenHost);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  #newServer(): Server {
    return createServer({ allowHalfOpen: true, noDelay: true }, (dialler) => this.#serve(dialler));
  }

  #serve(dialler: Socket): void {
    this.#connections += 1;
    const target = connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    const link = new ProxyLink({ dialler, target }, this.#random, {
      cutUp: (bytes) => this.#cutUp(bytes),
      onClosed: () => this.#links.delete(link),
    });
    this.#links.add(link);
    for (const way of ['up', 'down'] as const) link.shapes[way].toxics = this.#toxics[way];
  }

  /** How many of the next so many bytes pass before the reset; undefined: all, and none comes. */
  #cutUp(bytes: number): number | undefined {
    const left = this.#resetAfterBytes;
    if (left === undefined) return undefined;
    this.#resetAfterBytes = bytes < left ? left - bytes : undefined;
    return bytes < left ? undefined : left;
  }
}

interface LinkWatch {
  readonly cutUp: (bytes: number) => number | undefined;
  readonly onClosed: () => void;
}

/** One connection through the proxy. */
class ProxyLink {
  readonly shapes: Readonly<Record<Way, Shape>>;
  readonly #sockets: Readonly<Record<Side, Socket>>;
  readonly #random: Random;
  readonly #watch: LinkWatch;
  #isClosed = false;

  constructor(sockets: Readonly<Record<Side, Socket>>, random: Random, watch: LinkWatch) {
    this.#sockets = sockets;
    this.#random = random;
    this.#watch = watch;
    this.shapes = { up: this.#way('up'), down: this.#way('down') };
  }

  halfClose(side: Side): void {
    this.#sockets[side].end();
  }

  reset(side: Side | 'both'): void {
    for (const each of ['dialler', 'target'] as const) {
      // One that is still dialled is reset as soon as it stands.
      if (side === 'both' || side === each) this.#sockets[each].resetAndDestroy();
    }
    if (side === 'both') this.#close();
  }

  #way(way: Way): Shape {
    const from = this.#sockets[way === 'up' ? 'dialler' : 'target'];
    const to = this.#sockets[way === 'up' ? 'target' : 'dialler'];
    const shape: Shape = new Shape({
      clock: systemClock,
      timers: systemTimers,
      random: this.#random,
      nextTurn: (task) => void setImmediate(task),
      deliver: (bytes) => (way === 'up' ? this.#deliverUp(to, bytes) : to.write(bytes)),
      onEnd: () => void to.end(),
      onFull: (isFull) => void (isFull ? from.pause() : from.resume()),
    });
    from.on('data', (bytes: Buffer) => shape.take(bytes));
    from.on('end', () => shape.end());
    to.on('drain', () => shape.resume());
    from.on('error', () => this.#onBroken(shape));
    from.on('close', () => this.#onClosed());
    return shape;
  }

  #deliverUp(target: Socket, bytes: Buffer): boolean {
    const passes = this.#watch.cutUp(bytes.length);
    if (passes === undefined) return target.write(bytes);
    target.write(bytes.subarray(0, passes), () => this.reset('both'));
    return false;
  }

  /** A reset is passed on, except into a black hole. */
  #onBroken(shape: Shape): void {
    if (shape.toxics.isBlackHole) shape.close();
    else this.reset('both');
  }

  #onClosed(): void {
    if (this.#sockets.dialler.closed && this.#sockets.target.closed) this.#close();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.shapes.up.close();
    this.shapes.down.close();
    this.#watch.onClosed();
  }
}
