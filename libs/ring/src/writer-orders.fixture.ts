import { RecordFlag } from './ring-layout.ts';
import { RingWriter } from './ring-writer.ts';
import type { HeaderMessage } from './wire-form.ts';

/** What a writer can be told, in a form that crosses threads. */
export type WriterOrder =
  | {
      readonly kind: 'append';
      readonly typeId: number;
      readonly timestampMs: number;
      readonly join: boolean;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'headers'; readonly headers: readonly HeaderMessage[] }
  | { readonly kind: 'publish' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'end' };

export function applyOrder(
  writer: RingWriter,
  memory: SharedArrayBuffer,
  order: WriterOrder,
): RingWriter {
  switch (order.kind) {
    case 'append': {
      const flags = order.join ? RecordFlag.JOIN_POINT : 0;
      writer.append(order.typeId, order.timestampMs, flags, order.body);
      return writer;
    }
    case 'headers':
      writer.setHeaders(order.headers);
      return writer;
    case 'publish':
      writer.publish();
      return writer;
    case 'reopen':
      return new RingWriter(memory);
    case 'end':
      writer.end();
      return writer;
  }
}

const FLOOD_BODY_BYTES_MAX = 6000;

/**
 * A body that proves itself: its number, then bytes that follow from the number and the place.
 * Lengths differ, so that bytes of two messages in one place do not look alike.
 */
export function floodBody(number: number): Buffer {
  const body = Buffer.alloc(8 + (((number * 2654435761) >>> 0) % FLOOD_BODY_BYTES_MAX));
  body.fill((number * 167 + 13) & 0xff);
  body.writeUInt32BE(number, 0);
  body.writeUInt32BE(body.length, 4);
  return body;
}

/** Media time between a flood's messages at its start; it sinks to nothing as the flood rises. */
const FLOOD_STEP_MS = 40;

/**
 * Writes as fast as it can, a join point every fifth message, in batches of three. The bitrate
 * rises all along, so that a ring that can grow does so in every pass.
 */
export function writeFlood(writer: RingWriter, messages: number): void {
  let timestampMs = 0;
  for (let number = 0; number < messages; number += 1) {
    const join = number % 5 === 0;
    timestampMs += Math.round(FLOOD_STEP_MS * (1 - number / messages));
    writer.append(9, timestampMs, join ? RecordFlag.JOIN_POINT : 0, floodBody(number));
    if (number % 3 === 2) writer.publish();
  }
  writer.end();
}
