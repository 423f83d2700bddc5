import type { Cancel, Timers } from '#kernel';

/**
 * What a server may say in a minute once it takes media, acknowledgements apart: statuses, pings
 * and windows. Who says more is no server for us, and each word costs time.
 */
export const SAID_BYTES_MAX = 256 * 1024;
export const SAID_WITHIN_MS = 60_000;

/**
 * One acknowledgement is owed for so much media: no server asks for a smaller window. Each beyond
 * that is a word like any other.
 */
export const BYTES_PER_ACKNOWLEDGEMENT = 1024;
/** Those of media on its way come together after a pause: more are not owed at once. */
export const ACKNOWLEDGEMENTS_OWED_MAX = 8192;

/** With the largest header that a server may put before it. */
const ACKNOWLEDGEMENT_BYTES = 12 + 4;

/** What has come from a server by now, in all. */
export interface Heard {
  readonly receivedBytes: number;
  /** Messages of that kind. */
  readonly acknowledgements: number;
}

/** Bounds what a server may say while it takes media: each of its words costs time of a lane. */
export class TalkLimit {
  readonly #timers: Timers;
  #receivedBytes: number;
  #acknowledgements: number;
  #owedForBytes: number;
  #owed = ACKNOWLEDGEMENTS_OWED_MAX;
  /** Within the minute that began with a word, so that whoever is silent costs no timer. */
  #saidBytes = 0;
  #cancelMinute: Cancel | undefined;

  /** Counts from what was heard and written by now. */
  constructor(timers: Timers, heard: Heard, writtenBytes: number) {
    this.#timers = timers;
    this.#receivedBytes = heard.receivedBytes;
    this.#acknowledgements = heard.acknowledgements;
    this.#owedForBytes = writtenBytes;
  }

  /** False: the server has said too much. `writtenBytes`: what it was sent until now, in all. */
  hear(heard: Heard, writtenBytes: number): boolean {
    const owed = this.#owed + (writtenBytes - this.#owedForBytes) / BYTES_PER_ACKNOWLEDGEMENT;
    this.#owed = Math.min(ACKNOWLEDGEMENTS_OWED_MAX, owed);
    this.#owedForBytes = writtenBytes;
    const free = Math.min(heard.acknowledgements - this.#acknowledgements, Math.floor(this.#owed));
    this.#owed -= free;
    this.#acknowledgements = heard.acknowledgements;
    const said = heard.receivedBytes - this.#receivedBytes - free * ACKNOWLEDGEMENT_BYTES;
    this.#receivedBytes = heard.receivedBytes;
    if (said <= 0) return true;
    this.#cancelMinute ??= this.#timers.after(SAID_WITHIN_MS, () => {
      this.#cancelMinute = undefined;
      this.#saidBytes = 0;
    });
    this.#saidBytes += said;
    return this.#saidBytes <= SAID_BYTES_MAX;
  }

  /** Nothing more is heard. */
  end(): void {
    this.#cancelMinute?.();
  }
}
