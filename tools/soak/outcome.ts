import type { Anomaly } from './judge.ts';
import type { DoneFault } from './fault-runner.ts';
import type { Sample } from './samples.ts';
import type { JudgedSlope } from './verdicts.ts';

/** What one destination that no fault befell has got. */
export interface WitnessFigures {
  readonly label: string;
  readonly frames: number;
  readonly sessions: number;
  readonly splices: number;
}

export interface StreamFigures {
  readonly label: string;
  readonly sentFrames: number;
  readonly breaks: number;
  readonly unsentBytesMax: number;
}

/** Everything that a run has to say. */
export interface Outcome {
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
  readonly seed: number;
  readonly durationMs: number;
  readonly samples: readonly Sample[];
  readonly faults: readonly DoneFault[];
  readonly anomalies: readonly Anomaly[];
  readonly witnesses: readonly WitnessFigures[];
  readonly streams: readonly StreamFigures[];
  readonly slopes: readonly JudgedSlope[];
  readonly ageMsMax: number;
  readonly status: {
    readonly answers: number;
    readonly refusals: number;
    /** Looks at a push that found it told wrongly, and the longest that lasted. */
    readonly contradictions: number;
    readonly longestWrongMs: number;
  };
  readonly log: { readonly lines: number; readonly counts: readonly (readonly [string, number])[] };
  readonly stoppedInMs: number;
  readonly secretsSeen: string;
}
