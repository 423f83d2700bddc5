import { amfObject } from '#amf';
import { ATTEMPT_MS_MAX } from '#relay-core';
import {
  freePorts,
  ScriptedDestination,
  type CommandAnswer,
  type DestinationScript,
} from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialled, STREAM_KEY, type DialOptions } from './dial.fixture.ts';
import { SESSION_DEADLINES, UNSENT_BYTES_MAX } from './outbound-connection.ts';
import { SOCKET_DEADLINES } from './outbound-socket.ts';

const opened: ScriptedDestination[] = [];
const dialled: Dialled[] = [];

async function open(script: DestinationScript = {}): Promise<ScriptedDestination> {
  const destination = await ScriptedDestination.open(script);
  opened.push(destination);
  return destination;
}

function dial(url: string, options: DialOptions = {}): Dialled {
  const one = new Dialled(url, options);
  dialled.push(one);
  return one.start();
}

afterEach(async () => {
  for (const one of dialled.splice(0)) one.connection.reset();
  await Promise.all(opened.splice(0).map((destination) => destination.close()));
});

const refuse =
  (name: '_error' | 'onStatus', code: string, description = ''): CommandAnswer =>
  (link, { transactionId }) => {
    const status = amfObject({ level: 'error', code, description });
    link.say(name, name === 'onStatus' ? 0 : transactionId, null, status);
  };
const hangUp: CommandAnswer = (link) => link.socket.end();
const cut: CommandAnswer = (link) => link.socket.resetAndDestroy();
const ignore: CommandAnswer = () => undefined;

describe('the deadlines of all steps together', () => {
  it('are over before a push gives its attempt up, so that it is told which step it was', () => {
    const { tcpMs, tlsMs } = SOCKET_DEADLINES;
    const { handshakeMs, connectMs, publishMs } = SESSION_DEADLINES;
    const sumMs = tcpMs + tlsMs + handshakeMs + connectMs + publishMs;
    expect(sumMs).toBeLessThan(ATTEMPT_MS_MAX);
  });
});

describe('a connection to a destination', () => {
  it('reaches each step in order and may then be written to', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    expect(one.events).toEqual(['tcp', 'handshake', 'connect', 'publish', 'publishing on 1']);
    expect(one.time.waiting).toBe(0);
  });

  it('hands the key and an app with a query over byte for byte', async () => {
    const destination = await open();
    const one = dial(destination.url('live2?backup=1'));
    await one.until('publishing on 1');
    const link = await destination.link();
    const [connect] = link.commands;
    expect(connect?.object).toBeInstanceOf(Map);
    const fields = connect?.object as ReadonlyMap<string, unknown>;
    expect(fields.get('app')).toBe('live2?backup=1');
    expect(fields.get('tcUrl')).toBe(destination.url('live2?backup=1'));
    const publish = link.commands.find(({ name }) => name === 'publish');
    expect(publish?.parameters).toEqual([STREAM_KEY, 'live']);
  });

  it('names the codecs to come where they are more than H.264 and AAC', async () => {
    const destination = await open();
    const one = dial(destination.url(), { fourCcs: { video: ['hvc1'], audio: [] } });
    await one.until('connect');
    const [connect] = (await destination.link()).commands;
    const fields = connect?.object as ReadonlyMap<string, unknown>;
    expect(fields.get('fourCcList')).toEqual(['hvc1']);
  });

  it('asks for the app alone, and never for a stream, as a test of the settings', async () => {
    const destination = await open();
    const one = dial(destination.url(), {
      goal: 'connect',
      onEvent: (event, connection) => {
        if (event === 'connect') connection.close();
      },
    });
    expect(await one.ended).toBeUndefined();
    const link = await destination.link();
    expect(await link.ended).toBe('closed');
    expect(link.commandNames).toEqual(['connect']);
    expect(one.time.waiting).toBe(0);
  });

  it('tells what the peer says to have received', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const count = Buffer.alloc(4);
    count.writeUInt32BE(70_000);
    (await destination.link()).send(3, count);
    await one.until('acknowledged');
    expect(one.acknowledgedBytes).toBe(70_000);
  });

  it('ends with a peer that asks for ever and reads no answer', async () => {
    const destination = await open();
    const one = dial(destination.url());
    await one.until('publishing on 1');
    const link = await destination.link();
    link.socket.pause();
    one.connection.write(Buffer.alloc(UNSENT_BYTES_MAX + 8 * 1024 * 1024));
    link.send(4, Buffer.from('000600000001', 'hex'));
    expect(await one.ended).toMatchObject({ code: 'PROTOCOL_ERROR', stage: 'live' });
  });
});

describe('a failure to connect', () => {
  it('is a refusal where nobody listens', async () => {
    const one = dial(`rtmp://127.0.0.1:${(await freePorts(1))[0]}/live`);
    expect(await one.ended).toMatchObject({ code: 'TCP_REFUSED', stage: 'tcp' });
    expect(one.events).toEqual(['ended']);
    expect(one.time.waiting).toBe(0);
  });

  it('is told in words also where several addresses were tried', async () => {
    const one = dial(`rtmp://stream.example:${(await freePorts(1))[0]}/live`, {
      allowed: ['127.0.0.0/8', '::1'],
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
      ],
    });
    const failure = await one.ended;
    expect(failure).toMatchObject({ code: 'TCP_REFUSED', stage: 'tcp' });
    expect(failure?.detail).toMatch(/ECONNREFUSED 127\.0\.0\.1.*; .*ECONNREFUSED 127\.0\.0\.2/);
  });

  it('is a forbidden address, as a literal, or as what a name resolves to', async () => {
    const destination = await open();
    const literal = dial(destination.url(), { allowed: [] });
    const named = dial(destination.url('live', 'stream.example'), { allowed: [] });
    for (const one of [literal, named]) {
      expect(await one.ended).toMatchObject({ code: 'ADDRESS_FORBIDDEN', stage: 'tcp' });
    }
    expect(destination.links).toHaveLength(0);
  });

  it('is a URL that cannot be used, at once', async () => {
    const one = dial('http://127.0.0.1/live');
    expect(one.events).toEqual(['ended']);
    expect(await one.ended).toMatchObject({ code: 'URL_INVALID' });
  });

  it('is a name server that stays silent until the deadline of TCP, and no later', async () => {
    const one = dial('rtmp://stream.example/live', { resolve: () => new Promise(() => undefined) });
    one.time.advance(SOCKET_DEADLINES.tcpMs - 1);
    expect(one.events).toEqual([]);
    one.time.advance(1);
    expect(await one.ended).toMatchObject({ code: 'TCP_TIMEOUT', stage: 'tcp' });
    expect(one.time.waiting).toBe(0);
  });

  it('is silence after accept until the deadline of the handshake, and no later', async () => {
    const destination = await open({ isSilent: true });
    const one = dial(destination.url());
    const link = await destination.link();
    await link.until(() => link.heardBytes > 0);
    one.time.advance(SESSION_DEADLINES.handshakeMs - 1);
    expect(one.events).toEqual(['tcp']);
    one.time.advance(1);
    expect(await one.ended).toMatchObject({ code: 'HANDSHAKE_TIMEOUT', stage: 'handshake' });
    expect(await link.ended).toBe('reset');
  });

  it('is bytes that are no RTMP', async () => {
    const destination = await open({ isSilent: true });
    const one = dial(destination.url());
    (await destination.link()).socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await one.ended).toMatchObject({ code: 'HANDSHAKE_INVALID', stage: 'handshake' });
  });
});

describe('a rejection', () => {
  const bad = 'NetStream.Publish.BadName';
  const denied = 'NetStream.Publish.Denied';
  const app = 'NetConnection.Connect.Rejected';
  const cases: [string, Record<string, CommandAnswer>, { code: string; stage: string }][] = [
    [
      '_error to connect',
      { connect: refuse('_error', app) },
      { code: 'CONNECT_REJECTED', stage: 'connect' },
    ],
    [
      'an error status to connect',
      { connect: refuse('onStatus', app) },
      { code: 'CONNECT_REJECTED', stage: 'connect' },
    ],
    [
      'a close instead of an answer to connect',
      { connect: hangUp },
      { code: 'CLOSED_BEFORE_PUBLISH', stage: 'connect' },
    ],
    [
      '_error to createStream',
      { createStream: refuse('_error', '') },
      { code: 'KEY_REJECTED', stage: 'publish' },
    ],
    ['BadName', { publish: refuse('onStatus', bad) }, { code: 'KEY_BUSY', stage: 'publish' }],
    ['Denied', { publish: refuse('onStatus', denied) }, { code: 'KEY_REJECTED', stage: 'publish' }],
    [
      'a close before publish',
      { publish: hangUp },
      { code: 'CLOSED_BEFORE_PUBLISH', stage: 'publish' },
    ],
    [
      'a reset before publish',
      { publish: cut },
      { code: 'CLOSED_BEFORE_PUBLISH', stage: 'publish' },
    ],
  ];

  it.each(cases)('is %s', async (_name, answers, expected) => {
    const destination = await open({ answers });
    const one = dial(destination.url());
    expect(await one.ended).toMatchObject(expected);
    expect(one.events.at(-1)).toBe('ended');
    expect(one.events).not.toContain('publish');
    expect(one.time.waiting).toBe(0);
  });

  it.each([
    ['connect', SESSION_DEADLINES.connectMs, 'handshake', 'connect'],
    ['publish', SESSION_DEADLINES.publishMs, 'connect', 'publish'],
  ])('is no answer to %s in time', async (command, deadlineMs, before, stage) => {
    const destination = await open({ answers: { [command]: ignore } });
    const one = dial(destination.url());
    const link = await destination.link();
    await link.until(() => link.commandNames.includes(command));
    one.time.advance(deadlineMs - 1);
    expect(one.events.at(-1)).toBe(before);
    one.time.advance(1);
    expect(await one.ended).toMatchObject({ code: 'PUBLISH_TIMEOUT', stage });
  });

  it('never tells the key, however often the server repeats it', async () => {
    const words = `no such key ${STREAM_KEY} (${STREAM_KEY.split('?')[0]})`;
    const destination = await open({ answers: { publish: refuse('onStatus', denied, words) } });
    const failure = await dial(destination.url()).ended;
    expect(failure?.detail).toBe(`${denied}: no such key *** (***)`);
  });
});
