import type { CodedClient } from './coded-client.ts';
import { Prisma } from './generated/client.ts';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts';

export interface SealedValue {
  readonly rowId: string;
  readonly sealed: string;
  /** Of a destination. */
  readonly url: string | null;
}

/** Sealed values of all tables, for whoever seals them anew. */
export class SealedRepository {
  /** All that there are. */
  readonly columns = SEALED_COLUMNS;
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** In the order of their rows' ids, after that one. */
  async page(column: SealedColumn, afterId: string, take: number): Promise<readonly SealedValue[]> {
    const { table, name, url } = namesOf(column);
    return this.#client.queries.$queryRaw<SealedValue[]>`
      SELECT id::text AS "rowId", ${name} AS sealed, ${url} AS url FROM ${table}
       WHERE ${name} IS NOT NULL AND ${name} <> '' AND id > ${afterId}::uuid
       ORDER BY id LIMIT ${take}`;
  }

  /** False: it is not what it was any more. Its row counts as unchanged for everybody else. */
  async replace(column: SealedColumn, before: SealedValue, sealed: string): Promise<boolean> {
    const { table, name } = namesOf(column);
    const count = await this.#client.queries.$executeRaw`
      UPDATE ${table} SET ${name} = ${sealed}
       WHERE id = ${before.rowId}::uuid AND ${name} = ${before.sealed}`;
    return count > 0;
  }

  /** The same for a destination's key, whose fingerprint depends on the master key, too. */
  async replaceKey(before: SealedValue, sealed: string, fingerprint: string): Promise<boolean> {
    const count = await this.#client.queries.$executeRaw`
      UPDATE destinations SET sealed_key = ${sealed},
             key_fingerprint = CASE WHEN key_fingerprint IS NULL THEN NULL ELSE ${fingerprint} END
       WHERE id = ${before.rowId}::uuid AND sealed_key = ${before.sealed}`;
    return count > 0;
  }

  /** How many values need that master key. */
  async countOf(column: SealedColumn, masterKeyId: string): Promise<number> {
    const { table, name } = namesOf(column);
    const rows = await this.#client.queries.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM ${table} WHERE ${name} LIKE ${`v1.${masterKeyId}.%`}`;
    return rows[0]?.count ?? 0;
  }

  /** That the key seals here, and how many values it was given in a rotation. */
  async noteKey(id: string, resealed: number): Promise<void> {
    await this.#client.queries.masterKey.upsert({
      where: { id },
      create: { id, resealed },
      update: { resealed: { increment: resealed }, retiredAt: null },
    });
  }

  async noteRetired(id: string): Promise<void> {
    const retiredAt = new Date();
    await this.#client.queries.masterKey.upsert({
      where: { id },
      create: { id, retiredAt },
      update: { retiredAt },
    });
  }
}

/** Names come from our own list, never from outside. */
function namesOf({ table, column }: SealedColumn) {
  return {
    table: Prisma.raw(table),
    name: Prisma.raw(column),
    url: Prisma.raw(table === 'destinations' ? 'url' : 'NULL::text'),
  };
}
