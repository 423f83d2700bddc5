import { CodedError } from '#kernel';
import { parseDestinationUrl } from '#net';
import type { Database } from '#persistence';
import { keyFingerprint, openKey, sealingKeyId, sealKey, type MasterKey } from '#vault';

/** Values looked at together: few enough for a moment, many enough for a large table. */
const PAGE_VALUES = 200;
/** Somebody may seal with the old key while we are at it; never again and again. */
const PASSES_MAX = 5;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Sealed = Database['system']['sealed'];
type SealedColumn = Sealed['columns'][number];
type Value = Awaited<ReturnType<Sealed['page']>>[number];

export interface Resealing {
  readonly resealed: number;
  /** Tables and rows whose value no key that is here opens. */
  readonly unreadable: readonly string[];
}

/**
 * Seals every value anew that is not sealed by the current key. What changes meanwhile is looked at
 * again; nothing is lost whenever this is interrupted, and it can be begun again.
 */
export async function resealAll(sealed: Sealed, master: MasterKey): Promise<Resealing> {
  let resealed = 0;
  const unreadable = new Set<string>();
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    let found = 0;
    for (const column of sealed.columns) {
      const outcome = await resealColumn(sealed, column, master, unreadable);
      found += outcome.found;
      resealed += outcome.resealed;
    }
    if (found === 0) break;
  }
  return { resealed, unreadable: [...unreadable] };
}

async function resealColumn(
  sealed: Sealed,
  column: SealedColumn,
  master: MasterKey,
  unreadable: Set<string>,
): Promise<{ found: number; resealed: number }> {
  let [found, resealed, afterId] = [0, 0, BEFORE_ALL];
  for (;;) {
    const page = await sealed.page(column, afterId, PAGE_VALUES);
    for (const value of page) {
      const name = `${column.table}.${column.column} ${value.rowId}`;
      if (unreadable.has(name) || !needsSealing(value, master)) continue;
      found += 1;
      try {
        resealed += (await reseal(sealed, column, value, master)) ? 1 : 0;
      } catch (error) {
        if (!isSealed(error)) throw error;
        unreadable.add(name);
      }
    }
    const last = page.at(-1);
    if (last === undefined) return { found, resealed };
    afterId = last.rowId;
  }
}

function needsSealing({ sealed }: Value, master: MasterKey): boolean {
  try {
    return sealingKeyId(sealed) !== master.id;
  } catch {
    // In a form that is not known: nobody can open it, and it is told with the others.
    return true;
  }
}

async function reseal(
  sealed: Sealed,
  column: SealedColumn,
  value: Value,
  master: MasterKey,
): Promise<boolean> {
  const owner = column.ownerOf(value.rowId);
  const secret = openKey(master, owner, value.sealed);
  const anew = sealKey(master, owner, secret);
  if (value.url === null) return sealed.replace(column, value, anew);
  const { host } = parseDestinationUrl(value.url);
  return sealed.replaceKey(value, anew, keyFingerprint(master, host, secret));
}

function isSealed(error: unknown): boolean {
  return error instanceof CodedError && String(error.code).startsWith('SEALED_');
}

/** How many values need each of these keys. */
export async function countUses(
  sealed: Sealed,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, number>();
  for (const id of keyIds) {
    const counts = sealed.columns.map((column) => sealed.countOf(column, id));
    uses.set(
      id,
      (await Promise.all(counts)).reduce((sum, count) => sum + count, 0),
    );
  }
  return uses;
}
