import type { CodedClient } from './coded-client.ts';
import { isId } from './new-id.ts';
import { lockStream } from './stream-repository.ts';

export interface SlateRecord {
  /** Of the picture, hex. */
  readonly sha256: string;
  readonly mime: string;
  readonly image: Uint8Array<ArrayBuffer>;
}

/** Pictures that streams show while their encoders are away: one each at most. */
export class SlateRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async find(streamId: string): Promise<SlateRecord | undefined> {
    if (!isId(streamId)) return undefined;
    const row = await this.#client.queries.slate.findFirst({
      where: { streamId, stream: { deletedAt: null } },
    });
    return row === null ? undefined : { sha256: row.sha256, mime: row.mime, image: row.image };
  }

  /** Replaces the one before. False when there is no such stream. */
  async put(streamId: string, slate: SlateRecord): Promise<boolean> {
    return this.#client.transaction(async (queries) => {
      if (!(await lockStream(queries, streamId))) return false;
      const createdAt = new Date();
      await queries.slate.upsert({
        where: { streamId },
        create: { streamId, ...slate, createdAt },
        update: { ...slate, createdAt },
      });
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
