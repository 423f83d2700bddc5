import type { HistoryRecord } from '#persistence';
import type { Ledger } from './ledger.ts';
import type { SimNode } from './sim-node.ts';

/** A lane that stood still or died is heard of, waited for, and made up for within this. */
const SETTLES_WITHIN_MS = 2_000;
/** While nobody sends, destinations are never left without media for longer. */
const SILENT_MS_MAX = 1_000;
/** A fight is forgotten when nobody has asked for so long, and not before. */
const FIGHT_WINDOW_MS = 30_000;
const TAKEOVERS_MAX = 5;
/** Who sends nothing fights with nobody. */
const FROM_SILENT = 'A new encoder took over from a silent one.';

/** What two inputs and a hold owe to one ring. */
export class InputCheck {
  readonly #ledger: Ledger;
  /** When newcomers won over an encoder that sent, by node. */
  readonly #takeoversAtMs = new WeakMap<SimNode, number[]>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  onRecord(node: SimNode, record: HistoryRecord, nowMs: number): void {
    if (record.kind !== 'event' || record.code !== 'ENCODER_TAKEN_OVER') return;
    if (record.message === FROM_SILENT) return;
    const before = this.#takeoversAtMs.get(node) ?? [];
    const recent = [...before, nowMs].filter((atMs) => nowMs - atMs < FIGHT_WINDOW_MS);
    this.#takeoversAtMs.set(node, recent);
    this.#ledger.must(
      recent.length <= TAKEOVERS_MAX,
      () => `inputs: ${recent.length} encoders took over from each other within 30 s`,
    );
  }

  /** `graceMs`: for how long nobody but a hold writes; undefined while somebody does. */
  look(node: SimNode, graceMs: number | undefined, nowMs: number): void {
    const { lanes, nodeId } = node;
    this.#ledger.must(lanes.encoders <= 2, () => `inputs: ${lanes.encoders} encoders are let in`);
    for (const ring of lanes.rings) {
      const awake = ring.writers.filter((lane) => lanes.isAwake(lane, SETTLES_WITHIN_MS));
      this.#ledger.must(awake.length <= 1, () => `inputs: ${awake.length} write to one ring`);
    }
    for (const { ring, lane, sinceMs, isSilent } of lanes.holds) {
      const isDue = !isSilent && nowMs - Math.max(sinceMs, lane.busyAtMs) > SILENT_MS_MAX;
      const silentMs = nowMs - ring.witness.lastAtMs;
      this.#ledger.must(
        !isDue || silentMs <= SILENT_MS_MAX,
        () => `hold: ${nodeId} has given destinations nothing for ${silentMs} ms`,
      );
    }
    const calmMs = Math.min(graceMs ?? 0, nowMs - Math.max(lanes.busyAtMs, lanes.killedAtMs));
    this.#ledger.must(
      calmMs <= SETTLES_WITHIN_MS || lanes.holds.length > 0,
      () => `hold: ${nodeId} has none after ${graceMs} ms without an encoder`,
    );
  }
}
