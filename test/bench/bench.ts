/** A hot function at work, for one reading: steps of which only `run` is measured. */
export interface Bench {
  readonly name: string;
  /** What its cost is told by: `message`, `chunk`, `span`. */
  readonly unit: string;
  readonly unitsPerRound: number;
  readonly stepsPerRound: number;
  /** What a step needs and is not measured. */
  readonly prepare?: (step: number) => void;
  readonly run: (step: number) => void;
}
