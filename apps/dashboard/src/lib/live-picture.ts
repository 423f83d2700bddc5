import type { PlayerEnd, PlayerFault } from './flv-player.ts';

/** Why nothing is to be seen, or not any more. */
export interface PictureFault {
  readonly end: PlayerEnd;
  readonly message: string;
}

/** Begins to play; the answer ends it. */
type Play = (onFault: PlayerFault) => Promise<() => void>;

/** How long until it is tried again, in ms; what this browser cannot do is not. */
const againMs: Readonly<Record<PlayerEnd, number | undefined>> = {
  // Ten minutes are up.
  over: 500,
  lost: 3_000,
  refused: 8_000,
  unplayable: undefined,
  unsupported: undefined,
};
/** What was over sooner was not what one looked at: it is not asked for again at once. */
const shortMs = 5_000;

/** Plays a live stream until it is closed: what ends is opened again. */
export class LivePicture {
  readonly #play: Play;
  readonly #onFault: (fault: PictureFault | undefined) => void;
  #stop = (): void => undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  /** Which player speaks; whatever an earlier one says is not heard. */
  #turn = 0;

  /** @param onFault told why it does not play, and with undefined that it does. */
  constructor(play: Play, onFault: (fault: PictureFault | undefined) => void) {
    this.#play = play;
    this.#onFault = onFault;
  }

  open(): void {
    this.close();
    const turn = this.#turn;
    const openedAtMs = performance.now();
    const failed: PlayerFault = (message, end) => {
      if (turn !== this.#turn) return;
      this.#turn += 1;
      const isShort = end === 'over' && performance.now() - openedAtMs < shortMs;
      this.#end(message, isShort ? 'lost' : end);
    };
    this.#play(failed).then(
      (stop) => {
        if (turn === this.#turn) this.#stop = stop;
        else stop();
      },
      () => failed('The player cannot be loaded.', 'lost'),
    );
  }

  /** A picture is there. */
  seen(): void {
    this.#onFault(undefined);
  }

  close(): void {
    this.#turn += 1;
    clearTimeout(this.#again);
    const stop = this.#stop;
    this.#stop = () => undefined;
    stop();
  }

  #end(message: string, end: PlayerEnd): void {
    if (end !== 'over') this.#onFault({ end, message });
    const waitMs = againMs[end];
    // Not at once: it is the player itself that tells this, and it is not done yet.
    this.#again = setTimeout(
      () => (waitMs === undefined ? this.close() : this.open()),
      waitMs ?? 0,
    );
  }
}
