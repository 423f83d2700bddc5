import { resumePolicySchema, takeoverPolicySchema, type DesiredStream } from '#contracts';
import type { ModelQueries } from './coded-client.ts';
import { ingestRulesOf } from './ingest-rules-repository.ts';
import { isId } from './new-id.ts';
import { relayMinutesLeft } from './usage-repository.ts';

const QUOTA = { outKbpsMax: true, relayMinutesMax: true } as const;

/** What owners want of their streams, whole, for the relay that owns them. */
export class DesiredStateRepository {
  readonly #client: { readonly queries: ModelQueries };

  /** All streams', or those of one workspace. */
  constructor(client: { readonly queries: ModelQueries }) {
    this.#client = client;
  }

  /** Undefined when there never was such a stream; `deleted` when there was. */
  async load(streamId: string): Promise<DesiredStream | undefined> {
    const [stream] = await this.loadMany([streamId]);
    return stream;
  }

  async loadMany(streamIds: readonly string[]): Promise<DesiredStream[]> {
    const rows = await this.#client.queries.stream.findMany({
      where: { id: { in: streamIds.filter(isId) } },
      include: {
        slate: { select: { sha256: true } },
        workspace: { select: QUOTA },
        destinations: {
          where: { deletedAt: null },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        },
      },
    });
    const minutesLeft = await relayMinutesLeft(this.#client.queries, rows.map(workspaceOf));
    return rows.map((row) => ({
      streamId: row.id,
      workspaceId: row.workspaceId,
      quota: {
        outKbpsMax: row.workspace.outKbpsMax,
        relayMinutesLeft: minutesLeft.get(row.workspaceId) ?? null,
      },
      ingest: ingestRulesOf(row),
      name: row.name,
      graceSeconds: row.graceSeconds,
      endOnUnpublish: row.endOnUnpublish,
      takeover: takeoverPolicySchema.catch('takeover').parse(row.takeover),
      slate: row.slate?.sha256 ?? null,
      deleted: row.deletedAt !== null,
      destinations: row.destinations.map((destination) => ({
        id: destination.id,
        name: destination.name,
        platform: destination.platform,
        url: destination.url,
        backupUrl: destination.backupUrl,
        sealedKey: destination.sealedKey,
        enabled: destination.enabled,
        delaySeconds: destination.delaySeconds,
        resume: resumePolicySchema.catch('live').parse(destination.resume),
        backupAfter: destination.backupAfter,
        updatedAt: destination.updatedAt.toISOString(),
        restartToken: destination.restartToken,
        keyFingerprint: destination.keyFingerprint,
        certificateSha256: destination.certificateSha256,
      })),
    }));
  }
}

function workspaceOf(row: {
  readonly workspaceId: string;
  readonly workspace: { readonly relayMinutesMax: number | null };
}) {
  return { id: row.workspaceId, relayMinutesMax: row.workspace.relayMinutesMax };
}
