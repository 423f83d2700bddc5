import { decodeAmf0, encodeAmf0 } from '#amf';
import { ChunkReader, ChunkWriter, encodeSetChunkSize, type ChunkSink } from '#rtmp';
import type { Bench } from './bench.ts';
import { connectCommand, metadata, MessageTypeId, sampleSecond } from './sample-second.ts';

/** What a socket gives when it is behind, and one TCP segment. */
const LARGE_PIECE_BYTES = 64 * 1024;
const SMALL_PIECE_BYTES = 1460;
const AMF_REPEATS = 20;

class CountingSink implements ChunkSink {
  messages = 0;

  onMessage(): void {
    this.messages += 1;
  }
}

/** A second of media from the wire, fed in pieces as a socket gives them. */
function chunkReaderBench(chunkBytes: number, pieceBytes: number): Bench {
  const { pieces, chunks } = wireSecond(chunkBytes, pieceBytes);
  const reader = new ChunkReader();
  const sink = new CountingSink();
  reader.feed(encodeSetChunkSize(chunkBytes), sink);
  return {
    name: `chunk reader, chunks of ${chunkBytes}, fed by ${pieceBytes}`,
    unit: 'chunk',
    unitsPerRound: chunks,
    stepsPerRound: pieces.length,
    run: (step) => reader.feed(pieces[step] as Buffer, sink),
  };
}

function wireSecond(chunkBytes: number, pieceBytes: number) {
  const writer = new ChunkWriter(chunkBytes);
  const second = sampleSecond();
  const written = second.map(({ typeId, atMs, body }) =>
    writer.write({
      chunkStreamId: typeId === MessageTypeId.AUDIO ? 4 : 6,
      type: typeId,
      timestampMs: atMs,
      messageStreamId: 1,
      payload: body,
    }),
  );
  const wire = Buffer.concat(written);
  const pieces: Buffer[] = [];
  for (let at = 0; at < wire.length; at += pieceBytes) {
    pieces.push(wire.subarray(at, at + pieceBytes));
  }
  const chunks = second.reduce((sum, { body }) => sum + Math.ceil(body.length / chunkBytes), 0);
  return { pieces, chunks };
}

function amfBenches(): Bench[] {
  const values = [connectCommand, metadata];
  const encoded = values.map((value) => encodeAmf0(value));
  const repeats = { unit: 'message', unitsPerRound: 2 * AMF_REPEATS, stepsPerRound: AMF_REPEATS };
  return [
    {
      ...repeats,
      name: 'AMF decode, connect and onMetaData',
      run: () => {
        for (const bytes of encoded) decodeAmf0(bytes);
      },
    },
    {
      ...repeats,
      name: 'AMF encode, connect and onMetaData',
      run: () => {
        for (const value of values) encodeAmf0(value);
      },
    },
  ];
}

export function wireBenches(): Bench[] {
  return [
    chunkReaderBench(128, LARGE_PIECE_BYTES),
    chunkReaderBench(128, SMALL_PIECE_BYTES),
    chunkReaderBench(4096, LARGE_PIECE_BYTES),
    chunkReaderBench(4096, SMALL_PIECE_BYTES),
    ...amfBenches(),
  ];
}
