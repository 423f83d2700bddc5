import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { REPOSITORY } from '../services/repository.ts';
import type { RowOutcome } from './outcome.ts';

const FILE = join(REPOSITORY, 'docs', 'faults.json');

/** What was seen of a row the last time it ran, and when. */
export interface KeptOutcome extends RowOutcome {
  /** As 2026-11-22. */
  readonly date: string;
}

export interface KeptOutcomes {
  /** In general words. */
  readonly machine: string;
  readonly rows: readonly KeptOutcome[];
}

/** Empty where nothing was ever written. */
export async function readKept(): Promise<KeptOutcomes> {
  const text = await readFile(FILE, 'utf8').catch(() => '{"machine":"","rows":[]}');
  return JSON.parse(text) as KeptOutcomes;
}

/** Rows that did not run this time keep what was seen of them before. */
export function mergeKept(kept: KeptOutcomes, now: KeptOutcomes): KeptOutcomes {
  const ran = new Set(now.rows.map(({ number }) => number));
  const rows = [...kept.rows.filter(({ number }) => !ran.has(number)), ...now.rows];
  return { machine: now.machine, rows: rows.toSorted((one, two) => one.number - two.number) };
}

export async function writeKept(kept: KeptOutcomes): Promise<void> {
  const text = await format(JSON.stringify(kept), { parser: 'json', printWidth: 100 });
  await writeFile(FILE, text);
}
