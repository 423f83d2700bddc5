import type { Cancel, Timers } from '#kernel';

/** Kinds of report remembered at once; the ones beyond pass unfolded into one kind of their own. */
const KINDS_MAX = 64;
const WINDOW_MS = 1000;
/** A fault that goes on and on is said ever less often, down to once in this time. */
const WINDOW_MS_MAX = 64_000;
const OVERFLOW_KIND = 'other reports';

export interface CoalescedReport<Detail> {
  readonly kind: string;
  /** How often it happened since the last line about it: 1 for the line that goes out at once. */
  readonly times: number;
  /** The newest detail. */
  readonly detail: Detail;
}

export interface CoalescingReporterOptions<Detail> {
  readonly timers: Timers;
  readonly write: (report: CoalescedReport<Detail>) => void;
}

interface Window<Detail> {
  times: number;
  detail: Detail | undefined;
  readonly windowMs: number;
  readonly cancel: Cancel;
}

/**
 * Says a fault once at once, and its repeats once per window with their number: after one second,
 * two, four, up to
 * 64. A dependency that is away for an hour, or a peer that misbehaves per frame, costs some sixty
 * lines.
 */
export class CoalescingReporter<Detail> {
  readonly #options: CoalescingReporterOptions<Detail>;
  readonly #windows = new Map<string, Window<Detail>>();

  constructor(options: CoalescingReporterOptions<Detail>) {
    this.#options = options;
  }

  /** `kind` must come from a closed set of ours, never from a remote string. */
  report(kind: string, detail: Detail): void {
    const known = this.#windows.has(kind) || this.#windows.size < KINDS_MAX;
    const folded = known ? kind : OVERFLOW_KIND;
    const window = this.#windows.get(folded);
    if (window === undefined) {
      this.#open(folded, WINDOW_MS);
      this.#options.write({ kind: folded, times: 1, detail });
      return;
    }
    window.times += 1;
    window.detail = detail;
  }

  /** Says what is still counted and forgets the rest. */
  close(): void {
    for (const [kind, window] of this.#windows) {
      window.cancel();
      this.#say(kind, window);
    }
    this.#windows.clear();
  }

  #open(kind: string, windowMs: number): void {
    const cancel = this.#options.timers.after(windowMs, () => this.#end(kind));
    this.#windows.set(kind, { times: 0, detail: undefined, windowMs, cancel });
  }

  /** A quiet window closes the kind; a busy one is said and followed by one twice as long. */
  #end(kind: string): void {
    const window = this.#windows.get(kind);
    if (window === undefined) return;
    this.#windows.delete(kind);
    if (window.times === 0) return;
    this.#say(kind, window);
    this.#open(kind, Math.min(WINDOW_MS_MAX, 2 * window.windowMs));
  }

  #say(kind: string, window: Window<Detail>): void {
    if (window.times === 0) return;
    this.#options.write({ kind, times: window.times, detail: window.detail as Detail });
  }
}
