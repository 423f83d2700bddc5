/**
 * One broadcast's media in shared memory, in RTMP wire form: one writer, any number of readers in any thread.
 * It knows no sockets and no codecs, never waits for a reader, and never lends bytes that may be torn.
 * Parts: the memory (ring-layout), its bytes (wire-form), the writer, the reader, and the cursor of one connection.
 */
export { Cursor } from './cursor.ts';
export type { CursorOptions, PollAnswer, Span } from './cursor.ts';
export { RingError } from './ring-error.ts';
export type { RingErrorCode } from './ring-error.ts';
export { createRingMemory, HEADERS_BYTES_MAX, RecordFlag } from './ring-layout.ts';
export type { RingSizes } from './ring-layout.ts';
export { emptyRecord, RingReader } from './ring-reader.ts';
export type { JoinPoint, RingRecord } from './ring-reader.ts';
export { RingWriter } from './ring-writer.ts';
export { DELTA_MS_END } from './wire-form.ts';
export type { HeaderMessage } from './wire-form.ts';
