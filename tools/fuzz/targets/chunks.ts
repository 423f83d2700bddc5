import { ChunkReader, ChunkWriter, encodeSetChunkSize, type ChunkLimits } from '#rtmp';
import { Choices, cutBy } from '../choices.ts';
import { must, mustEqual, refusalOf } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';
import { anySaid, PUBLISH, SCRIPT_MS_MAX } from './talk.ts';

/** Small enough to be met by inputs of some hundred bytes. */
const SMALL: ChunkLimits = {
  chunkStreamsMax: 3,
  mediaMessageBytesMax: 600,
  otherMessageBytesMax: 300,
  partialBytesMax: 1000,
};
/** As `ChunkLimits` says it of `partialBytesMax`. */
const HELD_SHARE_MAX = 2;
const CUTS = 3;
const WRITTEN_CHUNK_BYTES = 1000;

interface Read {
  readonly messages: readonly (readonly [number, number, number, number, Buffer])[];
  readonly code: string | undefined;
}

function read(pieces: Iterable<Buffer>, limits?: ChunkLimits): Read {
  const reader = new ChunkReader(limits);
  const messages: [number, number, number, number, Buffer][] = [];
  const sink = {
    onMessage: (type: number, timeMs: number, sid: number, csid: number, body: Buffer): void => {
      messages.push([type, timeMs, sid, csid, Buffer.from(body)]);
    },
  };
  const code = refusalOf(() => {
    for (const piece of pieces) {
      reader.feed(piece, sink);
      const heldMax = HELD_SHARE_MAX * (limits?.partialBytesMax ?? Infinity);
      must(reader.heldBytes <= heldMax, 'no more is held than the limit allows');
    }
  });
  return { messages, code };
}

function judge(bytes: Buffer, lengths: readonly number[]): string {
  const whole = read([bytes]);
  mustEqual(read(cutBy(bytes, lengths)), whole, 'wherever it is cut, the same is read');
  const small = read([bytes], SMALL);
  mustEqual(read(cutBy(bytes, lengths), SMALL), small, 'so it is at the limits');
  const writer = new ChunkWriter(WRITTEN_CHUNK_BYTES);
  const written = whole.messages
    .filter(([, , , csid]) => csid !== 2)
    .map(([type, timestampMs, messageStreamId, chunkStreamId, payload]) =>
      writer.write({ type, timestampMs, messageStreamId, chunkStreamId, payload }),
    );
  mustEqual(
    read([encodeSetChunkSize(WRITTEN_CHUNK_BYTES), ...written]).messages,
    whole.messages.filter(([, , , csid]) => csid !== 2),
    'what is written again reads the same',
  );
  const types = new Set(whole.messages.map(([type]) => type));
  return `${whole.code} ${small.code} ${Math.min(types.size, 5)}`;
}

export const CHUNKS: readonly FuzzTarget[] = [
  {
    name: 'chunks',
    ground: ['libs/rtmp/src/chunk/'],
    seeds: [Buffer.concat([Buffer.of(1, 0, 7), PUBLISH])],
    run(input) {
      return judge(input.subarray(CUTS), [...input.subarray(0, CUTS)]);
    },
  },
  {
    // Headers and lengths that fit one another, so that whole messages come of most inputs.
    name: 'messages',
    inputMsMax: SCRIPT_MS_MAX,
    ground: ['libs/rtmp/src/chunk/', 'libs/rtmp/src/message/'],
    seeds: [Buffer.from(Array.from({ length: 64 }, (_, at) => at * 7))],
    run(input) {
      const choices = new Choices(input);
      const lengths = Array.from({ length: CUTS }, () => choices.byte());
      const parts: Buffer[] = [];
      while (!choices.isEmpty && parts.length < 40) parts.push(anySaid(choices));
      return judge(Buffer.concat(parts), lengths);
    },
  },
];
