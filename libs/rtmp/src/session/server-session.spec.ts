import { amfObject, encodeAmf0 } from '#amf';
import { AssertionError } from '#kernel';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

import { byteByByte, everyCut } from '../chunk/raw-chunk.fixture.ts';
import { decodeCommand } from '../message/command.ts';
import { encodeSetChunkSize } from '../message/control-message.ts';
import { isMembers } from '../message/status.ts';
import { Conversation, handshakeBytes, raw, say, shortPublish } from './conversation.fixture.ts';
import type { PublishRequest } from './connect-request.ts';
import { encoderCases } from './encoders.fixture.ts';
import { ServerSession } from './server-session.ts';
import { FIELD_LIMITS, SERVER_LIMITS } from './session-limits.ts';

const connected = [
  '5: 002625a0',
  '6: 002625a002',
  '4: 000000000000',
  '_result 1 NetConnection.Connect.Success',
];
const video = (time: number, length = 10): Buffer =>
  raw({ type: 9, time, payload: Buffer.alloc(length, 0x17) });
const connect = (fields = {}): Buffer =>
  Buffer.concat([
    encodeSetChunkSize(4096),
    say({ name: 'connect', id: 1, values: [amfObject({ app: 'live', ...fields })] }),
  ]);
const start = (options: ConstructorParameters<typeof Conversation>[0] = {}): Conversation =>
  new Conversation(options).feed(handshakeBytes);
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (thrown) {
    return (thrown as { code?: unknown }).code;
  }
  return 'taken';
};

describe.each(encoderCases)('$name', ({ said, answers, events }) => {
  const all = Buffer.concat([handshakeBytes, said]);

  it('is answered, and its stream taken', () => {
    const conversation = new Conversation().feed(all);
    expect(conversation.lines).toEqual([...connected, ...answers]);
    expect(conversation.events).toEqual(events);
  });

  it('is taken the same way when cut anywhere', () => {
    for (const pieces of everyCut(said)) {
      const conversation = start().feed(...pieces);
      expect(conversation.events).toEqual(events);
      expect(conversation.lines).toEqual([...connected, ...answers]);
    }
  });

  it('is taken the same way one byte at a time', () => {
    const conversation = new Conversation().feed(...byteByByte(all));
    expect(conversation.events).toEqual(events);
    expect(conversation.lines).toEqual([...connected, ...answers]);
  });
});

describe('authorisation', () => {
  it('comes before anything positive', () => {
    const conversation = start({ onPublish: 'wait' }).feed(shortPublish());
    expect(conversation.session.phase).toBe('authorising');
    expect(conversation.lines).toEqual([...connected, '_result 2 1']);
    conversation.session.accept();
    expect(conversation.session.phase).toBe('publishing');
    expect(conversation.lines.slice(-2)).toEqual([
      '4: 000000000001',
      'onStatus 0 NetStream.Publish.Start on 1',
    ]);
  });

  it('keeps the media that comes meanwhile, in order', () => {
    const lent = Buffer.concat([shortPublish(), video(0), video(20)]);
    const conversation = start({ onPublish: 'wait' }).feed(lent);
    lent.fill(0);
    expect(conversation.events).toEqual(['publish live key']);
    conversation.session.accept();
    conversation.feed(video(40));
    expect(conversation.events).toEqual(['publish live key', '9 at 0', '9 at 20', '9 at 40']);
    expect(conversation.bodies[0]).toEqual(Buffer.alloc(10, 0x17));
  });

  it.each(['NetStream.Publish.Denied', 'NetStream.Publish.BadName'] as const)(
    'refuses with %s and then hears nothing',
    (code) => {
      const conversation = start({ onPublish: 'wait' }).feed(shortPublish(), video(0));
      conversation.session.reject(code, 'No.');
      conversation.feed(video(20), Buffer.alloc(500_000, 0xff));
      expect(conversation.session.phase).toBe('rejected');
      expect(conversation.lines.at(-1)).toBe(`onStatus 0 ${code} on 1`);
      expect(conversation.events).toEqual(['publish live key']);
    },
  );

  it('is asked for once, and answered once', () => {
    const conversation = start({ onPublish: 'wait' }).feed(shortPublish());
    conversation.feed(say({ name: 'publish', id: 9, values: [null, 'other'] }));
    expect(conversation.events).toEqual(['publish live key']);
    expect(conversation.lines.at(-1)).toBe('_error 9 NetConnection.Call.Failed');
    conversation.session.accept();
    expect(() => conversation.session.accept()).toThrow(AssertionError);
    expect(() => conversation.session.reject('NetStream.Publish.Denied', '')).toThrow(
      AssertionError,
    );
  });

  it('gets the name as sent, in a wrapper that does not print', () => {
    const name = 'a/b:c?d=e&f=@';
    const requests: PublishRequest[] = [];
    const session = new ServerSession({
      send: () => undefined,
      onPublish: (request) => requests.push(request),
      onMedia: () => undefined,
      onUnpublish: () => undefined,
    });
    session.feed(Buffer.concat([handshakeBytes, connect({ tcUrl: `'rtmp://a/${name}'` })]));
    session.feed(say({ name: 'publish', id: 5, values: [null, name, 'live'] }));
    expect(requests.map((each) => each.streamName.reveal())).toEqual([name]);
    expect(requests.map((each) => each.tcUrl.reveal())).toEqual([`rtmp://a/${name}`]);
    expect(inspect(requests, { depth: 9 }) + JSON.stringify(requests)).not.toContain('b:c');
  });
});

describe('connect', () => {
  it.each([
    ['live', 'live'],
    ['live/', 'live'],
    ['/live/sub//', 'live/sub'],
    ['live2?backup=1', 'live2?backup=1'],
    ['', ''],
    [7, ''],
    [null, ''],
  ])('takes %j for app %j', (app, taken) => {
    const conversation = start({}).feed(
      connect({ app }),
      say({ name: 'publish', id: 0, values: [null, 'key'] }),
    );
    expect(conversation.events).toEqual([`publish ${taken} key`]);
  });

  it('cleans the name of the encoder', () => {
    const flashVer = `<b>\u0000\u202e\n${'x'.repeat(400)}`;
    const conversation = start().feed(
      connect({ flashVer }),
      say({ name: 'publish', id: 0, values: [null, 'k'] }),
    );
    expect(conversation.events).toEqual([`publish live k <b>${'x'.repeat(253)}`]);
  });

  it('is answered with Enhanced RTMP fields only when some were sent', () => {
    const fieldsOf = (fields: object): unknown[] => {
      const conversation = start().feed(connect(fields));
      const answer = conversation.sent.at(-1) ?? Buffer.alloc(0);
      let keys: unknown[] = [];
      const payload = answer.subarray(answer.indexOf('_result') - 3);
      const { object } = decodeCommand(20, payload);
      if (isMembers(object)) keys = [...object.keys()];
      return keys;
    };
    const enhanced = [
      'fmsVer',
      'capabilities',
      'fourCcList',
      'videoFourCcInfoMap',
      'audioFourCcInfoMap',
      'capsEx',
    ];
    expect(fieldsOf({})).toEqual(['fmsVer', 'capabilities']);
    expect(fieldsOf({ fourCcList: ['hvc1'] })).toEqual(enhanced);
    expect(fieldsOf({ videoFourCcInfoMap: amfObject({ av01: 2 }) })).toEqual(enhanced);
    expect(fieldsOf({ capsEx: 1 })).toEqual(enhanced);
  });

  it('is answered in the chunk size that the answer announces first', () => {
    const conversation = new Conversation({ chunkBytes: 128 }).feed(handshakeBytes, connect());
    const answer = conversation.sent.at(-1) ?? Buffer.alloc(0);
    const announced = answer.indexOf(encodeSetChunkSize(128));
    expect(announced).toBeGreaterThan(0);
    expect(announced).toBeLessThan(answer.indexOf('_result'));
    expect(conversation.lines).toEqual(connected);
  });

  it('is taken once', () => {
    const conversation = start().feed(connect(), connect());
    expect(conversation.lines).toEqual([...connected, '_error 1 NetConnection.Call.Failed']);
  });

  it('must come before publish', () => {
    const early = say({ name: 'publish', id: 1, values: [null, 'key'] });
    expect(codeOf(() => start().feed(early))).toBe('RTMP_OUT_OF_ORDER');
  });
});

describe('commands', () => {
  it('that are unknown are refused, never the connection', () => {
    const conversation = start().feed(
      connect(),
      say({ name: 'getStreamLength', id: 5, values: [null, 'key'] }),
      say({ name: 'whatever', id: 0 }),
      say({ name: '_result', id: 9, values: [null] }),
      say({ name: '_error', id: 9, values: [null] }),
    );
    expect(conversation.lines).toEqual([...connected, '_error 5 NetConnection.Call.Failed']);
  });

  it('that cannot be read end the connection, but are ignored while publishing', () => {
    const garbage = raw({ csid: 3, type: 20, sid: 0, payload: Buffer.from('ff', 'hex') });
    expect(codeOf(() => start().feed(connect(), garbage))).toBe('RTMP_COMMAND_MALFORMED');
    const conversation = start().feed(shortPublish(), garbage, video(0));
    expect(conversation.events).toEqual(['publish live key', '9 at 0']);
  });

  it('that end a stream before it began do nothing', () => {
    const ends = ['deleteStream', 'closeStream', 'releaseStream', 'FCUnpublish'];
    const conversation = start().feed(connect(), ...ends.map((name) => say({ name, id: 0 })));
    expect(conversation.events).toEqual([]);
    expect(conversation.session.phase).toBe('connected');
  });

  it.each([
    ['deleteStream', []],
    ['closeStream', []],
    ['releaseStream', [null, 'key']],
    ['FCUnpublish', [null, 'key']],
  ])('end the stream once: %s', (name, values) => {
    const end = say({ name, id: 0, values });
    const unknown = say({ name: 'unknown', id: 9 });
    const conversation = start().feed(Buffer.concat([shortPublish(), end, end, unknown, video(0)]));
    expect(conversation.events).toEqual(['publish live key', name]);
    expect(conversation.lines).not.toContain('_error 9 NetConnection.Call.Failed');
    expect(conversation.session.phase).toBe('unpublished');
  });
});

describe('media', () => {
  it('before publish is ignored', () => {
    const conversation = start().feed(connect(), video(0));
    expect(conversation.events).toEqual([]);
  });

  it('of an aggregate comes out one by one', () => {
    const tag = (type: number, time: number): Buffer =>
      Buffer.concat([
        Buffer.from([type, 0, 0, 2, time >> 16, time >> 8, time, 0, 0, 0, 0]),
        Buffer.from([type, 9]),
        Buffer.from([0, 0, 0, 13]),
      ]);
    const payload = Buffer.concat([tag(8, 500), tag(9, 520), tag(77, 520), tag(18, 540)]);
    const conversation = start().feed(shortPublish());
    const before = conversation.session.pieces;
    conversation.feed(raw({ type: 22, time: 1000, payload }));
    expect(conversation.session.pieces - before).toBe(1 + 4);
    expect(conversation.events.slice(1)).toEqual(['8 at 1000', '9 at 1020', '18 at 1040']);
    expect(conversation.bodies[1]).toEqual(Buffer.from([9, 9]));
  });

  it('crosses 2^24 and 2^32 milliseconds', () => {
    const times = [0xfffffe, 0xffffff, 0x1000000, 0xfffffffe, 0xffffffff, 0, 1];
    const conversation = start().feed(shortPublish(), ...times.map((time) => video(time, 5000)));
    expect(conversation.events.slice(1)).toEqual(times.map((time) => `9 at ${time}`));
  });
});

describe('limits', () => {
  const named = (name: string): Conversation => start().feed(shortPublish(name));

  it('hold for app', () => {
    const taken = (length: number): unknown =>
      codeOf(() => start().feed(connect({ app: 'a'.repeat(length) })));
    expect(taken(FIELD_LIMITS.appBytesMax)).toBe('taken');
    expect(taken(FIELD_LIMITS.appBytesMax + 1)).toBe('RTMP_FIELD_REFUSED');
  });

  it('hold for tcUrl', () => {
    const taken = (length: number): unknown =>
      codeOf(() => start().feed(connect({ tcUrl: 'a'.repeat(length) })));
    expect(taken(FIELD_LIMITS.textBytesMax)).toBe('taken');
    expect(taken(FIELD_LIMITS.textBytesMax + 1)).toBe('RTMP_FIELD_REFUSED');
  });

  it('hold for the stream name, which no error repeats', () => {
    const { streamNameBytesMax } = FIELD_LIMITS;
    expect(codeOf(() => named('k'.repeat(streamNameBytesMax)))).toBe('taken');
    for (const name of ['k'.repeat(streamNameBytesMax + 1), 'secret\0key', 'secret\r\nkey']) {
      expect(codeOf(() => named(name))).toBe('RTMP_STREAM_NAME_REFUSED');
      expect(() => named(name)).not.toThrow(/secret|kkk/);
    }
    expect(codeOf(() => start().feed(shortPublish(true)))).toBe('RTMP_STREAM_NAME_REFUSED');
    expect(codeOf(() => start().feed(shortPublish(null)))).toBe('RTMP_STREAM_NAME_REFUSED');
  });

  it('hold for messages before publish', () => {
    const many = (count: number): unknown =>
      codeOf(() => start().feed(connect(), ...Array.from({ length: count }, () => video(0))));
    expect(many(SERVER_LIMITS.messagesBeforePublishMax - 1)).toBe('taken');
    expect(many(SERVER_LIMITS.messagesBeforePublishMax)).toBe('RTMP_TOO_MUCH_BEFORE_PUBLISH');
  });

  it('hold for bytes before publish', () => {
    const begin = Buffer.concat([handshakeBytes, encodeSetChunkSize(0xffffff)]);
    const fill = (bytes: number): unknown =>
      codeOf(() =>
        new Conversation().feed(begin, video(0, 200_000).subarray(0, bytes - begin.length)),
      );
    expect(fill(SERVER_LIMITS.bytesBeforePublishMax)).toBe('taken');
    expect(fill(SERVER_LIMITS.bytesBeforePublishMax + 1)).toBe('RTMP_TOO_MUCH_BEFORE_PUBLISH');
  });

  it('end the session: what follows is not looked at', () => {
    const conversation = start();
    expect(() => conversation.feed(Buffer.from([0xc4]))).toThrow('RTMP: a chunk leans on');
    expect(conversation.session.phase).toBe('failed');
    conversation.feed(Buffer.from([0xc4]), shortPublish());
    expect(conversation.lines).toEqual([]);
  });
});

it('refuses a command object that nests without end', () => {
  const nested = Buffer.concat([
    encodeAmf0(['connect', 1]),
    Buffer.from('03000161'.repeat(10_000), 'hex'),
  ]);
  const message = raw({ csid: 3, type: 20, sid: 0, payload: nested });
  expect(codeOf(() => start().feed(encodeSetChunkSize(4096), message))).toBe(
    'RTMP_COMMAND_MALFORMED',
  );
});
