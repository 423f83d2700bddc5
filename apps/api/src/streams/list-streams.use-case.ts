import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { cursorQuerySchema, destinationSchema, streamSchema, streamStatusSchema } from '#contracts';
import type { StreamStatus } from '#contracts';
import { CodedError, type Clock } from '#kernel';
import type { Live } from '#live';
import type { WorkspaceDatabase } from '#persistence';
import { destinationView } from '../destinations/destination-view.ts';
import { CLOCK, LIVE } from '../infrastructure/tokens.ts';
import type { IngestAddress } from './ingest-addresses.ts';
import { mergeStatus } from './merge-status.ts';
import { streamView } from './stream-view.ts';

/** Streams of one page at most where more than themselves is asked for. */
export const EXPANDED_ITEMS_MAX = 50;

const PARTS = ['destinations', 'status'] as const;
type Part = (typeof PARTS)[number];

export const listStreamsQuerySchema = cursorQuerySchema.extend({
  expand: z
    .string()
    .regex(/^(?:destinations|status)(?:,(?:destinations|status))*$/, 'must be destinations,status')
    .optional()
    .describe(
      'Comma-separated: destinations, status. Then a page has ' +
        `${EXPANDED_ITEMS_MAX} streams at most.`,
    ),
});
export type ListStreamsQuery = z.infer<typeof listStreamsQuerySchema>;

/** A stream in a list, with what was asked for beside it. */
export const listedStreamSchema = streamSchema
  .extend({
    /** All of them, in the order in which they were made. Left out unless asked for. */
    destinations: z.array(destinationSchema).optional(),
    /** Null: nobody can say now. Left out unless asked for. */
    status: streamStatusSchema.nullable().optional(),
  })
  .meta({ id: 'ListedStream' });
type ListedStream = z.infer<typeof listedStreamSchema>;

interface ListedStreams {
  readonly items: ListedStream[];
  readonly nextCursor: string | null;
}

@Injectable()
export class ListStreams {
  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In a number of queries that does not depend on how many streams there are. */
  async run(
    workspace: WorkspaceDatabase,
    { expand, limit, cursor }: ListStreamsQuery,
    address: IngestAddress,
  ): Promise<ListedStreams> {
    const parts = new Set(PARTS.filter((part: Part) => expand?.split(',').includes(part)));
    const most = parts.size === 0 ? limit : Math.min(limit, EXPANDED_ITEMS_MAX);
    const page = await workspace.streams.page({ limit: most, cursor });
    const ids = page.items.map(({ id }) => id);
    const [destinations, statuses] = await Promise.all([
      parts.has('destinations') ? workspace.destinations.ofStreams(ids) : undefined,
      parts.has('status') ? this.statusesOf(workspace, ids) : undefined,
    ]);
    const items = page.items.map((record) => ({
      ...streamView(record, address),
      ...(destinations && {
        destinations: (destinations.get(record.id) ?? []).map(destinationView),
      }),
      ...(statuses && { status: statuses.get(record.id) ?? null }),
    }));
    return { items, nextCursor: page.nextCursor };
  }

  /** None where the live store is away. */
  private async statusesOf(
    workspace: WorkspaceDatabase,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StreamStatus>> {
    const [desired, actual] = await Promise.all([
      workspace.desired.loadMany(ids),
      this.live.status.getStatuses(ids).catch(absent),
    ]);
    if (actual === undefined) return new Map();
    const said = new Map(actual.map((status) => [status.streamId, status]));
    const now = new Date(this.clock.wallMs());
    return new Map(
      desired.map((each) => [each.streamId, mergeStatus(each, said.get(each.streamId), now)]),
    );
  }
}

function absent(thrown: unknown): undefined {
  if (!(thrown instanceof CodedError)) throw thrown;
}
