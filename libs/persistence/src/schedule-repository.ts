import type { Beginnings } from '#control';
import type { CodedClient, ModelQueries } from './coded-client.ts';
import type { Prisma, ScheduleEdge } from './generated/client.ts';
import { isId } from './new-id.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';
import { asSeen, assertSeen } from './row-version.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** One start or stop within a schedule's windows. */
export interface EdgeRecord {
  /** Null: the end of the broadcast. */
  readonly destinationId: string | null;
  readonly kind: 'start' | 'stop';
  /** From the start of the window. */
  readonly offsetMinutes: number;
  /** Null: never again. */
  readonly nextDueAt: Date | null;
}

export interface ScheduleSettings extends Beginnings {
  readonly name: string;
  readonly durationMinutes: number;
  readonly endBroadcast: boolean;
  readonly enabled: boolean;
  readonly edges: readonly EdgeRecord[];
}

export interface ScheduleRecord extends ScheduleSettings {
  readonly id: string;
  readonly streamId: string;
  readonly lastDoneAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export type ScheduleCreation =
  | { readonly kind: 'created'; readonly schedule: ScheduleRecord }
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'too-many' };

/** An edge as the one who acts on it sees it. */
export interface StandingEdge extends EdgeRecord, Beginnings {
  readonly id: string;
  readonly scheduleId: string;
  readonly scheduleName: string;
  readonly workspaceId: string;
  readonly streamId: string;
  readonly nextDueAt: Date;
}

const WITH_EDGES = { edges: { orderBy: { id: 'asc' } } } satisfies Prisma.ScheduleInclude;
type ScheduleRow = Prisma.ScheduleGetPayload<{ include: typeof WITH_EDGES }>;
type EdgeRow = ScheduleEdge & { readonly schedule: Omit<ScheduleRow, 'edges'> };

/** Edges looked at in one go; a workspace has far fewer. */
const EDGES_MAX = 10_000;

/** Windows in which a workspace's destinations start and stop by the clock. */
export class ScheduleRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** @param perStreamMax how many a stream may have; counted under the stream's lock. */
  async create(
    streamId: string,
    settings: ScheduleSettings,
    perStreamMax: number,
  ): Promise<ScheduleCreation> {
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries, locks): Promise<ScheduleCreation> => {
      if (!(await locks.stream(streamId))) return { kind: 'no-stream' };
      const count = await queries.schedule.count({ where: { streamId, deletedAt: null } });
      if (count >= perStreamMax) return { kind: 'too-many' };
      const row = await queries.schedule.create({
        data: {
          ...columnsOf(settings),
          workspaceId,
          streamId,
          edges: { create: settings.edges.map((edge) => ({ ...edge })) },
        },
        include: WITH_EDGES,
      });
      return { kind: 'created', schedule: toRecord(row) };
    });
  }

  async find(id: string): Promise<ScheduleRecord | undefined> {
    return findSchedule(this.#client.queries, id);
  }

  /** Newest first. */
  page(streamId: string, query: PageQuery): Promise<RecordPage<ScheduleRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        if (!isId(streamId)) return [];
        const rows = await this.#client.queries.schedule.findMany({
          where: { streamId, deletedAt: null, ...earlierThan('createdAt', after) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          include: WITH_EDGES,
          take,
        });
        return rows.map(toRecord);
      },
    );
  }

  /**
   * Its edges are made anew; when the schedule was last at work is kept.
   *
   * @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given.
   */
  async change(
    id: string,
    settings: ScheduleSettings,
    version?: number,
  ): Promise<ScheduleRecord | undefined> {
    if (!isId(id)) return undefined;
    return this.#client.transaction(async (queries) => {
      const { count } = await queries.schedule.updateMany({
        where: { id, ...THERE, ...asSeen(version) },
        data: { ...columnsOf(settings), version: { increment: 1 } },
      });
      if (count === 0) {
        assertSeen(count, await findSchedule(queries, id));
        return undefined;
      }
      const before = await queries.scheduleEdge.findMany({ where: { scheduleId: id } });
      const edges = settings.edges.map((edge) => ({ ...edge, ...pastOf(edge, before) }));
      await queries.schedule.update({
        where: { id },
        data: { edges: { deleteMany: {}, create: edges } },
      });
      return findSchedule(queries, id);
    });
  }

  /**
   * False when there is none.
   *
   * @throws PersistenceError VERSION_OTHER unless it is `version`, where that is given.
   */
  async remove(id: string, now: Date, version?: number): Promise<boolean> {
    if (!isId(id)) return false;
    const { queries } = this.#client;
    const { count } = await queries.schedule.updateMany({
      where: { id, ...THERE, ...asSeen(version) },
      data: { deletedAt: now, enabled: false },
    });
    if (count === 0) assertSeen(count, await findSchedule(queries, id));
    return count > 0;
  }
}

/** The edges of all schedules that are on. Whoever moves one on is who acts. */
export class ScheduleEdges {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** All that come up again, the next ones first. */
  async standing(): Promise<StandingEdge[]> {
    const rows = await this.#client.queries.scheduleEdge.findMany({
      where: { nextDueAt: { not: null }, schedule: ON },
      orderBy: { nextDueAt: 'asc' },
      include: { schedule: true },
      take: EDGES_MAX,
    });
    return rows.flatMap(toStanding);
  }

  async find(id: string): Promise<StandingEdge | undefined> {
    if (!isId(id)) return undefined;
    const row = await this.#client.queries.scheduleEdge.findFirst({
      where: { id, schedule: ON },
      include: { schedule: true },
    });
    return row === null ? undefined : toStanding(row)[0];
  }

  /** Moves an edge on without acting. False when somebody else has moved it. */
  async pass(edge: StandingEdge, next: Date | null): Promise<boolean> {
    return moveOn(this.#client.queries, edge, next);
  }

  /**
   * Moves an edge on and acts: its destination is started or stopped; without one, `endBroadcast`
   * is asked to. False when somebody else has done it, or its destination is gone. When
   * `endBroadcast` rejects, all stays as it was, so that it is tried again.
   */
  async act(
    edge: StandingEdge,
    next: Date | null,
    now: Date,
    endBroadcast: () => Promise<void>,
  ): Promise<boolean> {
    return this.#client.transaction(async (queries) => {
      if (!(await moveOn(queries, edge, next, now))) return false;
      if (edge.destinationId === null) {
        await endBroadcast();
        return true;
      }
      const { count } = await queries.destination.updateMany({
        where: { id: edge.destinationId, streamId: edge.streamId, deletedAt: null },
        data: { enabled: edge.kind === 'start', version: { increment: 1 } },
      });
      return count > 0;
    });
  }
}

/** Of a stream that is there. */
const THERE = { deletedAt: null, stream: { deletedAt: null } } as const;
const ON = { ...THERE, enabled: true } as const;

async function moveOn(
  queries: ModelQueries,
  { id, nextDueAt }: StandingEdge,
  next: Date | null,
  doneAt?: Date,
): Promise<boolean> {
  const { count } = await queries.scheduleEdge.updateMany({
    where: { id, nextDueAt },
    data: {
      nextDueAt: next,
      lastDueAt: nextDueAt,
      ...(doneAt !== undefined && { lastDoneAt: doneAt }),
    },
  });
  return count > 0;
}

async function findSchedule(
  queries: ModelQueries,
  id: string,
): Promise<ScheduleRecord | undefined> {
  if (!isId(id)) return undefined;
  const row = await queries.schedule.findFirst({ where: { id, ...THERE }, include: WITH_EDGES });
  return row === null ? undefined : toRecord(row);
}

/** What the edge before it, for the same deed, has done. */
function pastOf({ destinationId, kind }: EdgeRecord, before: readonly ScheduleEdge[]) {
  const same = before.find((one) => one.destinationId === destinationId && one.kind === kind);
  return { lastDueAt: same?.lastDueAt ?? null, lastDoneAt: same?.lastDoneAt ?? null };
}

function columnsOf({ edges: _edges, recurrence, ...rest }: ScheduleSettings) {
  return {
    ...rest,
    recurrence: recurrence.kind,
    localDate: recurrence.kind === 'once' ? new Date(`${recurrence.date}T00:00:00Z`) : null,
    weekdays:
      recurrence.kind === 'weekly'
        ? recurrence.weekdays.reduce((bits, day) => bits | (1 << day), 0)
        : 0,
  };
}

function beginningsOf(row: Omit<ScheduleRow, 'edges'>): Beginnings {
  const { timeZone, startsAtMinute, localDate, weekdays } = row;
  if (row.recurrence === 'once' && localDate !== null) {
    const date = localDate.toISOString().slice(0, 10);
    return { timeZone, startsAtMinute, recurrence: { kind: 'once', date } };
  }
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => (weekdays & (1 << day)) !== 0);
  return { timeZone, startsAtMinute, recurrence: { kind: 'weekly', weekdays: days } };
}

function toEdge({ destinationId, kind, offsetMinutes, nextDueAt }: ScheduleEdge): EdgeRecord {
  return { destinationId, kind: kind === 'start' ? 'start' : 'stop', offsetMinutes, nextDueAt };
}

function toRecord(row: ScheduleRow): ScheduleRecord {
  const { id, streamId, name, durationMinutes, endBroadcast, enabled, edges } = row;
  const done = edges.flatMap(({ lastDoneAt }) => lastDoneAt?.getTime() ?? []);
  return {
    ...beginningsOf(row),
    id,
    streamId,
    name,
    durationMinutes,
    endBroadcast,
    enabled,
    edges: edges.map(toEdge),
    lastDoneAt: done.length === 0 ? null : new Date(Math.max(...done)),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    version: row.version,
  };
}

function toStanding(row: EdgeRow): StandingEdge[] {
  const { nextDueAt, ...edge } = toEdge(row);
  if (nextDueAt === null) return [];
  const { id, scheduleId, schedule } = row;
  const { workspaceId, streamId, name: scheduleName } = schedule;
  const where = { id, scheduleId, scheduleName, workspaceId, streamId };
  return [{ ...edge, ...beginningsOf(schedule), ...where, nextDueAt }];
}
