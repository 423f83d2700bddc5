import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SlopeVerdict } from '../soak/slope.ts';
import { REPOSITORY } from '../services/repository.ts';

const FOLDER = join(REPOSITORY, 'docs', 'soak');

/** What is taken of a run of `npm run soak` that is kept. */
export interface SoakFacts {
  readonly date: string;
  readonly hours: number;
  readonly seed: number;
  readonly anomalies: number;
  readonly slopes: {
    readonly rssBytesPerHour: number | null;
    readonly fdsPerHour: number | null;
  };
  readonly allSlopes: readonly { readonly name: string; readonly verdict?: SlopeVerdict }[];
  readonly status?: { readonly longestWrongMs: number };
}

/** The newest run that is kept; undefined where there is none. */
export async function readSoak(): Promise<SoakFacts | undefined> {
  const names = await readdir(FOLDER).catch(() => []);
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .at(-1);
  if (newest === undefined) return undefined;
  return JSON.parse(await readFile(join(FOLDER, newest), 'utf8')) as SoakFacts;
}
