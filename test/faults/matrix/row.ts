/** A test by the file that holds it, from the repository's root, and its name or a part of it. */
export interface NamedTest {
  readonly file: string;
  readonly name: string;
}

/** What a row wants of the machine, beyond what the product's own tests need. */
export type Need = 'network namespaces' | 'mount namespaces' | 'nft' | 'prlimit' | 'faketime';

/**
 * What is asked of the healthy destination beside the fault.
 *
 * - `whole`: one connection that has every frame, and an encoder that never waited.
 * - `spliced`: the encoder itself is what fails; one connection, joined at keyframes.
 * - `rejoins`: what carries it is what fails; it may begin anew, with headers and a keyframe.
 */
export type WitnessDemand = 'whole' | 'spliced' | 'rejoins';

/** One row of the fault matrix. */
export interface Row {
  readonly number: number;
  readonly fault: string;
  readonly promise: string;
  /** The files below test/faults whose `row(stage, number, …)` shows it. */
  readonly specs?: readonly string[];
  /** Where several tests show it: what each of them adds to the fault. */
  readonly cases?: readonly string[];
  /** Other tests that show it, without those files or beside them. */
  readonly tests?: readonly NamedTest[];
  /** Where runs are kept that show it, too long for a test. */
  readonly runs?: 'docs/soak';
  /** Tests of its parts, with the time in the hand. */
  readonly also?: readonly NamedTest[];
  readonly needs?: readonly Need[];
  /** Part of the promise that waits for something which is not built yet, and for what. */
  readonly later?: string;
  /** `whole` unless said. */
  readonly witness?: WitnessDemand;
  /** Why less than `whole` is asked, or why there is no healthy destination at all. */
  readonly why?: string;
}

/** One measured value, for the report and for nobody's judgement. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** What each row measures of the healthy destination and of the encoder. */
export const STANDARD_FIGURES = {
  frames: 'frames at the healthy destination',
  age: '99 of 100 were younger than',
  pause: 'longest pause at the healthy destination',
  unsent: 'unsent at the encoder, at most',
} as const;

/** What a row's test leaves for the report. */
export interface RowReport {
  readonly number: number;
  readonly case?: string | undefined;
  readonly figures: readonly Figure[];
  /** Why it did not run on this machine. */
  readonly notRun?: string;
}

/** The name of a row's test: `1 the destination resets in the middle of a chunk`. */
export function titleOf({ number, fault }: Row, name?: string): string {
  return name === undefined ? `${number} ${fault}` : `${number} ${fault}: ${name}`;
}
