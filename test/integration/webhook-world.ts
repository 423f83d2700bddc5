import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { EventType, WebhookFormat } from '#control';
import { newSigningSecret } from '#https-call';
import { Secret } from '#kernel';
import { newId, openDatabase } from '#persistence';
import type { Database } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { startHttpsReceiver } from './https-receiver.ts';
import type { HeardCall, HttpsReceiver } from './https-receiver.ts';

/** A workspace with a stream, something that happens there, and somebody who is told. */
export interface WebhookWorld {
  readonly fresh: FreshDatabase;
  readonly database: Database;
  readonly masterKey: MasterKey;
  readonly receiver: HttpsReceiver;
  /** Makes an endpoint; without a target it is the receiver. */
  addEndpoint(options?: EndpointOptions): Promise<{ id: string; secret: Secret }>;
  /** Makes so many events happen, each `push.live`; their ids in order. */
  happen(count: number, code?: string): Promise<string[]>;
  deliveries(endpointId: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly format?: WebhookFormat;
  readonly target?: string;
  readonly kinds?: readonly EventType[];
}

export async function openWebhookWorld(): Promise<WebhookWorld> {
  const [fresh, receiver] = await Promise.all([freshDatabase(), startHttpsReceiver()]);
  const database = openDatabase({ url: fresh.url });
  const masterKey = MasterKey.fromBase64(randomBytes(32).toString('base64'));
  const [streamId, broadcastId] = [newId(), newId()];
  await fresh.addStream(streamId);
  let position = 0;
  return {
    fresh,
    database,
    masterKey,
    receiver,
    async addEndpoint(options = {}) {
      const { format = 'standard', target = receiver.url, kinds = ['push.live'] } = options;
      const id = newId();
      const secret = newSigningSecret();
      const created = await database.workspace(DEFAULT_WORKSPACE_ID).webhooks.create(
        {
          id,
          name: 'Hook',
          format,
          kinds,
          targetSealed: sealKey(masterKey, `${id}:target`, new Secret(target)),
          targetHint: 'hint',
          secretSealed: format === 'standard' ? sealKey(masterKey, `${id}:secret`, secret) : null,
          streamId: null,
          enabled: true,
        },
        { all: 100, email: 100 },
      );
      if (created === undefined) throw new Error('no endpoint was made');
      return { id, secret };
    },
    async happen(count, code = 'PUSH_LIVE') {
      const ids = Array.from({ length: count }, () => newId());
      await database.system.history.write(
        ids.map((id) => ({
          kind: 'event',
          id,
          broadcastId,
          streamId,
          at: new Date().toISOString(),
          position: (position += 1),
          about: 'push',
          code,
          message: 'It happened.',
        })),
      );
      return ids;
    },
    deliveries: (endpointId) =>
      fresh.query(
        `SELECT event_id AS "eventId", state, blocking, tries, last_status AS "lastStatus",
           last_fault AS "lastFault" FROM webhook_deliveries WHERE endpoint_id = $1
         ORDER BY sequence`,
        [endpointId],
      ),
    async close() {
      await database.close();
      await Promise.all([fresh.drop(), receiver.close()]);
    },
  };
}

/**
 * What a receiver does, written from the text of Standard Webhooks and from nothing of ours: five
 * minutes of tolerance, any of the signatures, compared in constant time.
 */
export function verifies({ headers, body }: HeardCall, secret: Secret, nowMs: number): boolean {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => String(headers[name]),
  );
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > 300) return false;
  const key = Buffer.from(secret.reveal().slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return (signatures ?? '').split(' ').some((signature) => {
    const [version, encoded = ''] = signature.split(',');
    const given = Buffer.from(encoded, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Ids of the events that were heard of, in order. */
export const heardIds = ({ heard }: HttpsReceiver): (string | undefined)[] =>
  heard.map(({ headers }) => headers['webhook-id']?.toString());
