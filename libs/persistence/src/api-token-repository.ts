import { permissionSchema, roleSchema, type Permission, type Role } from '#control';
import type { CodedClient } from './coded-client.ts';
import type { ApiToken } from './generated/client.ts';
import { isId } from './new-id.ts';
import { earlierThan, readPage } from './page-cursor.ts';
import type { PageQuery, RecordPage } from './page-cursor.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export interface ApiTokenRecord {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface NewApiTokenRecord {
  readonly name: string;
  /** sha256, hex. */
  readonly tokenHash: string;
  readonly hint: string;
  readonly scopes: readonly Permission[];
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
}

/** A token that is shown, and what bounds it. */
export interface FoundApiToken extends ApiTokenRecord {
  readonly workspaceId: string;
  /** Null: made by the bootstrap token. */
  readonly creator: { readonly role: Role; readonly isInstanceAdmin: boolean } | null;
}

/** The tokens of a workspace that are not revoked. */
export class ApiTokenRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  async create({ hint, scopes, ...token }: NewApiTokenRecord): Promise<ApiTokenRecord> {
    const { workspaceId, queries } = this.#client;
    const row = await queries.apiToken.create({
      data: { ...token, workspaceId, tokenHint: hint, scopes: [...scopes] },
    });
    return toToken(row);
  }

  /** Newest first; also those that have expired. */
  page(query: PageQuery): Promise<RecordPage<ApiTokenRecord>> {
    return readPage(
      query,
      ({ createdAt }) => createdAt,
      async (after, take) => {
        const rows = await this.#client.queries.apiToken.findMany({
          where: { revokedAt: null, ...earlierThan('createdAt', after) },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take,
        });
        return rows.map(toToken);
      },
    );
  }

  /** Gives what it was; undefined when there is none. */
  async revoke(id: string): Promise<ApiTokenRecord | undefined> {
    if (!isId(id)) return undefined;
    const { apiToken } = this.#client.queries;
    const row = await apiToken.findFirst({ where: { id, revokedAt: null } });
    const { count } = await apiToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    return count === 0 || row === null ? undefined : toToken(row);
  }
}

/** Tokens by what their holder shows: the workspace is found by it. */
export class ApiTokenLookup {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** Not of one that is revoked, nor of one whose maker has lost the workspace or the account. */
  async find(tokenHash: string): Promise<FoundApiToken | undefined> {
    const { apiToken, membership } = this.#client.queries;
    const row = await apiToken.findFirst({
      where: { tokenHash, revokedAt: null, workspace: { deletedAt: null } },
    });
    if (row === null) return undefined;
    const { workspaceId, createdBy } = row;
    if (createdBy === null) return { ...toToken(row), workspaceId, creator: null };
    const standing = await membership.findFirst({
      where: { workspaceId, userId: createdBy, user: { disabledAt: null } },
      select: { role: true, user: { select: { instanceAdmin: true } } },
    });
    if (standing === null) return undefined;
    const role = roleSchema.catch('viewer').parse(standing.role);
    const creator = { role, isInstanceAdmin: standing.user.instanceAdmin };
    return { ...toToken(row), workspaceId, creator };
  }

  async touch(id: string, now: Date): Promise<void> {
    await this.#client.queries.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
  }
}

function toToken(row: ApiToken): ApiTokenRecord {
  const { id, name, tokenHint, createdBy, createdAt, expiresAt, lastUsedAt } = row;
  // A scope that this version does not know opens nothing.
  const scopes = row.scopes.flatMap((scope) => {
    const known = permissionSchema.safeParse(scope);
    return known.success ? [known.data] : [];
  });
  return { id, name, hint: tokenHint, scopes, createdBy, createdAt, expiresAt, lastUsedAt };
}
