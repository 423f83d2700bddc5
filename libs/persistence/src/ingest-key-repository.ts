import { inputRoleSchema, type InputRole } from '#contracts';
import type { ModelQueries } from './coded-client.ts';
import { isId } from './new-id.ts';
import { findStream } from './stream-repository.ts';
import type { StoredIngestKey, StreamRecord } from './stream-repository.ts';
import type { WorkspaceClient } from './workspace-client.ts';

const SECOND_MS = 1_000;
/** Of one stream, shown: rotated as often within its overlap, there may be more. */
const SHOWN_KEYS_MAX = 100;

export interface FoundIngestKey {
  readonly streamId: string;
  readonly keyId: string;
  readonly keyHash: string;
  /** Which of the stream's inputs it opens. */
  readonly role: InputRole;
  /** When its overlap with its successor is over; null for the newest. */
  readonly expiresAtMs: number | null;
}

/** What may be shown of a key. */
export interface IngestKeyRecord {
  readonly id: string;
  readonly role: InputRole;
  readonly hint: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
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

  /** Those that work now, newest first. Undefined: there is no such stream. */
  async list(streamId: string): Promise<readonly IngestKeyRecord[] | undefined> {
    const { queries } = this.#client;
    if ((await findStream(queries, streamId)) === undefined) return undefined;
    const rows = await queries.ingestKey.findMany({
      where: { streamId, ...workingNow() },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: SHOWN_KEYS_MAX,
    });
    return rows.map(({ id, role, keyHint, createdAt, expiresAt }) => ({
      id,
      role: inputRoleSchema.catch('primary').parse(role),
      hint: keyHint,
      createdAt,
      expiresAt,
    }));
  }

  /**
   * From now on it opens nothing. `last`: it is the one key of the primary input, and stays unless
   * `evenLast`.
   */
  async revoke(
    streamId: string,
    keyId: string,
    evenLast: boolean,
  ): Promise<'revoked' | 'missing' | 'last'> {
    if (!isId(keyId)) return 'missing';
    return this.#client.transaction(async (queries, locks) => {
      if (!(await locks.stream(streamId))) return 'missing';
      const working = await queries.ingestKey.findMany({
        where: { streamId, ...workingNow() },
        select: { id: true, role: true },
      });
      const key = working.find(({ id }) => id === keyId);
      if (key === undefined) return 'missing';
      const isLast = working.filter(({ role }) => role === 'primary').length === 1;
      if (key.role === 'primary' && isLast && !evenLast) return 'last';
      await queries.ingestKey.updateMany({
        where: { id: keyId },
        data: { revokedAt: new Date() },
      });
      return 'revoked';
    });
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
    where: { keyHash, stream: { deletedAt: null }, ...workingNow() },
    select: { id: true, streamId: true, keyHash: true, role: true, expiresAt: true },
  });
  if (row === null) return undefined;
  const role = inputRoleSchema.catch('primary').parse(row.role);
  const { streamId, id: keyId, expiresAt } = row;
  return { streamId, keyId, keyHash: row.keyHash, role, expiresAtMs: expiresAt?.getTime() ?? null };
}

function workingNow() {
  const now = new Date();
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
}
