import { createHash } from 'node:crypto';
import type { EventType } from '#control';
import type { CodedClient } from './coded-client.ts';
import { addDeliveries, writeOutward } from './outbox-events.ts';

/** Something that concerns all workspaces of the instance. */
export interface InstanceEvent {
  readonly type: EventType;
  readonly code: string;
  readonly message: string;
  /** What it is about: told by several relays, or again after a restart, it is one event. */
  readonly key: string;
}

/** Puts it into the outbox of every workspace that has not been told of it. */
export async function tellEveryWorkspace(
  client: CodedClient,
  { key, ...about }: InstanceEvent,
): Promise<void> {
  await client.transaction(async (queries) => {
    const workspaces = await queries.workspace.findMany({
      where: { deletedAt: null },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    const drafts = workspaces.map(({ id: workspaceId }) => ({
      ...about,
      id: idOf(`${workspaceId} ${about.code} ${key}`),
      workspaceId,
      at: new Date().toISOString(),
      stream: null,
      broadcastId: null,
      destination: null,
      remoteWords: null,
      actor: null,
    }));
    const told = await queries.outboxEvent.findMany({
      where: { id: { in: drafts.map(({ id }) => id) } },
      select: { id: true },
    });
    const known = new Set(told.map(({ id }) => id));
    const fresh = drafts.filter(({ id }) => !known.has(id));
    await writeOutward(queries, fresh);
    await addDeliveries(
      queries,
      fresh.map(({ id }) => id),
    );
  });
}

/** A UUID of version 8, the one for ids that are made of something. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text, 'utf8').digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
