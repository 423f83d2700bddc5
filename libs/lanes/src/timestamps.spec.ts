import { ScriptedDestination } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  AAC_CONFIG,
  AVC_CONFIG,
  audioFrame,
  videoFrame,
  type TestEncoder,
} from './encoder.fixture.ts';
import { LanesUnderTest } from './lane-thread.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;
const CHUNK_BYTES = 128;
const CHUNK_STREAM_ID = 4;
/**
 * From here on the time of a chunk's header is told in four bytes behind it (RTMP 1.0, 5.3.1.3).
 */
const EXTENDED_FROM_MS = 0xffffff;
const FRAME_MS = 20;

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

interface Message {
  readonly type: number;
  /** As the encoder counts: beyond 2^32 too, which the wire does not know. */
  readonly timeMs: number;
  readonly body: Buffer;
}

/**
 * A message as an encoder writes it that tells absolute times; whether it says the extended
 * timestamp again before each further chunk is what encoders do not agree on. Written against RTMP
 * 1.0, not against our own writer.
 */
function chunksOf({ type, timeMs, body }: Message, isRepeated: boolean): Buffer {
  const time = timeMs % 2 ** 32;
  const isExtended = time >= EXTENDED_FROM_MS;
  const extended = Buffer.alloc(isExtended ? 4 : 0);
  if (isExtended) extended.writeUInt32BE(time);
  const header = Buffer.alloc(12);
  header[0] = CHUNK_STREAM_ID;
  header.writeUIntBE(isExtended ? EXTENDED_FROM_MS : time, 1, 3);
  header.writeUIntBE(body.length, 4, 3);
  header[7] = type;
  header.writeUInt32LE(1, 8);
  const pieces = [header, extended, body.subarray(0, CHUNK_BYTES)];
  for (let from = CHUNK_BYTES; from < body.length; from += CHUNK_BYTES) {
    pieces.push(Buffer.of(0xc0 | CHUNK_STREAM_ID));
    if (isRepeated) pieces.push(extended);
    pieces.push(body.subarray(from, from + CHUNK_BYTES));
  }
  return Buffer.concat(pieces);
}

/** Video and sound around `edgeMs`, some three seconds of them, with one keyframe a second. */
function messagesAround(edgeMs: number): Message[] {
  const startMs = edgeMs - 1_500;
  return Array.from({ length: 150 }, (_, index) => {
    const timeMs = startMs + index * FRAME_MS;
    const number = index + 1;
    if (index % 2 === 1) return { type: AUDIO, timeMs, body: audioFrame(number) };
    const kind = index % 50 === 0 ? 'keyframe' : 'inter';
    return { type: VIDEO, timeMs, body: videoFrame(number, kind, 100 + number * 7) };
  });
}

function send({ socket }: TestEncoder, message: Message, isRepeated: boolean): void {
  socket.write(chunksOf(message, isRepeated));
}

describe('an encoder whose timestamps cross', { timeout: 30_000 }, () => {
  it.each([
    ['2^24 − 1 ms, repeated', EXTENDED_FROM_MS, true],
    ['2^24 − 1 ms, not repeated', EXTENDED_FROM_MS, false],
    ['2^32 ms, repeated', 2 ** 32, true],
    ['2^32 ms, not repeated', 2 ** 32, false],
  ])(
    '%s in further chunks, is one unbroken stream for a destination',
    async (_what, edgeMs, isRepeated) => {
      const lanes = await LanesUnderTest.start(1);
      const destination = await ScriptedDestination.open();
      opened.push(lanes, destination);
      const { encoder, ring } = await lanes.publish({ chunkBytes: CHUNK_BYTES });
      const messages = messagesAround(edgeMs);
      const [first] = messages;
      const startMs = first?.timeMs ?? 0;
      send(encoder, { type: VIDEO, timeMs: startMs, body: AVC_CONFIG }, isRepeated);
      send(encoder, { type: AUDIO, timeMs: startMs, body: AAC_CONFIG }, isRepeated);
      if (first !== undefined) send(encoder, first, isRepeated);
      await lanes.reports.next('ingest-joinable');
      lanes.attempt(0, { attemptId: 'one', ring, url: destination.url() });
      const link = await destination.link();
      await link.until(() => link.media.length >= 3);
      for (const message of messages.slice(1)) send(encoder, message, isRepeated);
      await link.until(() => link.media.length >= 2 + messages.length);
      const heard = link.media.slice(2);
      expect(heard.map(({ timestampMs }) => timestampMs)).toEqual(
        messages.map(({ timeMs }) => timeMs - startMs),
      );
      expect(heard.every(({ body }, index) => messages[index]?.body.equals(body))).toBe(true);
    },
  );
});
