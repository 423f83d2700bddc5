import { HEADERS_BYTES_MAX, Word, type RingViews } from './ring-layout.ts';
import { RingError } from './ring-error.ts';
import type { HeaderMessage } from './wire-form.ts';

const ENTRY_BYTES = 8;

/** Replaces the header messages under the seqlock. Only the ring's one writer calls this. */
export function writeHeadersBlock(views: RingViews, headers: readonly HeaderMessage[]): void {
  let bytes = 0;
  for (const { body } of headers) bytes += ENTRY_BYTES + body.length;
  if (bytes > HEADERS_BYTES_MAX) {
    throw new RingError('RING_HEADERS_TOO_LARGE', `${bytes} bytes of ${HEADERS_BYTES_MAX}`);
  }
  Atomics.add(views.words, Word.HEADERS_VERSION, 1);
  let at = 0;
  for (const { typeId, body } of headers) {
    at = views.headers.writeUInt32LE(typeId, at);
    at = views.headers.writeUInt32LE(body.length, at);
    views.headers.set(body, at);
    at += body.length;
  }
  Atomics.store(views.words, Word.HEADERS_BYTES, bytes);
  Atomics.add(views.words, Word.HEADERS_VERSION, 1);
}

/** A writer that died while writing headers left them torn: forget them. Says whether it had to. */
export function repairHeadersBlock(views: RingViews): boolean {
  if (!isOdd(headersVersion(views))) return false;
  Atomics.store(views.words, Word.HEADERS_BYTES, 0);
  Atomics.add(views.words, Word.HEADERS_VERSION, 1);
  return true;
}

export function headersVersion(views: RingViews): number {
  return Atomics.load(views.words, Word.HEADERS_VERSION);
}

/**
 * A copy of the block as it stood at `version`; undefined when it was, or came to be, another one.
 * The bytes are only looked into after the second look at the version has proved them whole.
 */
export function copyHeadersBlock(views: RingViews, version: number): HeaderMessage[] | undefined {
  if (isOdd(version)) return undefined;
  const bytes = Math.min(Atomics.load(views.words, Word.HEADERS_BYTES), HEADERS_BYTES_MAX);
  const copy = Buffer.alloc(bytes);
  copy.set(views.headers.subarray(0, bytes));
  // A read-modify-write, because no load before it may be moved behind it.
  if (Atomics.add(views.words, Word.HEADERS_VERSION, 0) !== version) return undefined;
  return parseBlock(copy);
}

function parseBlock(block: Buffer): HeaderMessage[] {
  const headers: HeaderMessage[] = [];
  let at = 0;
  while (at < block.length) {
    const typeId = block.readUInt32LE(at);
    const end = at + ENTRY_BYTES + block.readUInt32LE(at + 4);
    headers.push({ typeId, body: block.subarray(at + ENTRY_BYTES, end) });
    at = end;
  }
  return headers;
}

function isOdd(version: number): boolean {
  return (version & 1) === 1;
}
