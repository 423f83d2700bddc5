import { basename } from 'node:path';

/** Something that no input may do. */
export interface Find {
  /** Short, fit for a file's name; the same for finds that seem to be one. */
  readonly what: string;
  readonly told: string;
}

const WHAT_CHARACTERS_MAX = 60;
/** The innermost place that is ours and no judge's. */
const FRAME = /at (?:.*? )?\(?(?:file:\/\/)?\S*?\/((?:libs|test|tools)\/\S+?\.ts):\d+/g;

export function findOf(thrown: unknown): Find {
  const {
    name,
    message,
    stack = '',
  } = thrown instanceof Error ? thrown : new Error(`thrown: ${String(thrown)}`);
  const places = [...stack.matchAll(FRAME)].map(([, path = '']) => path);
  const place = places.find((path) => path.startsWith('libs/')) ?? places[0] ?? '';
  const words = `${name} ${basename(place, '.ts')} ${message.replaceAll(/[\d'"].*/gs, '')}`;
  return { what: wordOf(words), told: stack };
}

export function slowFind(ms: number, msMax: number): Find {
  return { what: 'slow', told: `took ${Math.round(ms)} ms of ${msMax}` };
}

export const HANG: Find = { what: 'hang', told: 'did not end' };

function wordOf(words: string): string {
  const word = words.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return word.replaceAll(/^-|-$/g, '').slice(0, WHAT_CHARACTERS_MAX);
}
