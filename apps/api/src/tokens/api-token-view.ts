import type { ApiToken } from '#control';
import type { ApiTokenRecord } from '#persistence';

export function apiTokenView(record: ApiTokenRecord): ApiToken {
  return {
    ...record,
    scopes: [...record.scopes],
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
  };
}
