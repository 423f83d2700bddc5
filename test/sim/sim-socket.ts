import { EventEmitter } from 'node:events';
import type { Timers } from '#kernel';
import { Pipe, type PipeHabits } from './pipe.ts';
import type { SimWorld } from './world.ts';

/** The other end of an encoder's connection, as a lane uses it: as much of a socket as it needs. */
export class SimSocket extends EventEmitter {
  /** Towards the lane. */
  readonly inbound: Pipe;
  readonly #outbound: Pipe;
  readonly #timers: Timers;
  readonly #onGone: () => void;
  #destroyed = false;

  constructor(
    world: SimWorld,
    habits: PipeHabits,
    encoder: { readonly hear: (bytes: Buffer) => void; readonly onGone: () => void },
  ) {
    super();
    this.#timers = world.timers;
    this.#onGone = encoder.onGone;
    this.inbound = new Pipe(world, habits, {
      deliver: (bytes) => void (this.#destroyed || this.emit('data', bytes)),
      onEnd: () => this.destroy(),
    });
    this.#outbound = new Pipe(world, habits, {
      deliver: (bytes) => void (this.#destroyed || encoder.hear(bytes)),
      onEnd: () => this.destroy(),
    });
  }

  get writableLength(): number {
    return this.#outbound.waitingBytes;
  }

  /** The encoder does not read what it is told. */
  deafen(): void {
    this.#outbound.isStalled = true;
  }

  write(bytes: Buffer): boolean {
    this.#outbound.write(bytes);
    return true;
  }

  end(): void {
    this.#outbound.end();
  }

  pause(): void {
    this.inbound.isStalled = true;
  }

  resume(): void {
    this.inbound.isStalled = false;
  }

  /** Either end cuts it. */
  destroy(): void {
    if (this.#destroyed) return;
    this.vanish();
    this.#timers.after(0, () => this.emit('close'));
  }

  /** The lane's thread is gone: only the encoder hears of it. */
  vanish(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.inbound.destroy();
    this.#outbound.destroy();
    this.#onGone();
  }
}
