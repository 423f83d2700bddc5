import { parseArgs } from 'node:util';
import { CodedError } from '#kernel';

export interface FaultsOptions {
  /** Those of the matrix that are to run. */
  readonly rows: ReadonlySet<number>;
  /** Outages and flapping are long ones. */
  readonly isLong: boolean;
  /** Results that Vitest's JSON reporter wrote; nothing is run then. */
  readonly from: readonly string[];
  /** Puts what was seen into the documents. */
  readonly isWritten: boolean;
}

/** Reads `--rows 1-23,40 --long --write --from a.json`. Throws `FAULTS_OPTIONS` otherwise. */
export function readFaultsOptions(
  parameters: readonly string[],
  numbers: readonly number[],
): FaultsOptions {
  const { values } = parsed(parameters);
  const rows = values.rows === undefined ? numbers : numbersOf(values.rows);
  const unknown = [...rows].find((number) => !numbers.includes(number));
  if (unknown !== undefined) fail(`there is no row ${unknown}`);
  return {
    rows: new Set(rows),
    isLong: values.long,
    isWritten: values.write,
    from: values.from ?? [],
  };
}

function parsed(parameters: readonly string[]) {
  const options = {
    rows: { type: 'string' },
    long: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    from: { type: 'string', multiple: true },
  } as const;
  try {
    return parseArgs({ args: [...parameters], options });
  } catch (thrown) {
    return fail(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function numbersOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first = '', last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === '' || to < from) return fail(`--rows takes numbers, as 1-23,40; not ${part}`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

function fail(sentence: string): never {
  throw new CodedError('FAULTS_OPTIONS', sentence);
}
