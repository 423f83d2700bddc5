import { describe, expect, it } from 'vitest';
import type { Incident } from './incidents.ts';
import { returnsOf } from './timeline-returns.ts';

const startMs = Date.parse('2026-11-21T20:14:00Z');
const codes: Readonly<Record<string, string>> = {
  F: 'RESET_BY_PEER',
  L: 'PUSH_LIVE',
  S: 'PUSH_STOPPED',
  W: 'PUSH_WARNING',
};

/** A letter a second; small letters are of another destination. */
function awaySecondsIn(story: string): number[] {
  const told = Array.from(story).map((letter, second): Incident => {
    const destinationId = letter === letter.toUpperCase() ? 'kick' : 'twitch';
    const at = new Date(startMs + second * 1_000).toISOString();
    const code = codes[letter.toUpperCase()] ?? '';
    return { at, kind: 'push', code, message: `${destinationId}: ${code}`, destinationId };
  });
  return [...returnsOf(told).values()].map((ms) => ms / 1_000);
}

describe('for how long a destination was away', () => {
  it.each([
    ['counts from where it was lost, not from the last try', 'LFFFL', [3]],
    ['is told of each return', 'LFLFFL', [1, 2]],
    ['is told of each destination by itself', 'LlFfLl', [2, 2]],
    ['goes on through what else is told of it', 'LFWL', [2]],
    ['is not told of what had not been live before', 'FFL', []],
    ['is not told of what somebody had stopped', 'LFSL', []],
    ['is not told of what was not lost', 'LL', []],
  ])('%s', (_what, story, seconds) => {
    expect(awaySecondsIn(story)).toEqual(seconds);
  });
});
