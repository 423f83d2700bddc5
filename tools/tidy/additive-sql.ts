/**
 * What a migration may do to tables that the version before uses while it still runs: it reads the
 * columns that it knows, and inserts rows without those that it does not.
 */
const ADDITIVE: readonly RegExp[] = [
  /^CREATE (TABLE|INDEX|SCHEMA) /,
  // Prisma's names: `_idx` is of an index that only makes things faster.
  /^DROP INDEX "\w+_idx"$/,
  /^ALTER TABLE "\w+" ADD COLUMN (?!.*NOT NULL)/,
  /^ALTER TABLE "\w+" ADD COLUMN .*\bDEFAULT\b/,
  /^INSERT INTO /,
];

/** And what it may do to tables that it creates itself. */
const OF_A_NEW_TABLE: readonly RegExp[] = [
  /^ALTER TABLE "(\w+)" ADD CONSTRAINT /,
  /^CREATE UNIQUE INDEX "\w+" ON "(\w+)"/,
];

/** The clauses of a migration, one action each, that the version before may not survive. */
export function notAdditive(sql: string): readonly string[] {
  const clauses = clausesOf(sql);
  const created = new Set(
    clauses.flatMap((clause) => /^CREATE TABLE "(\w+)"/.exec(clause)?.[1] ?? []),
  );
  return clauses.filter((clause) => {
    if (ADDITIVE.some((form) => form.test(clause))) return false;
    return !OF_A_NEW_TABLE.some((form) => created.has(form.exec(clause)?.[1] ?? ''));
  });
}

/** `ALTER TABLE x A, B` is two of them. */
function clausesOf(sql: string): readonly string[] {
  const text = sql.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ');
  return text
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .flatMap((statement) => {
      const [, table, actions] = /^(ALTER TABLE "\w+") (.*)$/.exec(statement) ?? [];
      if (table === undefined || actions === undefined) return [statement];
      const parts = actions.split(/, (?=(?:ADD|ALTER|DROP|RENAME|SET|VALIDATE|ENABLE|DISABLE) )/);
      return parts.map((part) => `${table} ${part}`);
    });
}
