import { describe, expect, it } from 'vitest';

import { encodeUserControl } from '../message/control-message.ts';
import { raw, say } from './conversation.fixture.ts';
import { CLIENT_LIMITS } from './session-limits.ts';
import {
  begin,
  connectOk,
  error,
  KEY,
  onStatus,
  publishOk,
  result,
  status,
  Talk,
} from './talk.fixture.ts';

const denied = 'NetStream.Publish.Denied';
const invalid = 'NetConnection.Connect.InvalidApp';
const created = [connectOk, result(4, null, 1)];

describe('a refusal', () => {
  it.each<readonly [name: string, said: readonly Buffer[], event: string]>([
    ['of the app', [error(1, null, status('error', invalid))], `connect: ${invalid}: `],
    [
      'of the app without an id',
      [error(0, null, status('error', invalid))],
      `connect: ${invalid}: `,
    ],
    [
      'of the app, in a result',
      [result(1, null, status('error', invalid))],
      `connect: ${invalid}: `,
    ],
    ['of the app, as a status', [onStatus('error', invalid)], `connect: ${invalid}: `],
    ['without a word', [error(1)], 'connect: : '],
    ['of createStream', [connectOk, error(4, null)], 'publish: : '],
    ['by a result of createStream without a stream', [connectOk, result(4, null)], 'publish: : '],
    ['by a message stream that cannot be', [connectOk, result(4, null, -1)], 'publish: : '],
    ['of the key', [...created, onStatus('error', denied, 'No.')], `publish: ${denied}: No.`],
    [
      'of the key before createStream',
      [connectOk, onStatus('error', denied)],
      `publish: ${denied}: `,
    ],
    ['of publish', [...created, error(5, null, status('error', denied))], `publish: ${denied}: `],
    [
      'by close',
      [...created, say({ name: 'close', id: 0 })],
      'publish: NetConnection.Connect.Closed: close',
    ],
    [
      'of a stream that was live',
      [...created, publishOk, onStatus('error', denied)],
      `live: ${denied}: `,
    ],
    [
      'of a stream that was live, by closing',
      [...created, publishOk, onStatus('status', 'NetConnection.Connect.Closed')],
      'live: NetConnection.Connect.Closed: ',
    ],
  ])('%s is told once, with its stage', (_, said, event) => {
    const talk = begin().feed(
      Buffer.concat([...said, onStatus('error', 'NetStream.Failed'), publishOk]),
      Buffer.from([0xff]),
    );
    expect(talk.events.filter((each) => each.startsWith('rejected'))).toEqual([
      `rejected ${event}`,
    ]);
    expect(talk.session.phase).toBe('rejected');
  });

  it('repeats no stream key, whole, in part or cut', () => {
    const said = `Stream ${KEY} (${KEY.split('?')[0] ?? ''})\r\n is busy`;
    const texts = [said, 'x'.repeat(190) + KEY, `sk_live\0_5f3a?audio=1`];
    for (const text of texts) {
      const talk = begin().feed(...created, onStatus('error', text, text));
      expect(talk.events.at(-1)).toContain('***');
      expect(talk.events.at(-1)).not.toMatch(/sk_li|5f3a/);
    }
  });

  it('repeats no stream key that could be a word of a code', () => {
    const refused = (streamName: string, code: string): string | undefined =>
      begin({ streamName })
        .feed(...created, onStatus('error', code))
        .events.at(-1);
    const secret = 'MySecretStreamName';
    expect(refused(secret, `NetStream.${secret}`)).toBe('rejected publish: NetStream.***: ');
    const busy = 'rejected publish: NetStream.Publish.BadName: ';
    expect(refused(secret, 'NetStream.Publish.BadName')).toBe(busy);
    expect(refused('Publish', 'NetStream.Publish.BadName')).toBe(busy);
    expect(refused('NetStream', 'NetStream.Publish.BadName')).toBe(busy);
  });

  it('is cut to what a log can bear', () => {
    const talk = begin().feed(...created, onStatus('error', 'c'.repeat(3000), 'd'.repeat(3000)));
    expect(talk.events.at(-1)).toBe(`rejected publish: ${'c'.repeat(100)}: ${'d'.repeat(200)}`);
  });
});

describe('a hostile server', () => {
  const failing = (...said: Buffer[]): unknown => {
    const talk = begin();
    try {
      talk.feed(...said);
    } catch (thrown) {
      expect(talk.session.phase).toBe('failed');
      expect(talk.feed(connectOk).events).toEqual(['handshaken']);
      return (thrown as { code?: unknown }).code;
    }
    return 'taken';
  };

  it('has no media for us that could be large', () => {
    const length = CLIENT_LIMITS.mediaMessageBytesMax;
    expect(failing(raw({ type: 9, payload: Buffer.alloc(length) }))).toBe('taken');
    expect(failing(raw({ type: 9, payload: Buffer.alloc(length + 1) }))).toBe(
      'RTMP_MESSAGE_TOO_LARGE',
    );
  });

  it('may not talk for ever before it accepts', () => {
    const pings = (count: number): Buffer[] =>
      Array.from({ length: count }, () => encodeUserControl(6, 1));
    expect(failing(...pings(CLIENT_LIMITS.messagesBeforePublishMax))).toBe('taken');
    expect(failing(...pings(CLIENT_LIMITS.messagesBeforePublishMax + 1))).toBe(
      'RTMP_TOO_MUCH_BEFORE_PUBLISH',
    );
    const message = raw({ type: 9, payload: Buffer.alloc(60_000) });
    expect(failing(message, message, message)).toBe('RTMP_TOO_MUCH_BEFORE_PUBLISH');
  });

  it('is refused at the first byte when it does not speak RTMP', () => {
    const talk = new Talk();
    expect(() => talk.feed(Buffer.from('HTTP/1.1 200 OK'))).toThrow('RTMP: the first byte');
    expect(talk.session.phase).toBe('failed');
    talk.session.unpublish();
    expect(talk.sent).toHaveLength(1);
  });
});
