/** What the run has come to, for its account. */
export interface Counts {
  connections: number;
  sessionsLive: number;
  framesPublished: number;
  framesDelivered: number;
  skips: number;
  faults: number;
  checks: number;
}

export function newCounts(): Counts {
  return {
    connections: 0,
    sessionsLive: 0,
    framesPublished: 0,
    framesDelivered: 0,
    skips: 0,
    faults: 0,
    checks: 0,
  };
}

/** An invariant that was broken: its text begins with which. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** The account, and the trace, of one run. */
export class Ledger {
  readonly counts = newCounts();
  /** FNV-1a over every line: the same seed gives the same trace. */
  #hash = 0x811c9dc5;
  readonly #lines: string[] = [];
  readonly #kept: number;
  #broken: BrokenInvariant | undefined;

  constructor(kept: number) {
    this.#kept = kept;
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  get lastLines(): readonly string[] {
    return this.#lines;
  }

  note(atMs: number, what: string): void {
    const line = `${(atMs / 1_000).toFixed(3)} ${what}`;
    for (let at = 0; at < line.length; at += 1) {
      this.#hash = Math.imul(this.#hash ^ line.charCodeAt(at), 0x01000193);
    }
    this.#lines.push(line);
    if (this.#lines.length > this.#kept) this.#lines.shift();
  }

  /**
   * Keeps the first invariant that was broken. It is not thrown here: product code that stands
   * between might take it for its own.
   */
  must(condition: boolean, invariant: () => string): void {
    this.counts.checks += 1;
    if (!condition) this.#broken ??= new BrokenInvariant(invariant());
  }

  throwIfBroken(): void {
    if (this.#broken !== undefined) throw this.#broken;
  }
}
