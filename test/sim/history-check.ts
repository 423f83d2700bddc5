import type { HistoryRecord } from '#persistence';
import type { Ledger } from './ledger.ts';

/** Every start has exactly one end, with a reason, and attempts of a destination do not overlap. */
export class HistoryCheck {
  readonly #ledger: Ledger;
  readonly #node: string;
  readonly #broadcasts = new Set<string>();
  /** Attempt to destination. */
  readonly #attempts = new Map<string, string>();
  #position = 0;

  constructor(ledger: Ledger, node: string) {
    this.#ledger = ledger;
    this.#node = node;
  }

  onRecord(record: HistoryRecord): void {
    switch (record.kind) {
      case 'broadcast-started':
        this.#must(!this.#broadcasts.has(record.id), 'a broadcast starts once');
        this.#broadcasts.add(record.id);
        return;
      case 'broadcast-ended':
        this.#must(this.#broadcasts.delete(record.id), 'a broadcast that started ends, and once');
        this.#must(record.reason !== '', 'a broadcast ends with a reason');
        return;
      case 'attempt-started': {
        const open = [...this.#attempts.values()];
        this.#must(!open.includes(record.destinationId), 'attempts do not overlap');
        this.#attempts.set(record.id, record.destinationId);
        return;
      }
      case 'attempt-ended':
        this.#must(this.#attempts.delete(record.id), 'an attempt that started ends, and once');
        this.#must(record.code !== '', 'an attempt ends with a reason');
        return;
      case 'event':
        this.#must(record.position > this.#position, 'events have an order');
        this.#position = record.position;
    }
  }

  destinationOf(attemptId: string): string | undefined {
    return this.#attempts.get(attemptId);
  }

  /** After an orderly shutdown. */
  mustBeClosed(): void {
    this.#must(this.#attempts.size === 0, `${this.#attempts.size} attempts never ended`);
    this.#must(this.#broadcasts.size === 0, `${this.#broadcasts.size} broadcasts never ended`);
  }

  #must(condition: boolean, what: string): void {
    this.#ledger.must(condition, () => `history of ${this.#node}: ${what}`);
  }
}
