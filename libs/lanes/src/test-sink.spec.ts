import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { AddressPolicy } from '#net';
import { OutboundConnection } from '#outbound';
import { encodeMessage, MessageType } from '#rtmp';
import { FakeTime } from '#testing';
import { SINK_KEPT_BYTES_MAX, TestSink } from './test-sink.ts';

const TAG_BYTES = 11 + 4;
const FLV_HEADER_BYTES = 13;

/** Legacy FLV: a configuration, a keyframe, a picture between, and AAC. */
const CONFIG = Buffer.from([0x17, 0, 0, 0, 0, 1, 0x64, 0, 31, 0xff, 0xe0]);
const KEYFRAME = Buffer.from([0x17, 1, 0, 0, 0, 0, 0, 0, 1, 0x65]);
const PICTURE = Buffer.from([0x27, 1, 0, 0, 0, 0, 0, 0, 1, 0x41]);
const SOUND_CONFIG = Buffer.from([0xaf, 0, 0x11, 0x90]);
const SOUND = Buffer.from([0xaf, 1, 0x21]);

interface Handed {
  readonly isStart: boolean;
  readonly tags: string[];
}

/** `video@40`, for each tag of these bytes. */
function tagsIn(bytes: Buffer): string[] {
  const tags: string[] = [];
  let at = bytes.subarray(0, 3).toString() === 'FLV' ? FLV_HEADER_BYTES : 0;
  while (at < bytes.length) {
    const length = bytes.readUIntBE(at + 1, 3);
    const kind = { 8: 'audio', 9: 'video', 18: 'data' }[bytes.readUInt8(at)];
    tags.push(`${kind}@${bytes.readUIntBE(at + 4, 3)}`);
    expect(bytes.readUInt32BE(at + 11 + length)).toBe(11 + length);
    at += TAG_BYTES + length;
  }
  return tags;
}

/** An attempt's connection that goes to a sink, published and ready for media. */
async function published() {
  const handed: Handed[] = [];
  const pieces: Buffer[] = [];
  const events: string[] = [];
  const { promise, resolve: onPublishing } = Promise.withResolvers<number>();
  const { promise: ended, resolve: onEnded } = Promise.withResolvers<unknown>();
  let sink: TestSink | undefined;
  const connection = new OutboundConnection(
    { url: 'rtmp://test.invalid/live', streamKey: new Secret('test') },
    {
      policy: new AddressPolicy(),
      resolve: () => Promise.reject(new Error('nothing is resolved')),
      timers: new FakeTime(),
      open: (_url, _options, handler) => {
        sink = new TestSink(handler, (bytes, isStart) => {
          pieces.push(bytes);
          handed.push({ isStart, tags: tagsIn(bytes) });
        });
        return sink;
      },
    },
    {
      onReached: (stage) => events.push(stage),
      onPublishing,
      onAcknowledged: () => undefined,
      onReconnectRequest: () => undefined,
      onEnded,
    },
  );
  connection.start();
  const messageStreamId = await promise;
  const send = (type: number, timestampMs: number, payload: Buffer): void =>
    connection.write(
      encodeMessage({
        chunkStreamId: 6,
        type,
        timestampMs,
        messageStreamId,
        payload,
        chunkBytes: 4_096,
      }),
    );
  if (sink === undefined) throw new Error('the sink was opened');
  return { connection, sink, handed, pieces, events, ended, send };
}

const { VIDEO, AUDIO } = MessageType;

describe('TestSink', () => {
  it('takes a publish as a server would, and is left in order', async () => {
    const { connection, events, ended } = await published();
    expect(events).toEqual(['tcp', 'handshake', 'connect', 'publish']);
    connection.close();
    expect(await ended).toBeUndefined();
  });

  it('hands out nothing while nobody looks', async () => {
    const { send, handed } = await published();
    send(VIDEO, 0, CONFIG);
    send(VIDEO, 0, KEYFRAME);
    expect(handed).toEqual([]);
  });

  it('begins for who comes with the headers and the last keyframe, and goes on', async () => {
    const { send, sink, handed } = await published();
    send(VIDEO, 0, CONFIG);
    send(AUDIO, 0, SOUND_CONFIG);
    send(VIDEO, 0, KEYFRAME);
    send(VIDEO, 40, PICTURE);
    send(VIDEO, 80, KEYFRAME);
    send(AUDIO, 90, SOUND);
    sink.watch(true);
    send(VIDEO, 120, PICTURE);
    sink.watch(false);
    send(VIDEO, 160, PICTURE);
    expect(handed).toEqual([
      { isStart: true, tags: ['video@0', 'audio@0', 'video@80', 'audio@90'] },
      { isStart: false, tags: ['video@120'] },
    ]);
  });

  it('waits for a keyframe where there is none yet', async () => {
    const { send, sink, handed } = await published();
    sink.watch(true);
    send(VIDEO, 0, CONFIG);
    send(VIDEO, 0, PICTURE);
    expect(handed).toEqual([]);
    send(VIDEO, 40, KEYFRAME);
    expect(handed).toEqual([{ isStart: true, tags: ['video@0', 'video@40'] }]);
  });

  it('gives a second viewer a beginning, and the first no gap', async () => {
    const { send, sink, handed } = await published();
    send(VIDEO, 0, CONFIG);
    send(VIDEO, 0, KEYFRAME);
    sink.watch(true);
    send(VIDEO, 40, PICTURE);
    sink.watch(true);
    send(VIDEO, 80, PICTURE);
    expect(handed.slice(1)).toEqual([
      { isStart: false, tags: ['video@40'] },
      { isStart: true, tags: ['video@0', 'video@0', 'video@40'] },
      { isStart: false, tags: ['video@80'] },
    ]);
  });

  it('begins a stream without pictures anywhere', async () => {
    const { send, sink, handed } = await published();
    send(AUDIO, 0, SOUND_CONFIG);
    send(AUDIO, 0, SOUND);
    sink.watch(true);
    expect(handed).toEqual([{ isStart: true, tags: ['audio@0', 'audio@0'] }]);
  });

  it.each([
    [0, true],
    [1, false],
  ])('keeps a group of pictures up to its limit, and not %i bytes past it', async (past, kept) => {
    const { send, sink, handed } = await published();
    const keyframe = Buffer.alloc(SINK_KEPT_BYTES_MAX - TAG_BYTES + past);
    KEYFRAME.copy(keyframe);
    send(VIDEO, 0, keyframe);
    sink.watch(true);
    expect(handed.map(({ isStart }) => isStart)).toEqual(kept ? [true] : []);
  });

  it('keeps its metadata whatever other data come', async () => {
    const { send, sink, pieces } = await published();
    const data = (name: string) => Buffer.from(`\u0002\u0000\n${name}`, 'latin1');
    send(MessageType.DATA_AMF0, 0, data('onMetaData'));
    send(VIDEO, 0, KEYFRAME);
    send(MessageType.DATA_AMF0, 0, data('onCuePoint'));
    sink.watch(true);
    const bytes = Buffer.concat(pieces).toString('latin1');
    expect([bytes.includes('onMetaData'), bytes.includes('onCuePoint')]).toEqual([true, false]);
  });

  it('gives metadata as a file has it, without the word for a server', async () => {
    const { send, sink, pieces } = await published();
    const name = Buffer.from('\u0002\u0000\nonMetaData', 'latin1');
    const word = Buffer.from('\u0002\u0000\r@setDataFrame', 'latin1');
    send(MessageType.DATA_AMF0, 0, Buffer.concat([word, name]));
    send(VIDEO, 0, KEYFRAME);
    sink.watch(true);
    expect(pieces[0]?.subarray(FLV_HEADER_BYTES + 11).subarray(0, name.length)).toEqual(name);
  });
});
