import type { DesiredDestination, PushStatus } from '#contracts';
import type { PushEvent, PushMemory } from '#relay-core';
import type { PushPorts } from './push-ports.ts';
import { PushRunner } from './push-runner.ts';

/** The pushes of one stream. */
export class PushSet {
  readonly #ports: PushPorts;
  readonly #recall: (destinationId: string) => Promise<PushMemory | null>;
  readonly #runners = new Map<string, PushRunner>();
  #bytesGone = 0;

  constructor(ports: PushPorts, recall: (destinationId: string) => Promise<PushMemory | null>) {
    this.#ports = ports;
    this.#recall = recall;
  }

  get runners(): readonly PushRunner[] {
    return [...this.#runners.values()];
  }

  of(destinationId: string): PushRunner | undefined {
    return this.#runners.get(destinationId);
  }

  /** No connection is open or being opened. */
  get isQuiet(): boolean {
    return this.runners.every((push) => push.isQuiet);
  }

  /** How far the one that is furthest behind plays behind on purpose. */
  get delayMsMax(): number {
    return Math.max(0, ...this.runners.map(({ delayMs }) => delayMs));
  }

  /** Media bytes that the sockets of all pushes have taken, those since forgotten included. */
  get bytesTotal(): number {
    return this.runners.reduce((total, push) => total + push.bytesTotal, this.#bytesGone);
  }

  stepAll(event: PushEvent): void {
    for (const push of this.#runners.values()) push.step(event);
  }

  onMedia(): void {
    for (const push of this.#runners.values()) push.onMedia();
  }

  remember(): void {
    for (const push of this.#runners.values()) push.remember();
  }

  statuses(): PushStatus[] {
    return this.runners.map((push) => push.status());
  }

  /**
   * Makes the pushes what the owner wants them to be. A new one first asks what a relay before left
   * for it; when `isOutdated` by then, another call has made or will make them right.
   */
  async become(wanted: readonly DesiredDestination[], isOutdated: () => boolean): Promise<void> {
    const wantedById = new Map(wanted.map((one) => [one.id, one]));
    for (const [id, push] of this.#runners) {
      // One whose destination was removed is closed first; `prune` forgets it once that is done.
      push.want(wantedById.get(id) ?? { ...push.destination, enabled: false });
    }
    const added = wanted.filter((one) => !this.#runners.has(one.id));
    const memories = await Promise.all(added.map((one) => this.#recall(one.id)));
    if (isOutdated()) return;
    for (const [index, destination] of added.entries()) {
      if (this.#runners.has(destination.id)) continue;
      const push = new PushRunner(destination, memories[index] ?? null, this.#ports);
      this.#runners.set(destination.id, push);
      push.want(destination);
      if (this.#ports.media(destination) !== undefined) push.onMedia();
    }
  }

  /** Forgets those whose destinations are gone and whose connections have closed. */
  prune(wanted: readonly DesiredDestination[]): void {
    const ids = new Set(wanted.map((one) => one.id));
    for (const [id, push] of this.#runners) {
      if (ids.has(id) || !push.isQuiet) continue;
      this.#bytesGone += push.bytesTotal;
      this.#runners.delete(id);
    }
  }
}
