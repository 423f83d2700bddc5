import { eventTypeSchema, webhookFormatSchema } from '#control';
import type { EventType, WebhookFormat } from '#control';
import type { ModelQueries } from './coded-client.ts';
import type { Prisma, WebhookDelivery, WebhookEndpoint } from './generated/client.ts';
import { isId, newId } from './new-id.ts';
import type { OutwardDraft } from './outbox-events.ts';
import { readPage } from './page-cursor.ts';
import type { PageQuery, Place, RecordPage } from './page-cursor.ts';
import { asSeen, assertSeen } from './row-version.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** What the workspace may see of an endpoint: neither its target nor its secrets. */
export interface WebhookRecord {
  readonly id: string;
  readonly name: string;
  readonly format: WebhookFormat;
  readonly targetHint: string;
  readonly kinds: EventType[];
  readonly streamId: string | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface NewWebhook {
  readonly id: string;
  readonly name: string;
  readonly format: WebhookFormat;
  readonly targetSealed: string;
  readonly targetHint: string;
  readonly secretSealed: string | null;
  readonly kinds: readonly EventType[];
  readonly streamId: string | null;
  readonly enabled: boolean;
}

export type WebhookChanges = Partial<
  Pick<NewWebhook, 'name' | 'targetSealed' | 'targetHint' | 'kinds' | 'streamId' | 'enabled'>
>;

export interface DeliveryRecord {
  readonly id: string;
  readonly eventId: string;
  readonly sequence: number;
  readonly type: EventType;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly tries: number;
  readonly nextTryAt: Date;
  readonly lastStatus: number | null;
  readonly lastFault: string | null;
  readonly deliveredAt: Date | null;
  readonly createdAt: Date;
}

/** How many endpoints a workspace may have: of all formats, and of those that send mail. */
export interface WebhookLimits {
  readonly all: number;
  readonly email: number;
}

type DeliveryRow = WebhookDelivery & { readonly event: { readonly type: string } };
const WITH_TYPE = { event: { select: { type: true } } } as const;

/** Whom a workspace tells what happens, and what became of each telling. */
export class WebhookRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Undefined when there are as many as there may be; counted under the workspace's lock. */
  async create(webhook: NewWebhook, most: WebhookLimits): Promise<WebhookRecord | undefined> {
    return this.#client.transaction(async (queries, locks) => {
      await locks.workspace();
      const all = await queries.webhookEndpoint.count({ where: { deletedAt: null } });
      const emails = await queries.webhookEndpoint.count({
        where: { deletedAt: null, format: 'email' },
      });
      if (all >= most.all || (webhook.format === 'email' && emails >= most.email)) {
        return undefined;
      }
      const row = await queries.webhookEndpoint.create({
        data: { ...webhook, kinds: [...webhook.kinds], workspaceId: this.#client.workspaceId },
      });
      return toRecord(row);
    });
  }

  async find(id: string): Promise<WebhookRecord | undefined> {
    return findEndpoint(this.#client.queries, id);
  }

  /** Newest first. */
  page(query: PageQuery): Promise<RecordPage<WebhookRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.webhookEndpoint.findMany({
          where: { deletedAt: null, ...olderThan(after) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take,
        });
        return rows.map(toRecord);
      },
    );
  }

  /**
   * What waits for it is tried at once: whoever changes an endpoint has mended it.
   *
   * @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given.
   */
  async change(
    id: string,
    changes: WebhookChanges,
    now: Date,
    version?: number,
  ): Promise<WebhookRecord | undefined> {
    if (!isId(id)) return undefined;
    const { kinds, ...rest } = changes;
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.webhookEndpoint.updateMany({
        where: { deletedAt: null, id, ...asSeen(version) },
        data: {
          ...rest,
          ...(kinds !== undefined && { kinds: [...kinds] }),
          ...(changes.enabled === true && { disabledReason: null }),
          version: { increment: 1 },
        },
      });
      const found = await findEndpoint(queries, id);
      assertSeen(count, found);
      if (found !== undefined) await hurry(queries, id, now);
      return found;
    });
  }

  /** The secret before goes on signing until then, beside the new one. */
  async rotateSecret(
    id: string,
    secretSealed: string,
    previousUntil: Date,
  ): Promise<WebhookRecord | undefined> {
    if (!isId(id)) return undefined;
    return this.#client.transaction(async (queries) => {
      const standing = { deletedAt: null, id, format: 'standard' };
      const before = await queries.webhookEndpoint.findFirst({ where: standing });
      if (before === null) return undefined;
      await queries.webhookEndpoint.updateMany({
        where: standing,
        data: {
          secretSealed,
          previousSecretSealed: before.secretSealed,
          previousSecretUntil: previousUntil,
          version: { increment: 1 },
        },
      });
      return findEndpoint(queries, id);
    });
  }

  /**
   * Wipes target and secrets; what waits for it is given up. False when there is none.
   *
   * @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given.
   */
  async remove(id: string, now: Date, version?: number): Promise<boolean> {
    if (!isId(id)) return false;
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.webhookEndpoint.updateMany({
        where: { deletedAt: null, id, ...asSeen(version) },
        data: {
          deletedAt: now,
          enabled: false,
          targetSealed: '',
          secretSealed: null,
          previousSecretSealed: null,
        },
      });
      if (count === 0) {
        assertSeen(count, await findEndpoint(queries, id));
        return false;
      }
      await queries.webhookDelivery.updateMany({
        where: { endpointId: id, state: 'pending' },
        data: { state: 'dead', claimedUntil: null },
      });
      return true;
    });
  }

  /** Newest first; of one state, or of all. */
  deliveries(
    endpointId: string,
    query: PageQuery & { state?: DeliveryRecord['state'] | undefined },
  ): Promise<RecordPage<DeliveryRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        if (!isId(endpointId)) return [];
        const rows = await this.#client.queries.webhookDelivery.findMany({
          where: {
            endpointId,
            ...(query.state !== undefined && { state: query.state }),
            ...olderThan(after),
          },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          include: WITH_TYPE,
          take,
        });
        return rows.map(toDelivery);
      },
    );
  }

  /** Makes one that has ended wait anew, as the same event. One that waits is left as it is. */
  async replay(endpointId: string, id: string, now: Date): Promise<DeliveryRecord | undefined> {
    if (!isId(endpointId) || !isId(id)) return undefined;
    const where = { endpointId, id };
    await this.#client.queries.webhookDelivery.updateMany({
      where: { ...where, state: { not: 'pending' } },
      data: waitingAnew(now),
    });
    const row = await this.#client.queries.webhookDelivery.findFirst({ where, include: WITH_TYPE });
    return row === null ? undefined : toDelivery(row);
  }

  /** The same for all that were given up, of events since then. How many. */
  async replayDead(endpointId: string, since: Date, now: Date): Promise<number> {
    if (!isId(endpointId)) return 0;
    const { count } = await this.#client.queries.webhookDelivery.updateMany({
      where: { endpointId, state: 'dead', event: { at: { gte: since } } },
      data: waitingAnew(now),
    });
    return count;
  }

  /** An event for this endpoint alone, whatever kinds it asks for. Undefined: there is none. */
  async tellTest(id: string, actor: string, now: Date): Promise<DeliveryRecord | undefined> {
    const endpoint = await this.find(id);
    if (endpoint === undefined) return undefined;
    const { workspaceId } = this.#client;
    const draft = testEvent(endpoint.name, actor, now);
    const sequence = await this.#client.keepOutward(draft);
    await hurry(this.#client.queries, id, now);
    const row = await this.#client.queries.webhookDelivery.create({
      data: {
        id: newId(now.getTime()),
        workspaceId,
        endpointId: id,
        eventId: draft.id,
        sequence,
        // Whoever presses the button wants to know now, not after those that wait.
        blocking: false,
        nextTryAt: now,
        giveUpAt: new Date(now.getTime() + GIVE_UP_AFTER_MS),
      },
      include: WITH_TYPE,
    });
    return toDelivery(row);
  }
}

async function findEndpoint(queries: ModelQueries, id: string): Promise<WebhookRecord | undefined> {
  if (!isId(id)) return undefined;
  const row = await queries.webhookEndpoint.findFirst({ where: { id, deletedAt: null } });
  return row === null ? undefined : toRecord(row);
}

/** What waits for the endpoint is tried at once. */
async function hurry(queries: ModelQueries, endpointId: string, now: Date): Promise<void> {
  await queries.webhookDelivery.updateMany({
    where: { endpointId, state: 'pending' },
    data: { nextTryAt: now },
  });
}

function testEvent(name: string, actor: string, now: Date): Omit<OutwardDraft, 'workspaceId'> {
  return {
    id: newId(now.getTime()),
    type: 'webhook.test',
    at: now.toISOString(),
    stream: null,
    broadcastId: null,
    destination: null,
    code: 'WEBHOOK_TEST',
    message: `This is a test of "${name}"; nothing has happened.`,
    remoteWords: null,
    actor,
  };
}

function waitingAnew(now: Date) {
  return {
    state: 'pending',
    blocking: true,
    tries: 0,
    nextTryAt: now,
    giveUpAt: new Date(now.getTime() + GIVE_UP_AFTER_MS),
    claimedUntil: null,
    deliveredAt: null,
  };
}

function olderThan(after: Place | undefined) {
  if (after === undefined) return {};
  return {
    OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
  } satisfies Prisma.WebhookEndpointWhereInput & Prisma.WebhookDeliveryWhereInput;
}

function toRecord(row: WebhookEndpoint): WebhookRecord {
  const { id, name, targetHint, streamId, enabled, disabledReason, version } = row;
  return {
    id,
    name,
    format: webhookFormatSchema.parse(row.format),
    targetHint,
    kinds: row.kinds.flatMap((kind) => eventTypeSchema.safeParse(kind).data ?? []),
    streamId,
    enabled,
    disabledReason,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version,
  };
}

function toDelivery(row: DeliveryRow): DeliveryRecord {
  const { id, eventId, tries, nextTryAt, lastStatus, lastFault, deliveredAt, createdAt } = row;
  return {
    id,
    eventId,
    sequence: Number(row.sequence),
    type: eventTypeSchema.parse(row.event.type),
    state: row.state === 'delivered' || row.state === 'dead' ? row.state : 'pending',
    tries,
    nextTryAt,
    lastStatus,
    lastFault,
    deliveredAt,
    createdAt,
  };
}
