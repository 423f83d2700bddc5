import { answerOf, client, type Named } from './client.ts';

export type PastBroadcast = Named<'BroadcastItem'>;
export type PastBroadcastDetail = Named<'BroadcastDetail'>;
export type Attempt = PastBroadcastDetail['attempts'][number];
export type TimelineEvent = Named<'BroadcastEvent'>;
export type StatisticsPage = Named<'StatisticsAnswer'>;

/** Lines of the list that are read at once. */
const broadcastsPerPage = 20;
const eventsPerPage = 200;
const eventPagesMax = 50;
/** At a minute a point, a month. */
const statisticsPagesMax = 50;

export interface HistoryAsked {
  /** Of one stream; else of all. */
  readonly streamId: string | undefined;
  /** Began in so many days before now; else ever. */
  readonly days: number | undefined;
}

export interface Timeline {
  /** Oldest first. */
  readonly events: readonly TimelineEvent[];
  /** There are more than a page reads. */
  readonly isCut: boolean;
}

const dayMs = 86_400_000;

/** What the page of history asks for. Each call throws an ApiProblem and nothing else. */
export const historyApi = {
  /** Newest first. */
  page({ streamId, days }: HistoryAsked, cursor?: string) {
    const query = {
      limit: broadcastsPerPage,
      ...(streamId !== undefined && { streamId }),
      ...(days !== undefined && { from: new Date(Date.now() - days * dayMs).toISOString() }),
      ...(cursor !== undefined && { cursor }),
    };
    return answerOf(client.GET('/api/v1/broadcasts', { params: { query } }));
  },

  broadcast: (id: string) =>
    answerOf(client.GET('/api/v1/broadcasts/{id}', { params: { path: { id } } })),

  async timeline(id: string): Promise<Timeline> {
    const events: TimelineEvent[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < eventPagesMax; page += 1) {
      const answer: Awaited<ReturnType<typeof eventsAfter>> = await eventsAfter(id, cursor);
      events.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    return { events, isCut: cursor !== null };
  },

  /** From the beginning to the end, in as many answers as it takes. */
  statistics: ({
    id,
    endedAt,
  }: Pick<PastBroadcast, 'id' | 'endedAt'>): Promise<readonly StatisticsPage[]> =>
    wholeStatistics(
      (query) =>
        answerOf(
          client.GET('/api/v1/broadcasts/{id}/statistics', { params: { path: { id }, query } }),
        ),
      endedAt === null ? Date.now() : Date.parse(endedAt),
    ),
};

function eventsAfter(id: string, cursor: string | null) {
  const query = { limit: eventsPerPage, ...(cursor !== null && { cursor }) };
  return answerOf(
    client.GET('/api/v1/broadcasts/{id}/events', { params: { path: { id }, query } }),
  );
}

interface StatisticsAsked {
  readonly from?: string;
  readonly resolution?: '1' | '10' | '60';
}

/**
 * An answer holds so many points and no more; what is behind them is asked for, as coarse as the
 * first was. `endMs` is by this computer's clock: an answer that gets no further is the last.
 */
export async function wholeStatistics(
  pageOf: (asked: StatisticsAsked) => Promise<StatisticsPage>,
  endMs: number,
): Promise<readonly StatisticsPage[]> {
  const pages = [await pageOf({})];
  while (pages.length < statisticsPagesMax) {
    const last = pages.at(-1);
    if (last === undefined) break;
    const { resolution, from, to } = last;
    const stepMs = resolution * 1_000;
    const isWhole = endMs - Date.parse(to) < stepMs;
    if (isWhole || Date.parse(to) - Date.parse(from) <= stepMs) break;
    pages.push(await pageOf({ from: to, resolution: `${resolution}` }));
  }
  return pages;
}
