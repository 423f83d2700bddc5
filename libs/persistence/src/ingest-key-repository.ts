import { inputRoleSchema, type InputRole } from '#contracts';
import type { ModelQueries } from './coded-client.ts';
import { findStream } from './stream-repository.ts';
import type { StoredIngestKey, StreamRecord } from './stream-repository.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const SECOND_MS = 1_000;

export interface FoundIngestKey {
  readonly streamId: string;
  readonly keyId: string;
  readonly keyHash: string;
  /** Which of the stream's inputs it opens. */
  readonly role: InputRole;
}

export interface KeyRotation {
  readonly stream: StreamRecord;
  /** When the key before stops working; earlier keys keep their earlier ends. */
  readonly oldKeyWorksUntil: Date;
}

/** The keys that encoders of a workspace publish with. */
export class IngestKeyRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Gives that input a new key; its old one, if any, works for `overlapSeconds` more. */
  async rotate(
    streamId: string,
    key: StoredIngestKey,
    overlapSeconds: number,
    role: InputRole = 'primary',
  ): Promise<KeyRotation | undefined> {
    const { workspaceId } = this.#client;
    return this.#client.transaction(async (queries, locks) => {
      if (!(await locks.stream(streamId))) return undefined;
      const oldKeyWorksUntil = new Date(Date.now() + overlapSeconds * SECOND_MS);
      await queries.ingestKey.updateMany({
        where: {
          streamId,
          role,
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: oldKeyWorksUntil } }],
        },
        data: { expiresAt: oldKeyWorksUntil },
      });
      await queries.ingestKey.create({
        data: { workspaceId, streamId, role, keyHash: key.hash, keyHint: key.hint },
      });
      const stream = await findStream(queries, streamId);
      return stream && { stream, oldKeyWorksUntil };
    });
  }
}

/** The key if it works now: not revoked, its overlap not over, its stream not deleted. */
export async function findIngestKey(
  queries: ModelQueries,
  keyHash: string,
): Promise<FoundIngestKey | undefined> {
  const row = await queries.ingestKey.findFirst({
    where: {
      keyHash,
      revokedAt: null,
      stream: { deletedAt: null },
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    select: { id: true, streamId: true, keyHash: true, role: true },
  });
  if (row === null) return undefined;
  const role = inputRoleSchema.catch('primary').parse(row.role);
  return { streamId: row.streamId, keyId: row.id, keyHash: row.keyHash, role };
}
