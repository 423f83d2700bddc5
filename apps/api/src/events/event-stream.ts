import type { Response } from 'express';

/**
 * What one reader may leave unread before it is dropped. A dashboard needs about a thousandth of
 * it.
 */
export const UNREAD_BYTES_MAX = 1024 * 1024;
/** How long a reader's browser waits before it connects again. */
const RETRY_MS = 2000;

/** On whose behalf a stream is open. */
export interface EventStreamOwner {
  /** Whose streams are counted together. */
  readonly account: string;
  /** Of another workspace the reader hears nothing. */
  readonly workspaceId: string;
  /** Whether the caller may still read, asked anew. Resolves to true where nobody can tell. */
  mayStillRead(): Promise<boolean>;
}

/** One entry, already in the form of the wire. */
export interface WireEvent {
  /** Null: nobody knows whose it is, so nobody hears it. */
  readonly workspaceId: string | null;
  readonly id: string;
  readonly text: string;
}

/**
 * One reader. Until it has got the current state, what comes meanwhile is held back; a reader that
 * does not keep up is dropped, and will connect again from where it was.
 */
export class EventStream {
  readonly owner: EventStreamOwner;
  readonly openedAtMs: number;
  readonly #response: Response;
  #held: WireEvent[] | undefined = [];
  #heldBytes = 0;

  constructor(response: Response, owner: EventStreamOwner, openedAtMs: number) {
    this.#response = response;
    this.owner = owner;
    this.openedAtMs = openedAtMs;
  }

  /** Sends the answer's head and what the reader missed, then what came meanwhile and is newer. */
  begin(current: readonly WireEvent[], position: string): void {
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Asks nginx not to hold events back.
      'X-Accel-Buffering': 'no',
    });
    this.#write(`retry: ${RETRY_MS}\n: ready\n\n`);
    for (const event of current) if (this.#mayHear(event)) this.#write(event.text);
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) if (isAfter(event.id, position)) this.send(event);
  }

  /** False when the reader has left too much unread and was dropped by this. */
  send(event: WireEvent): boolean {
    if (!this.#mayHear(event)) return true;
    if (this.#held === undefined) return this.#write(event.text);
    this.#heldBytes += event.text.length;
    this.#held.push(event);
    return this.#dropUnless(this.#heldBytes <= UNREAD_BYTES_MAX);
  }

  /** Keeps the connection and everything between alive; readers ignore it. */
  beat(): void {
    if (this.#held === undefined) this.#write(': beat\n\n');
  }

  end(): void {
    if (this.#response.headersSent) this.#response.end();
    else this.#response.destroy();
  }

  #mayHear({ workspaceId }: WireEvent): boolean {
    return workspaceId === this.owner.workspaceId;
  }

  #write(text: string): boolean {
    if (this.#response.writableEnded || this.#response.destroyed) return true;
    this.#response.write(text);
    return this.#dropUnless(this.#response.writableLength <= UNREAD_BYTES_MAX);
  }

  #dropUnless(keepsUp: boolean): boolean {
    if (!keepsUp) this.#response.destroy();
    return keepsUp;
  }
}

/** Places in Redis' log are `milliseconds-sequence`. */
export function isAfter(id: string, other: string): boolean {
  const [ms = 0, sequence = 0] = id.split('-').map(Number);
  const [otherMs = 0, otherSequence = 0] = other.split('-').map(Number);
  return ms > otherMs || (ms === otherMs && sequence > otherSequence);
}
