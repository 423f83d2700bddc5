import type { ModelQueries } from './coded-client.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const MINUTE_SECONDS = 60;

export interface DayOfUse {
  /** Midnight UTC. */
  readonly day: Date;
  readonly pushSeconds: number;
  readonly bytesOut: number;
  readonly outKbpsPeak: number;
}

export interface UseOfWorkspace {
  readonly streams: number;
  readonly destinations: number;
  /** Of the month, oldest first; days without use are left out. */
  readonly days: readonly DayOfUse[];
}

/** What a workspace has and uses. Days are written with the statistics of pushes. */
export class UsageRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** @param since the first day of the month, midnight UTC. */
  async read(since: Date): Promise<UseOfWorkspace> {
    const { stream, destination, usageDay } = this.#client.queries;
    const [streams, destinations, rows] = await Promise.all([
      stream.count({ where: { deletedAt: null } }),
      destination.count({ where: { deletedAt: null } }),
      usageDay.findMany({ where: { day: { gte: since } }, orderBy: { day: 'asc' } }),
    ]);
    const days = rows.map(({ day, pushSeconds, bytesOut, outKbpsPeak }) => ({
      day,
      pushSeconds: Number(pushSeconds),
      bytesOut: Number(bytesOut),
      outKbpsPeak,
    }));
    return { streams, destinations, days };
  }
}

/** The first day of the month that a time is in, in UTC. */
export function monthOf(time: Date): Date {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), 1));
}

/** Relay minutes: how long pushes were live, together. Begun minutes count when they are full. */
export function relayMinutes(pushSeconds: number): number {
  return Math.floor(pushSeconds / MINUTE_SECONDS);
}

/** By workspace, of those that have a quota of minutes: what is left of this month's. */
export async function relayMinutesLeft(
  queries: ModelQueries,
  workspaces: readonly { readonly id: string; readonly relayMinutesMax: number | null }[],
): Promise<ReadonlyMap<string, number>> {
  const quotas = new Map<string, number>();
  for (const { id, relayMinutesMax } of workspaces) {
    if (relayMinutesMax !== null) quotas.set(id, relayMinutesMax);
  }
  if (quotas.size === 0) return quotas;
  const sums = await queries.usageDay.groupBy({
    by: ['workspaceId'],
    where: { workspaceId: { in: [...quotas.keys()] }, day: { gte: monthOf(new Date()) } },
    _sum: { pushSeconds: true },
  });
  const used = new Map(
    sums.map(({ workspaceId, _sum: sum }) => [workspaceId, Number(sum.pushSeconds ?? 0)]),
  );
  return new Map(
    [...quotas].map(([id, max]) => [id, Math.max(0, max - relayMinutes(used.get(id) ?? 0))]),
  );
}
