/**
 * One broadcast's media in shared memory, in RTMP wire form: one writer, readers in any thread.
 * It knows no sockets and no codecs, waits for no reader, and never lends bytes that may be torn.
 * Parts: memory (ring-layout), bytes (wire-form), RingWriter, RingReader, Cursor (one connection),
 * RingGauge (its size).
 */
export { Cursor } from './cursor.ts';
export type { CursorOptions, PollAnswer, Span } from './cursor.ts';
export type { CursorStart } from './pace.ts';
export { RingError } from './ring-error.ts';
export type { RingErrorCode } from './ring-error.ts';
export { RingGauge } from './ring-gauge.ts';
export { createRingMemory, RecordFlag, WINDOW_MS_DEFAULT } from './ring-layout.ts';
export type { RingSizes } from './ring-layout.ts';
export { emptyRecord, RingReader } from './ring-reader.ts';
export type { JoinPoint, RingRecord } from './ring-reader.ts';
export { RingWriter } from './ring-writer.ts';
export type { HeaderMessage } from './wire-form.ts';
