/** An ingest's id, of letters that take a byte each. */
const NAME_BYTES = 36;

/** The thread is dead that wrote it, or has cleared it: nothing is read half written. */
export type WorkMark = Uint8Array<SharedArrayBuffer>;

/**
 * Whose bytes a lane has at hand, in shared memory: a thread that does not survive them says
 * nothing any more, and what it was doing stands here.
 */
export function createWorkMark(): WorkMark {
  return new Uint8Array(new SharedArrayBuffer(NAME_BYTES));
}

/** The lane's side: the mark stays where `work` never comes back. */
export class MarkedWork {
  readonly #mark: WorkMark;
  readonly #name: Uint8Array;

  constructor(mark: WorkMark, name: string) {
    this.#mark = mark;
    this.#name = Buffer.from(name, 'latin1').subarray(0, NAME_BYTES);
  }

  begin(): void {
    this.#mark.set(this.#name);
  }

  end(): void {
    this.#mark[0] = 0;
  }
}

/** The main thread's side, once the lane is gone; undefined: it had nobody's bytes at hand. */
export function readWorkMark(mark: WorkMark): string | undefined {
  if (mark[0] === 0) return undefined;
  const end = mark.indexOf(0);
  return Buffer.from(mark.slice(0, end < 0 ? undefined : end)).toString('latin1');
}
