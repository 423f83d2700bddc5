import { isId } from './new-id.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface AuthoriseRecord {
  readonly url: string;
  readonly secretSealed: string;
  readonly fallback: 'refuse' | 'allow';
}

/** What an owner lays down for a stream's encoders, beside keys. */
export interface IngestRulesRecord {
  readonly allowedCidrs: readonly string[];
  readonly kbpsMax: number | null;
  readonly signingKeySealed: string | null;
  readonly authorise: AuthoriseRecord | null;
}

const FIELDS = {
  allowedCidrs: true,
  ingestKbpsMax: true,
  signingKeySealed: true,
  authoriseUrl: true,
  authoriseSecretSealed: true,
  authoriseFallback: true,
} as const;

export interface IngestRulesRow {
  readonly allowedCidrs: string[];
  readonly ingestKbpsMax: number | null;
  readonly signingKeySealed: string | null;
  readonly authoriseUrl: string | null;
  readonly authoriseSecretSealed: string | null;
  readonly authoriseFallback: string;
}

/** The rules of the streams of a workspace that are not deleted. */
export class IngestRulesRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  async find(streamId: string): Promise<IngestRulesRecord | undefined> {
    if (!isId(streamId)) return undefined;
    const row = await this.#client.queries.stream.findFirst({
      where: { id: streamId, deletedAt: null },
      select: FIELDS,
    });
    return row === null ? undefined : ingestRulesOf(row);
  }

  /** False: there is no such stream. */
  async change(
    streamId: string,
    rules: Partial<Omit<IngestRulesRecord, 'signingKeySealed'>>,
  ): Promise<boolean> {
    if (!isId(streamId)) return false;
    const { allowedCidrs, kbpsMax, authorise } = rules;
    const { count } = await this.#client.queries.stream.updateMany({
      where: { id: streamId, deletedAt: null },
      data: {
        ...(allowedCidrs !== undefined && { allowedCidrs: [...allowedCidrs] }),
        ...(kbpsMax !== undefined && { ingestKbpsMax: kbpsMax }),
        ...(authorise !== undefined && {
          authoriseUrl: authorise?.url ?? null,
          authoriseSecretSealed: authorise?.secretSealed ?? null,
          authoriseFallback: authorise?.fallback ?? 'refuse',
        }),
        version: { increment: 1 },
      },
    });
    return count > 0;
  }

  /**
   * The key that signs the stream's publish links: the one there is, or this one from now on.
   * Undefined: there is no such stream.
   */
  async signingKey(streamId: string, newSealed: string): Promise<string | undefined> {
    if (!isId(streamId)) return undefined;
    await this.#client.queries.stream.updateMany({
      where: { id: streamId, deletedAt: null, signingKeySealed: null },
      data: { signingKeySealed: newSealed },
    });
    return (await this.find(streamId))?.signingKeySealed ?? undefined;
  }

  /** No link made so far opens the stream any more. False: there is no such stream. */
  async forgetSigningKey(streamId: string): Promise<boolean> {
    if (!isId(streamId)) return false;
    const { count } = await this.#client.queries.stream.updateMany({
      where: { id: streamId, deletedAt: null },
      data: { signingKeySealed: null },
    });
    return count > 0;
  }
}

export function ingestRulesOf(row: IngestRulesRow) {
  const { authoriseUrl: url, authoriseSecretSealed: secretSealed } = row;
  const fallback: 'refuse' | 'allow' = row.authoriseFallback === 'allow' ? 'allow' : 'refuse';
  return {
    allowedCidrs: row.allowedCidrs,
    kbpsMax: row.ingestKbpsMax,
    signingKeySealed: row.signingKeySealed,
    authorise: url === null || secretSealed === null ? null : { url, secretSealed, fallback },
  };
}
