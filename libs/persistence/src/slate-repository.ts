import type { ModelQueries } from './coded-client.ts';
import { isId } from './new-id.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface SlateRecord {
  /** Of the picture, hex. */
  readonly sha256: string;
  readonly mime: string;
  readonly image: Uint8Array<ArrayBuffer>;
}

/** Pictures that streams show while their encoders are away: one each at most. */
export class SlateRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  async find(streamId: string): Promise<SlateRecord | undefined> {
    return findSlate(this.#client.queries, streamId);
  }

  /** Replaces the one before. False when there is no such stream. */
  async put(streamId: string, slate: SlateRecord): Promise<boolean> {
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries, locks) => {
      if (!(await locks.stream(streamId))) return false;
      await queries.slate.deleteMany({ where: { streamId } });
      await queries.slate.create({ data: { ...slate, streamId, workspaceId } });
      return true;
    });
  }

  /** False when there was none. */
  async remove(streamId: string): Promise<boolean> {
    if (!isId(streamId)) return false;
    const { count } = await this.#client.queries.slate.deleteMany({
      where: { streamId, stream: { deletedAt: null } },
    });
    return count > 0;
  }
}

export async function findSlate(
  queries: ModelQueries,
  streamId: string,
): Promise<SlateRecord | undefined> {
  if (!isId(streamId)) return undefined;
  const row = await queries.slate.findFirst({ where: { streamId, stream: { deletedAt: null } } });
  return row === null ? undefined : { sha256: row.sha256, mime: row.mime, image: row.image };
}
