import { describe, expect, it } from 'vitest';
import type { Incident } from './incidents.ts';
import { linesOf } from './timeline-lines.ts';

const startMs = Date.parse('2026-11-21T20:14:00Z');
const codes: Readonly<Record<string, string>> = {
  F: 'RESET_BY_PEER',
  L: 'PUSH_LIVE',
  D: 'PUSH_DEGRADED',
  R: 'PUSH_RECOVERED',
  S: 'PUSH_STOPPED',
};

/** A letter a minute; small letters are of another destination, and `.` is a minute of quiet. */
function linesIn(story: string): string[] {
  const told = Array.from(story).flatMap((letter, minute): Incident[] => {
    const code = codes[letter.toUpperCase()];
    if (code === undefined) return [];
    const destinationId = letter === letter.toUpperCase() ? 'kick' : 'twitch';
    const at = new Date(startMs + minute * 60_000).toISOString();
    return [{ at, kind: 'push', code, message: `${destinationId}: ${code}`, destinationId }];
  });
  return linesOf(told).map(
    ({ told: how, times, entries, last }) => `${how} ${times} ${entries.length} ${last.code}`,
  );
}
const live = 'words 1 1 PUSH_LIVE';

describe('what comes and goes', () => {
  it.each([
    ['is one line from the third time on', 'LFLFLFL', [live, 'troubles 3 6 PUSH_LIVE']],
    ['is one line also while it is away', 'LFLFLF', [live, 'troubles 3 5 RESET_BY_PEER']],
    [
      'counts each time once, however often it was tried',
      'FFFLFLFF',
      ['troubles 3 8 RESET_BY_PEER'],
    ],
    ['may be a line that is too slow', 'DRDRD', ['troubles 3 5 PUSH_DEGRADED']],
    ['may be of several kinds', 'DFLDR', ['troubles 3 5 PUSH_RECOVERED']],
    [
      'is not broken by what happens to others',
      'FLsFLsFL',
      ['troubles 3 6 PUSH_LIVE', 'words 2 2 PUSH_STOPPED'],
    ],
  ])('%s', (_what, story, lines) => {
    expect(linesIn(story)).toEqual(lines);
  });

  it.each([
    ['twice', 'FLFL'],
    ['with somebody who stopped it in between', 'FLFLSFL'],
    ['with a long quiet in between', 'FLFL..........FLFL'],
    ['each to another one', 'FLflFL'],
  ])('is told one by one where it was so %s', (_what, story) => {
    expect(linesIn(story).every((line) => !line.startsWith('troubles'))).toBe(true);
  });

  it('goes on after ten minutes of quiet, and no more', () => {
    expect(linesIn('FL.........FLF')).toEqual(['troubles 3 5 RESET_BY_PEER']);
  });
});
