import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { createPostJson, newSigningSecret, type PostJson } from '#https-call';
import { Secret, systemClock, systemTimers, type Timers } from '#kernel';
import { createLogger } from '#observability';
import { AddressPolicy } from '#net';
import { openQueues, type Queues } from '#queue';
import { sealKey } from '#vault';
import {
  DeliveryDesk,
  MAILS_PER_HOUR_MAX,
} from '../../apps/worker/src/deliveries/delivery-desk.ts';
import { DeliverySender } from '../../apps/worker/src/deliveries/delivery-sender.ts';
import { Mailer, type Letter } from '../../apps/worker/src/mail/mailer.ts';
import { startOwnRedis, type OwnRedis } from './own-redis.ts';
import { heardIds, openWebhookWorld, verifies, type WebhookWorld } from './webhook-world.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let world: WebhookWorld;
let redis: OwnRedis;
let queues: Queues;
let letters: Letter[];
/** How far the worker's clock is ahead. */
let aheadMs: number;
let log: string[];

beforeEach(async () => {
  [world, redis] = await Promise.all([openWebhookWorld(), startOwnRedis()]);
  queues = openQueues({ url: redis.url, onFault: () => undefined });
  [letters, aheadMs, log] = [[], 0, []];
});
afterEach(async () => {
  await queues.close();
  await Promise.all([world.close(), redis.stop()]);
});

const nowMs = (): number => Date.now() + aheadMs;

/** Nobody waits between two calls to one endpoint. */
const timers: Timers = {
  after(_delayMs, task) {
    queueMicrotask(task);
    return () => undefined;
  },
};

class KeptMail extends Mailer {
  override async send(letter: Letter) {
    letters.push(letter);
    return { kind: 'delivered', status: null } as const;
  }
  override close(): void {}
}

function deskOf(postJson: PostJson = world.receiver.postJson): DeliveryDesk {
  const { database, masterKey } = world;
  const clock = { ...systemClock, wallMs: nowMs };
  const mailer = new KeptMail();
  const logger = createLogger({
    app: 'worker',
    level: 'debug',
    destination: { write: (line) => void log.push(line) },
  });
  const sender = new DeliverySender({ masterKey, postJson, mailer, clock });
  const random = (): number => 0.5;
  return new DeliveryDesk({ database, queues, sender, clock, timers, logger, random });
}

/** Does all that is due now, one after the other, until nothing is. */
async function work(desk = deskOf()): Promise<void> {
  for (;;) {
    const now = new Date(nowMs());
    const due = await world.database.system.deliveries.due(now, now, 100);
    if (due.length === 0) return;
    for (const { id } of due) await desk.deliver(id);
  }
}

/** Lets time pass, with the work that falls due on the way every second. */
async function pass(seconds: number, desk = deskOf()): Promise<void> {
  aheadMs += seconds * SECOND_MS;
  await work(desk);
}

const states = async (endpointId: string) =>
  (await world.deliveries(endpointId)).map(({ state }) => state);

describe('a delivery', () => {
  it('is signed so that a receiver can tell it from a forgery', async () => {
    const { secret } = await world.addEndpoint();
    const [id] = await world.happen(1);
    await work();
    const [call] = world.receiver.heard;
    expect(call?.headers['webhook-id']).toBe(id);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      type: 'push.live',
      data: { id, sequence: 1, code: 'PUSH_LIVE', stream: { name: 'Show' } },
    });
    if (call === undefined) throw new Error('nothing was heard');
    expect(verifies(call, secret, nowMs())).toBe(true);
    expect(verifies(call, newSigningSecret(), nowMs())).toBe(false);
    expect(verifies({ ...call, body: `${call.body} ` }, secret, nowMs())).toBe(false);
    expect(verifies(call, secret, nowMs() + 301 * SECOND_MS)).toBe(false);
  });

  it('is signed by the old and the new secret while one replaces the other', async () => {
    const { id, secret } = await world.addEndpoint();
    const next = newSigningSecret();
    const sealed = sealKey(world.masterKey, `${id}:secret`, next);
    const until = new Date(nowMs() + HOUR_MS);
    await world.database.workspace(DEFAULT_WORKSPACE_ID).webhooks.rotateSecret(id, sealed, until);
    await world.happen(1);
    await work();
    aheadMs += HOUR_MS + SECOND_MS;
    await world.happen(1);
    await work();
    const believed = world.receiver.heard.map((call) => [
      verifies(call, secret, nowMs()) || verifies(call, secret, nowMs() - HOUR_MS),
      verifies(call, next, nowMs()) || verifies(call, next, nowMs() - HOUR_MS),
    ]);
    expect(believed).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it('that meets a fault of the server holds those behind it', async () => {
    await world.addEndpoint();
    const [first, second] = await world.happen(2);
    world.receiver.answers.push({ status: 500 }, { status: 503 });
    await work();
    await pass(4);
    expect(heardIds(world.receiver)).toEqual([first]);
    await pass(2);
    await pass(29);
    expect(heardIds(world.receiver)).toEqual([first, first]);
    await pass(2);
    expect(heardIds(world.receiver)).toEqual([first, first, first, second]);
  });

  it('that is refused three times lets those behind it pass, and is tried on', async () => {
    const { id } = await world.addEndpoint();
    const [first, second] = await world.happen(2);
    world.receiver.answers.push({ status: 400 }, { status: 400 }, { status: 400 });
    await work();
    await pass(6);
    expect(heardIds(world.receiver)).toEqual([first, first]);
    await pass(31);
    expect(heardIds(world.receiver)).toEqual([first, first, first, second]);
    expect(await states(id)).toEqual(['pending', 'delivered']);
    await pass(121);
    expect(heardIds(world.receiver).at(-1)).toBe(first);
    expect(await states(id)).toEqual(['delivered', 'delivered']);
  });

  it('waits as long as the server asks', async () => {
    await world.addEndpoint();
    await world.happen(1);
    world.receiver.answers.push({ status: 429, headers: { 'retry-after': '100' } });
    await work();
    await pass(99);
    expect(world.receiver.heard).toHaveLength(1);
    await pass(2);
    expect(world.receiver.heard).toHaveLength(2);
  });

  it('does not follow a redirect', async () => {
    const { id } = await world.addEndpoint();
    await world.happen(1);
    world.receiver.answers.push({ status: 302, headers: { location: '/elsewhere' } });
    await work();
    expect(world.receiver.heard.map(({ path }) => path)).toEqual(['/hook']);
    expect(await world.deliveries(id)).toMatchObject([
      { state: 'pending', lastStatus: 302, lastFault: expect.stringContaining('not followed') },
    ]);
  });

  it('goes to no private address, though its name was public when it was saved', async () => {
    const { id } = await world.addEndpoint({ target: 'https://rebinding.test/hook' });
    await world.happen(1);
    const guarded = createPostJson({
      policy: new AddressPolicy(),
      resolve: () => Promise.resolve([{ address: '10.0.0.1', family: 4 }]),
      clock: systemClock,
      timers: systemTimers,
    });
    await work(deskOf(guarded));
    expect(await world.deliveries(id)).toMatchObject([
      {
        state: 'pending',
        tries: 1,
        lastStatus: null,
        lastFault: expect.stringContaining('private'),
      },
    ]);
    expect(log.join('')).not.toContain('rebinding.test');
  });

  it('that ends with 410 turns its endpoint off; turned on again, what waits goes on', async () => {
    const { id } = await world.addEndpoint();
    const [first, second] = await world.happen(2);
    world.receiver.answers.push({ status: 410 });
    await work();
    await pass(60);
    const { webhooks } = world.database.workspace(DEFAULT_WORKSPACE_ID);
    expect(await webhooks.find(id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining('410'),
    });
    expect(heardIds(world.receiver)).toEqual([first]);
    await webhooks.change(id, { enabled: true }, new Date(nowMs()));
    await work();
    expect(heardIds(world.receiver)).toEqual([first, first, second]);
    expect(await webhooks.find(id)).toMatchObject({ enabled: true, disabledReason: null });
  });

  it('is given up after 24 hours, and can be sent again as the same event', async () => {
    const { id } = await world.addEndpoint();
    const [eventId] = await world.happen(1);
    const startMs = nowMs();
    world.receiver.answers.push(...Array.from({ length: 100 }, () => ({ status: 500 })));
    while (nowMs() < startMs + DAY_MS + 60 * SECOND_MS) await pass(300);
    expect(await states(id)).toEqual(['dead']);
    const tries = world.receiver.heard.length;
    expect(tries).toBeGreaterThanOrEqual(15);
    expect(tries).toBeLessThanOrEqual(20);
    await pass(DAY_MS / SECOND_MS);
    expect(world.receiver.heard).toHaveLength(tries);
    world.receiver.answers.length = 0;
    const { webhooks } = world.database.workspace(DEFAULT_WORKSPACE_ID);
    const since = new Date(startMs - HOUR_MS);
    expect(await webhooks.replayDead(id, since, new Date(nowMs()))).toBe(1);
    await work();
    expect(heardIds(world.receiver).at(-1)).toBe(eventId);
    expect(await states(id)).toEqual(['delivered']);
  });

  it('of a worker that died is another’s when the claim is over, and no more its own', async () => {
    const { id } = await world.addEndpoint();
    await world.happen(1);
    const { deliveries } = world.database.system;
    const [due] = await deliveries.due(new Date(nowMs()), new Date(nowMs()), 1);
    const dead = await deliveries.claim(due?.id ?? '', new Date(nowMs()));
    await pass(29);
    expect(world.receiver.heard).toHaveLength(0);
    await pass(2);
    expect(world.receiver.heard).toHaveLength(1);
    if (dead === undefined) throw new Error('nothing was claimed');
    const late = { state: 'dead', blocking: true, nextTryAt: new Date(), status: 500 } as const;
    await deliveries.failed(dead, { ...late, fault: 'late' });
    expect(await states(id)).toEqual(['delivered']);
  });

  it('is not made before its turn, whoever asks for it', async () => {
    await world.addEndpoint();
    const [first, second] = await world.happen(2);
    const rows = await world.fresh.query('SELECT id, event_id FROM webhook_deliveries');
    const ofEvent = (eventId: string | undefined) =>
      String(rows.find((row) => row['event_id'] === eventId)?.['id']);
    const desk = deskOf();
    await desk.deliver(ofEvent(second));
    expect(world.receiver.heard).toHaveLength(0);
    await desk.deliver(ofEvent(first));
    expect(heardIds(world.receiver)).toEqual([first, second]);
  });

  it('is one worker’s, though two ask at once', async () => {
    await world.addEndpoint();
    await world.happen(1);
    const now = new Date(nowMs());
    const [due] = await world.database.system.deliveries.due(now, now, 1);
    const desks = [deskOf(), deskOf(), deskOf()];
    await Promise.all(desks.map((desk) => desk.deliver(due?.id ?? '')));
    expect(world.receiver.heard).toHaveLength(1);
  });

  it('goes on without Redis', async () => {
    await world.addEndpoint();
    const ids = await world.happen(3);
    await redis.stop();
    await work();
    expect(heardIds(world.receiver)).toEqual(ids);
  });
});

describe('notices', () => {
  it('tell people once what happens again and again', async () => {
    const { id } = await world.addEndpoint({ format: 'discord' });
    await world.happen(1);
    await work();
    await world.happen(5);
    await work();
    await pass(59);
    expect(world.receiver.heard).toHaveLength(1);
    await pass(2);
    const said = world.receiver.heard.map(
      ({ body }) => (JSON.parse(body) as { content: string }).content,
    );
    expect(said).toEqual([
      expect.stringContaining('It happened'),
      expect.stringContaining(String.raw`\(5 times\)`),
    ]);
    expect(await states(id)).toEqual(Array.from({ length: 6 }, () => 'delivered'));
  });

  it('tell different things apart, and machines each time', async () => {
    const slack = await world.addEndpoint({
      format: 'slack',
      kinds: ['push.live', 'push.stopped'],
    });
    await world.happen(2);
    await world.happen(1, 'PUSH_STOPPED');
    await work();
    expect(
      world.receiver.heard.map(({ body }) => (JSON.parse(body) as { text: string }).text),
    ).toEqual([expect.stringContaining('(2 times)'), expect.stringContaining('push.stopped')]);
    expect(await states(slack.id)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(world.receiver.heard.every(({ headers }) => headers['webhook-id'] === undefined)).toBe(
      true,
    );
  });

  it('by mail are 60 in an hour at most', async () => {
    const kinds = ['push.live'] as const;
    const target = 'ann@example.org';
    for (let index = 0; index < MAILS_PER_HOUR_MAX + 1; index += 1) {
      await world.addEndpoint({ format: 'email', target, kinds });
    }
    await world.happen(1);
    await work();
    expect(letters).toHaveLength(MAILS_PER_HOUR_MAX);
    expect(letters[0]).toEqual({
      to: target,
      subject: '[Forkcast] Show: It happened.',
      text: expect.stringContaining('push.live'),
    });
    await pass(3_600);
    expect(letters).toHaveLength(MAILS_PER_HOUR_MAX + 1);
  });

  it('never show where they go', async () => {
    const target = 'https://localhost:1/api/webhooks/secret-part';
    await world.addEndpoint({ format: 'discord', target });
    await world.happen(1);
    await work();
    expect(log.join('')).toContain('did not arrive');
    expect(log.join('')).not.toContain(new Secret('secret-part').reveal());
  });
});
