import type { HistoryRecord, StatisticsRecord } from '#persistence';
import type { Ledger } from './ledger.ts';

/** Every start has exactly one end, with a reason, and attempts of a destination do not overlap. */
export class HistoryCheck {
  readonly #ledger: Ledger;
  readonly #node: string;
  readonly #broadcasts = new Set<string>();
  /** Attempt to destination. */
  readonly #attempts = new Map<string, string>();
  /** When each open attempt was accepted. */
  readonly #published = new Map<string, string>();
  #position = 0;
  /** Up to which second each series was told. */
  readonly #toldUntil = new Map<string, number>();

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
      case 'attempt-published':
        this.#must(this.#attempts.has(record.id), 'an attempt is accepted between start and end');
        this.#must(!this.#published.has(record.id), 'an attempt is accepted once');
        this.#published.set(record.id, record.at);
        return;
      case 'attempt-ended':
        this.#must(
          record.publishedAt === (this.#published.get(record.id) ?? null),
          'an end tells when the attempt was accepted, as was told then',
        );
        this.#published.delete(record.id);
        this.#must(this.#attempts.delete(record.id), 'an attempt that started ends, and once');
        this.#must(record.code !== '', 'an attempt ends with a reason');
        return;
      case 'event':
        this.#must(record.position > this.#position, 'events have an order');
        this.#position = record.position;
    }
  }

  onFigures({
    broadcastId,
    destinationId,
    at,
    kbps,
    lagMs,
    dropped,
    bytes,
  }: StatisticsRecord): void {
    const second = Date.parse(at) / 1_000;
    const end = second + kbps.length;
    const series = `${broadcastId} ${destinationId}`;
    const isWhole = lagMs.length === kbps.length && dropped.length === kbps.length;
    this.#must(kbps.length > 0 && isWhole, 'a record of figures has as many of each');
    this.#must(
      Math.ceil(end / 10) - Math.floor(second / 10) === 1,
      'figures are of one ten seconds',
    );
    // Where the clock was set back by more, another second of that name has begun.
    const overlap = (this.#toldUntil.get(series) ?? 0) - second;
    this.#must(overlap <= 0 || overlap > 10, 'no second is told of twice');
    this.#must(
      [...kbps, ...dropped, bytes].every((figure) => figure >= 0),
      'figures grow',
    );
    this.#toldUntil.set(series, end);
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
