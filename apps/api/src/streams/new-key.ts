import type { Secret } from '#kernel';
import type { StoredIngestKey } from '#persistence';
import { hashIngestKey, newIngestKey } from '#vault';

/** An ingest key, in the clear for the one answer that shows it, and as it is kept. */
export interface NewKey {
  readonly key: Secret;
  readonly stored: StoredIngestKey;
}

export function newKey(): NewKey {
  const key = newIngestKey();
  return { key, stored: { hash: hashIngestKey(key), hint: key.hint() } };
}
