import { amfObject } from '#amf';
import type { AmfValue } from '#amf';
import { AssertionError, Secret } from '#kernel';
import { describe, expect, it } from 'vitest';

import { byteByByte, everyCut, readAll } from '../chunk/raw-chunk.fixture.ts';
import { decodeCommand } from '../message/command.ts';
import {
  encodeAcknowledgement,
  encodeSetPeerBandwidth,
  encodeUserControl,
  encodeWindowAcknowledgementSize,
} from '../message/control-message.ts';
import { isMembers } from '../message/status.ts';
import type { ClientSessionOptions } from './client-session.ts';
import { handshakeBytes, raw, say } from './conversation.fixture.ts';
import {
  begin,
  chunkSize,
  connectOk,
  error,
  KEY,
  live,
  onStatus,
  publishOk,
  result,
  stages,
  status,
  Talk,
} from './talk.fixture.ts';

const asked = [
  'connect 1',
  `releaseStream 2 ${KEY}`,
  `FCPublish 3 ${KEY}`,
  'createStream 4',
  `publish 5 ${KEY} live on 1`,
];

/** What servers answer, from connect to publish, which all must bring the stream live. */
const servers: ReadonlyArray<readonly [name: string, said: Buffer]> = [
  [
    'a server that answers everything',
    Buffer.concat([
      encodeWindowAcknowledgementSize(2_500_000),
      encodeSetPeerBandwidth(2_500_000, 2),
      chunkSize,
      encodeUserControl(0, 0),
      connectOk,
      say({ name: 'onBWDone', id: 0, values: [null, 8192] }),
      result(2, null, undefined),
      say({
        name: 'onFCPublish',
        id: 3,
        values: [null, status('status', 'NetStream.Publish.Start')],
      }),
      result(3, null, undefined),
      result(4, null, 1),
      encodeUserControl(0, 1),
      publishOk,
    ]),
  ],
  [
    'nginx-rtmp: nothing for releaseStream and FCPublish',
    Buffer.concat([chunkSize, connectOk, result(4, null, 1), publishOk]),
  ],
  [
    'a server that refuses releaseStream and FCPublish',
    Buffer.concat([
      chunkSize,
      connectOk,
      error(2, null),
      error(3, null),
      result(4, null, 1),
      publishOk,
    ]),
  ],
  [
    'a server that echoes no transaction id',
    Buffer.concat([
      chunkSize,
      result(0, amfObject({}), status('status', 'NetConnection.Connect.Success')),
      result(0, null, undefined),
      error(0, null),
      result(0, null, 1),
      publishOk,
    ]),
  ],
  [
    'a server that says nothing of its success',
    Buffer.concat([chunkSize, result(1), result(4, null, 1), result(5, null)]),
  ],
  [
    'a server of small chunks whose answers have AMF3 behind them',
    Buffer.concat([
      say({ name: '_result', id: 1, values: [null], chunkBytes: 128 }),
      raw({ csid: 3, type: 20, sid: 0, payload: Buffer.from('0200056f6e425744116e', 'hex') }),
      say({ name: '_result', id: 4, values: [null, 1], chunkBytes: 128 }),
      say({
        name: 'onStatus',
        id: 0,
        values: [null, status('status', 'NetStream.Publish.Start')],
        chunkBytes: 128,
      }),
    ]),
  ],
];

describe.each(servers)('%s', (_, said) => {
  it('is published to', () => {
    const talk = new Talk().feed(handshakeBytes, said);
    expect(talk.events).toEqual(stages);
    expect(talk.lines.filter((line) => !line.startsWith('5: '))).toEqual(asked);
    expect(talk.session.phase).toBe('publishing');
  });

  it('is published to wherever its answers are cut', () => {
    for (const pieces of everyCut(said)) {
      expect(new Talk().feed(handshakeBytes, ...pieces).events).toEqual(stages);
    }
    const whole = Buffer.concat([handshakeBytes, said]);
    expect(new Talk().feed(...byteByByte(whole)).events).toEqual(stages);
  });
});

describe('what a client says', () => {
  const connectOf = (options?: Partial<ClientSessionOptions>): [string, AmfValue][] => {
    const bytes = Buffer.concat(begin(options).sent).subarray(handshakeBytes.length);
    const { object } = decodeCommand(20, readAll([bytes])[0]?.payload ?? Buffer.alloc(0));
    return isMembers(object) ? [...object] : [];
  };

  it('has the shape of OBS', () => {
    expect(connectOf()).toEqual([
      ['app', 'live2'],
      ['type', 'nonprivate'],
      ['flashVer', 'FMLE/3.0 (compatible; FMSc/1.0)'],
      ['swfUrl', 'rtmps://a.example/live2'],
      ['tcUrl', 'rtmps://a.example/live2'],
    ]);
    const said = Buffer.concat(begin().sent).subarray(handshakeBytes.length);
    expect(said.subarray(0, chunkSize.length)).toEqual(chunkSize);
  });

  it('names codecs only where Enhanced RTMP is needed for them', () => {
    const enhanced = (video: string[], audio: string[]) =>
      connectOf({ fourCcs: { video, audio } }).slice(5);
    const capsEx = ['capsEx', 2 + 4 + 8];
    expect(enhanced([], [])).toEqual([]);
    expect(enhanced(['hvc1'], [])).toEqual([
      ['fourCcList', ['hvc1']],
      ['videoFourCcInfoMap', amfObject({ hvc1: 4 })],
      capsEx,
    ]);
    expect(enhanced([], ['Opus'])).toEqual([
      ['fourCcList', ['Opus']],
      ['audioFourCcInfoMap', amfObject({ Opus: 4 })],
      capsEx,
    ]);
    expect(enhanced(['av01'], ['Opus']).map(([name]) => name)).toEqual([
      'fourCcList',
      'videoFourCcInfoMap',
      'audioFourCcInfoMap',
      'capsEx',
    ]);
  });

  it.each(['k?a=b&c=d', 'name@cpcode', 'a/b:c', ''])('sends the key %j byte for byte', (key) => {
    const talk = live({ streamName: new Secret(key) });
    expect(talk.lines).toContain(`publish 5 ${key} live on 1`);
  });

  it('publishes on the message stream the server gave', () => {
    const talk = begin().feed(connectOk, result(4, null, 7), publishOk);
    expect(talk.events.at(-1)).toBe('publishing on 7');
    expect(talk.lines.at(-1)).toBe(`publish 5 ${KEY} live on 7`);
  });

  it('stops after connect when that was the goal', () => {
    const talk = begin({ goal: 'connect' }).feed(connectOk);
    expect(talk.events).toEqual(['handshaken', 'connected']);
    expect(talk.lines).toEqual(['connect 1']);
  });

  it('ends with FCUnpublish and deleteStream, once', () => {
    const talk = live();
    talk.session.unpublish();
    talk.session.unpublish();
    expect(talk.lines.slice(-2)).toEqual([`FCUnpublish 6 ${KEY}`, 'deleteStream 7 1']);
    expect(talk.session.phase).toBe('ended');
    expect(talk.feed(Buffer.alloc(9, 0xff)).events).toEqual(stages);
  });

  it('ends without a word when there is no stream yet', () => {
    const talk = begin();
    talk.session.unpublish();
    talk.feed(connectOk);
    expect(talk.lines).toEqual(['connect 1']);
    expect(talk.events).toEqual(['handshaken']);
  });

  it('starts once', () => {
    expect(() => new Talk().session.start()).toThrow(AssertionError);
  });
});

describe('while live', () => {
  it('only what concerns the publish ends it', () => {
    const talk = live().feed(
      onStatus('error', 'NetStream.Record.NoAccess'),
      onStatus('status', 'NetStream.Publish.Start'),
      error(3, null),
      result(1, null),
      raw({ csid: 3, type: 20, payload: Buffer.from('ff', 'hex') }),
      raw({ type: 9, payload: Buffer.alloc(100) }),
      encodeUserControl(6, 77),
    );
    expect(talk.events).toEqual(stages);
    expect(talk.lines.at(-1)).toBe('4: 00070000004d');
  });

  it('acknowledgements are told as a count that does not wrap', () => {
    const counts = [1000, 0xffffff00, 0x100, 0x80];
    const talk = live().feed(
      encodeAcknowledgement(0x7fffffff),
      ...counts.slice(1).map(encodeAcknowledgement),
    );
    expect(talk.events.slice(stages.length)).toEqual([
      'acknowledged 2147483647',
      'acknowledged 4294967040',
      `acknowledged ${2 ** 32 + 0x100}`,
    ]);
  });

  it('the bytes of the server are acknowledged', () => {
    const talk = live().feed(encodeWindowAcknowledgementSize(2048));
    talk.feed(raw({ type: 9, payload: Buffer.alloc(3000) }));
    expect(talk.lines.at(-1)).toBe(
      `3: ${talk.session.receivedBytes.toString(16).padStart(8, '0')}`,
    );
  });

  it('a bandwidth of the server is answered by our window, once', () => {
    const talk = live().feed(encodeSetPeerBandwidth(9999, 0), encodeSetPeerBandwidth(9999, 0));
    expect(talk.lines.filter((line) => line.startsWith('5: '))).toEqual(['5: 0000270f']);
  });

  it.each<readonly [string, Record<string, AmfValue>, string]>([
    [
      'to another server',
      { tcUrl: 'rtmps://b.example/live2' },
      'reconnect rtmps://b.example/live2',
    ],
    ['to the same', {}, 'reconnect here'],
    ['to nowhere', { tcUrl: 7 }, 'reconnect here'],
    ['to too long a name', { tcUrl: 'x'.repeat(2049) }, 'reconnect here'],
  ])('a request to reconnect %s is told', (_, fields, event) => {
    const info = amfObject({
      level: 'status',
      code: 'NetConnection.Connect.ReconnectRequest',
      ...fields,
    });
    const talk = live().feed(say({ name: 'onStatus', id: 0, values: [null, info] }));
    expect(talk.events.at(-1)).toBe(event);
    expect(talk.session.phase).toBe('publishing');
  });
});
