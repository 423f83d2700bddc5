import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, StreamWithKey } from '#contracts';
import { webhookBodySchema, type EventType, type WebhookBody } from '#control';
import { Secret } from '#kernel';
import { mediaSource, publishWithFfmpeg, RtmpSink, waitFor } from '#testing';
import type { RunningProgram } from '#testing';
import { startHttpsReceiver, type HttpsReceiver } from '../integration/https-receiver.ts';
import { verifies } from '../integration/webhook-world.ts';
import { Forkcast } from './forkcast.ts';

const WITHIN_MS = 20_000;
/** A schedule is as fine as a minute. */
const NEXT_MINUTE_MS = 80_000;

const KINDS: readonly EventType[] = [
  'broadcast.started',
  'push.live',
  'push.stopped',
  'schedule.fired',
  'broadcast.ended',
];

describe('who asked is told what happens', () => {
  let forkcast: Forkcast;
  let receiver: HttpsReceiver;
  let mailServer: SMTPServer;
  let sink: RtmpSink;
  let publisher: RunningProgram | undefined;
  let stream: StreamWithKey;
  let main: Destination;
  let secret: Secret;
  const mails: string[] = [];

  beforeAll(async () => {
    const mailPort = await startMailServer();
    forkcast = await Forkcast.start({
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      SMTP_FROM: 'Forkcast <relay@example.org>',
    });
    receiver = await startHttpsReceiver(forkcast.certificates);
    sink = await RtmpSink.open();
    const { api } = forkcast;
    const hook = { name: 'Machine', format: 'standard', url: receiver.url, kinds: KINDS };
    const made = await api.request<{ secret: string }>('POST', '/webhooks', hook);
    secret = new Secret(made.body.secret);
    const mail = { name: 'Person', format: 'email', email: 'ann@example.org' };
    await api.request('POST', '/webhooks', { ...mail, kinds: ['broadcast.started'] });
    stream = await api.createStream({ name: 'Friday show', graceSeconds: 5 });
    const wish = { name: 'Main', url: sink.url, streamKey: 'some-key-of-the-main-one' };
    main = await api.addDestination(stream.id, wish);
    const url = forkcast.publishUrl(stream);
    publisher = publishWithFfmpeg({ url, file: await mediaSource(), endless: true });
    await forkcast.push(main, 'live');
  });

  afterAll(async () => {
    await publisher?.kill();
    await Promise.all([sink.close(), receiver.close()]);
    mailServer.close(() => undefined);
    await forkcast.close();
  });

  async function startMailServer(): Promise<number> {
    mailServer = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onData(incoming, _session, answer) {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          mails.push(Buffer.concat(chunks).toString());
          answer();
        });
      },
    });
    const listener = mailServer.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return (listener.address() as AddressInfo).port;
  }

  const bodies = (): WebhookBody[] =>
    receiver.heard.map(({ body }) => webhookBodySchema.parse(JSON.parse(body)));
  const told = (): EventType[] => bodies().map(({ type }) => type);
  const hears = (type: EventType, withinMs = WITHIN_MS) =>
    waitFor(`${type} is told`, () => told().includes(type), withinMs);

  it('of the broadcast’s begin, signed, and by mail', async () => {
    await hears('push.live');
    expect(told()).toEqual(['broadcast.started', 'push.live']);
    const now = Date.now();
    expect(receiver.heard.every((call) => verifies(call, secret, now))).toBe(true);
    expect(bodies()[1]?.data).toMatchObject({
      stream: { id: stream.id, name: 'Friday show' },
      destination: { id: main.id, name: 'Main' },
    });
    await waitFor('a mail has come', () => mails.length > 0, WITHIN_MS);
    expect(mails[0]).toContain('To: ann@example.org');
    expect(mails[0]).toContain('Friday show');
  });

  it('of what a schedule does', async () => {
    const now = new Date();
    await forkcast.api.request('POST', `/streams/${stream.id}/schedules`, {
      name: 'A short show',
      timeZone: 'UTC',
      recurrence: { kind: 'once', date: now.toISOString().slice(0, 10) },
      startsAt: now.toISOString().slice(11, 16),
      durationMinutes: 3,
      // At the end of a minute the next one is too near.
      destinations: [
        { destinationId: main.id, stopOffsetMinutes: now.getUTCSeconds() < 50 ? 1 : 2 },
      ],
    });
    await hears('schedule.fired', NEXT_MINUTE_MS);
    await forkcast.push(main, 'stopped');
    await hears('push.stopped');
    const fired = bodies().find(({ type }) => type === 'schedule.fired');
    expect(fired?.data).toMatchObject({
      actor: 'schedule A short show',
      destination: { name: 'Main' },
    });
  });

  it('of its end, each in the order of its number', async () => {
    await forkcast.api.endBroadcast(stream.id);
    await hears('broadcast.ended');
    const numbers = bodies().map(({ data }) => data.sequence);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(new Set(told())).toEqual(new Set(KINDS));
  });
});
