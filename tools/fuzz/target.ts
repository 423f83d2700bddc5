/** Something of ours that eats bytes of strangers. */
export interface FuzzTarget {
  /** Its folder in the corpus. */
  readonly name: string;
  /** Where new ground counts: part of a source's path each, as `libs/amf/`. */
  readonly ground: readonly string[];
  /** Words of its language, beside those that all share. */
  readonly words?: readonly Uint8Array[];
  /** Inputs to begin with, beside the corpus. */
  readonly seeds: readonly Uint8Array[];
  readonly inputBytesMax?: number;
  /** Inputs between two looks at what was covered: fewer for one that is slow. */
  readonly batch?: number;
  /** What one input may work, for each 64 KiB begun. */
  readonly inputMsMax?: number;
  /**
   * Feeds the input (borrowed until the end) and judges what comes of it: refusals in our own codes
   * are caught here. What it throws is a find. Gives what came of it in a few words: ones not heard
   * before are new ground too, so there may be some hundreds of them and no more.
   */
  run(input: Buffer): string | Promise<string>;
  /** Gives back what `run` has opened. */
  close?(): Promise<void>;
}

export const INPUT_BYTES_MAX = 4096;
export const INPUT_MS_MAX = 50;
const INPUT_UNIT_BYTES = 64 * 1024;

/** What an input of so many bytes may work, in milliseconds. */
export function msMaxOf({ inputMsMax = INPUT_MS_MAX }: FuzzTarget, bytes: number): number {
  return inputMsMax * Math.max(1, Math.ceil(bytes / INPUT_UNIT_BYTES));
}
