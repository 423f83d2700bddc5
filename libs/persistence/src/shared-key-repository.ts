import type { WorkspaceClient } from './workspace-client.ts';

/** An enabled destination of another stream, with what its key has in common with others. */
export interface SharedKey {
  readonly id: string;
  readonly name: string;
  readonly streamName: string;
  readonly keyFingerprint: string | null;
}

/** Most that are told: a warning names some, and one is reason enough. */
const SHARED_MAX = 100;

/** Which destinations of a workspace publish with one key. */
export class SharedKeyRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Those of other streams with one of these fingerprints, in the order of their making. */
  async elsewhere(streamId: string, fingerprints: readonly string[]): Promise<SharedKey[]> {
    if (fingerprints.length === 0) return [];
    const rows = await this.#client.queries.destination.findMany({
      where: {
        keyFingerprint: { in: [...fingerprints] },
        enabled: true,
        deletedAt: null,
        streamId: { not: streamId },
        stream: { deletedAt: null },
      },
      include: { stream: { select: { name: true } } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: SHARED_MAX,
    });
    return rows.map(({ id, name, keyFingerprint, stream }) => ({
      id,
      name,
      keyFingerprint,
      streamName: stream.name,
    }));
  }
}
