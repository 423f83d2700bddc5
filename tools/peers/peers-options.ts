import { parseArgs } from 'node:util';
import { CodedError } from '#kernel';
import { SERVER_NAMES } from './place.ts';
import type { ServerName } from './place.ts';

export interface PeersOptions {
  readonly rows: ReadonlySet<number>;
  readonly servers: readonly ServerName[];
  /** Puts what was seen into docs/peers.json and docs/peers.md. */
  readonly isWritten: boolean;
}

/** Reads `--rows 1-3,31 --only nginx-rtmp --write`. Throws `PEERS_OPTIONS` otherwise. */
export function readPeersOptions(
  parameters: readonly string[],
  numbers: readonly number[],
): PeersOptions {
  const { rows, only, write } = parsed(parameters);
  return {
    rows: new Set(rows === undefined ? numbers : numbersOf(rows, numbers)),
    servers: only === undefined ? SERVER_NAMES : [serverOf(only)],
    isWritten: write,
  };
}

function parsed(parameters: readonly string[]) {
  const options = {
    rows: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...parameters], options }).values;
  } catch (thrown) {
    return fail(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function serverOf(only: string): ServerName {
  const found = SERVER_NAMES.find((name) => name.toLowerCase() === only.toLowerCase());
  return found ?? fail(`--only takes one of ${SERVER_NAMES.join(', ')}; not ${only}`);
}

/** A range may have rows in it that nobody is asked for; a number may not. */
function numbersOf(text: string, numbers: readonly number[]): number[] {
  return text.split(',').flatMap((part) => {
    const [, first = '', last = first] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part.trim()) ?? [];
    const found = numbers.filter((one) => one >= Number(first) && one <= Number(last));
    if (first === '' || found.length === 0) return fail(`no row is ${part}`);
    return found;
  });
}

function fail(sentence: string): never {
  throw new CodedError('PEERS_OPTIONS', sentence);
}
