import { headerKey } from '#flv';
import { RingError, type HeaderMessage } from '#ring';
import { MessageTypeId } from './message-type-id.ts';

/**
 * The order receivers want them in, as OBS sends them: by the part of the slot's name that tells.
 */
const ORDER = [
  'data:metadata',
  'data:expected',
  'audio:config',
  'audio:channels',
  'data:config',
  'video:metadata',
  'video:config',
] as const;

/**
 * What one encoder may have kept for it. A dozen tracks of each kind, with their colours and
 * speakers, are half as many messages. Within both limits they fit the block of a ring.
 */
export const HEADER_SET_LIMITS = { messages: 128, bytes: 255 * 1024 } as const;

interface Entry {
  readonly message: HeaderMessage;
  readonly rank: number;
  /** From an encoder connection before this one, which has not said the same yet. */
  stale: boolean;
}

/**
 * What whoever joins must be sent before the first frame: the newest message of each slot, where a
 * slot is one track's configuration, its colours, its speakers, or the stream's metadata.
 */
export class HeaderSet {
  readonly #entries = new Map<string, Entry>();

  /** Takes up where an earlier set of the same broadcast stood; its messages count as stale. */
  constructor(before: readonly HeaderMessage[] = []) {
    for (const { typeId, body } of before) this.offer(typeId, body);
    this.markStale();
  }

  /**
   * `changed`: its slot was empty or held other bytes, and holds a copy of `body` now. `same`:
   * nothing new. `no-header`: it has no slot. `body` is borrowed. Throws RingError
   * RING_HEADERS_TOO_LARGE for one that would not fit: all is then as it was, but that what an
   * encoder before has sent may be forgotten.
   */
  offer(typeId: number, body: Uint8Array): 'changed' | 'same' | 'no-header' {
    const slot = slotOf(typeId, body);
    if (slot === '') return 'no-header';
    const entry = this.#entries.get(slot);
    if (entry !== undefined && Buffer.compare(entry.message.body, body) === 0) {
      entry.stale = false;
      return 'same';
    }
    this.#makeRoom(slot, body.length);
    const message = { typeId, body: Buffer.from(body) };
    this.#entries.set(slot, { message, rank: rankOf(slot), stale: false });
    return 'changed';
  }

  /** A new encoder connection begins: what it does not repeat will be dropped. */
  markStale(): void {
    for (const entry of this.#entries.values()) entry.stale = true;
  }

  /** Forgets what the present encoder has not sent; says whether that was anything. */
  dropStale(): boolean {
    const before = this.#entries.size;
    for (const [slot, entry] of this.#entries) {
      if (entry.stale) this.#entries.delete(slot);
    }
    return this.#entries.size < before;
  }

  /** Metadata, audio configuration, speakers, colours, video configuration; tracks as they came. */
  list(): readonly HeaderMessage[] {
    return inOrder([...this.#entries.values()]);
  }

  /** The same, without what only an encoder connection before the present one has sent. */
  fresh(): readonly HeaderMessage[] {
    return inOrder([...this.#entries.values()].filter(({ stale }) => !stale));
  }

  /** The names of slots are the encoder's too: there is no end of them. */
  #makeRoom(slot: string, bytes: number): void {
    if (this.#hasRoom(slot, bytes)) return;
    // Repeated or not, what an encoder before has sent must not keep this one out.
    this.dropStale();
    if (this.#hasRoom(slot, bytes)) return;
    const { messages } = HEADER_SET_LIMITS;
    const detail = `${bytes} bytes more, beside ${this.#entries.size} of ${messages} messages`;
    throw new RingError('RING_HEADERS_TOO_LARGE', detail);
  }

  #hasRoom(slot: string, moreBytes: number): boolean {
    let messages = 1;
    let bytes = moreBytes;
    for (const [name, { message }] of this.#entries) {
      if (name === slot) continue;
      messages += 1;
      bytes += message.body.length;
    }
    return messages <= HEADER_SET_LIMITS.messages && bytes <= HEADER_SET_LIMITS.bytes;
  }
}

function inOrder(entries: readonly Entry[]): readonly HeaderMessage[] {
  return [...entries].sort((a, b) => a.rank - b.rank).map(({ message }) => message);
}

function slotOf(typeId: number, body: Uint8Array): string {
  switch (typeId) {
    case MessageTypeId.AUDIO:
      return headerKey('audio', body);
    case MessageTypeId.VIDEO:
      return headerKey('video', body);
    default:
      return headerKey('data', body);
  }
}

/** `audio:0+1:config` stands where `audio:config` does. */
function rankOf(slot: string): number {
  const [kind, , packet] = slot.split(':');
  const place = `${kind}:${packet}`;
  return ORDER.findIndex((candidate) => candidate === place);
}
