/** A column that #vault has sealed, and for whom. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** What it was sealed for, given the id of its row: it opens nowhere else. */
  readonly ownerOf: (rowId: string) => string;
}

const row = (id: string): string => id;
const partOf =
  (part: string) =>
  (id: string): string =>
    `${id}:${part}`;

/**
 * Every sealed column there is. A new one that is missing here would be lost when its master key
 * is: a test compares this with the tables.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'destinations', column: 'sealed_key', ownerOf: row },
  { table: 'streams', column: 'signing_key_sealed', ownerOf: partOf('signing') },
  { table: 'streams', column: 'authorise_secret_sealed', ownerOf: partOf('authorise') },
  { table: 'idempotency_keys', column: 'sealed_answer', ownerOf: row },
  { table: 'webhook_endpoints', column: 'target_sealed', ownerOf: partOf('target') },
  { table: 'webhook_endpoints', column: 'secret_sealed', ownerOf: partOf('secret') },
  { table: 'webhook_endpoints', column: 'previous_secret_sealed', ownerOf: partOf('secret') },
  { table: 'platform_sessions', column: 'sealed_tokens', ownerOf: partOf('tokens') },
];
