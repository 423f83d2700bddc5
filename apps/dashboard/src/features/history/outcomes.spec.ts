import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../lib/history-api.ts';
import { countedOutcome, outcomesOf } from './outcomes.ts';

const startMs = Date.parse('2026-11-21T20:00:00Z');
const at = (second: number): string => new Date(startMs + second * 1_000).toISOString();
/** After an hour and forty minutes. */
const ended = at(6_000);

function attempt(live: readonly [from: number, to: number] | null, more: Partial<Attempt> = {}) {
  return {
    id: 'attempt',
    destinationId: 'one',
    destinationName: 'Main channel',
    number: 1,
    startedAt: at(live?.[0] ?? 0),
    publishedAt: live && at(live[0]),
    endedAt: at(live?.[1] ?? 1),
    code: 'ENDED',
    class: 'deliberate',
    message: 'Ended as wanted.',
    remoteWords: null,
    bytesWritten: 1_000,
    ...more,
  };
}
const reset = { code: 'RESET_BY_PEER', class: 'transient', message: 'Cut.', remoteWords: null };
const refused = { code: 'KEY_REJECTED', class: 'rejected', message: 'Refused.', remoteWords: 'no' };
const told = {
  destinationId: 'one',
  name: 'Main channel',
  platform: 'youtube',
  liveMs: 6_000_000,
  livePercent: 100,
  reconnects: 0,
  failures: 0,
  lastCode: null,
  lastClass: null,
};
const outcomeOf = (
  attempts: Attempt[],
  more: Partial<typeof told> = {},
  endedAt: string | null = ended,
) => outcomesOf({ endedAt, attempts, destinations: [{ ...told, ...more }] })[0];

describe('what became of a destination', () => {
  it('is what the API has counted, with no fault where none was', () => {
    expect(outcomeOf([attempt([1, 5_999])])).toEqual({
      destinationId: 'one',
      name: 'Main channel',
      tone: 'good',
      icon: 'check',
      words: 'live 100 % of the time',
      failure: undefined,
    });
  });

  it('says why it failed last, with the words of its server, and not of another', () => {
    const other = attempt(null, { ...reset, destinationId: 'two' });
    const attempts = [attempt(null, reset), attempt(null, refused), attempt([3_000, 6_000]), other];
    expect(outcomeOf(attempts, { failures: 2 })).toMatchObject({
      tone: 'fair',
      failure: { message: 'Refused.', remoteWords: 'no' },
    });
  });

  it('is under way while the broadcast is and its last connection is open', () => {
    const open = attempt(null, { endedAt: null, code: null, class: null, message: null });
    expect(outcomeOf([open], {}, null)).toMatchObject({ tone: 'busy', words: 'under way' });
    const again = outcomeOf([attempt([0, 9], reset), open], { reconnects: 1 }, null);
    expect(again?.words).toBe('under way, connected again once');
    expect(outcomeOf([attempt([0, 60])], {}, null)?.tone).toBe('good');
    // Of a relay that died.
    expect(outcomeOf([open])?.tone).toBe('good');
  });
});

describe('a line of the history', () => {
  it.each([
    ['good', 'live 100 % of the time', {}],
    ['fair', 'live 97 % of the time, connected again 3 times', { livePercent: 97, reconnects: 3 }],
    ['fair', 'live 100 % of the time', { failures: 1 }],
    ['fair', 'never live', { livePercent: 0, failures: 2, lastClass: 'transient' }],
    ['bad', 'never live', { livePercent: 0, failures: 1, lastClass: 'rejected' }],
    ['bad', 'live 50 % of the time', { livePercent: 50, failures: 1, lastClass: 'rejected' }],
  ])('is %s: %s', (tone, words, more) => {
    expect(countedOutcome({ ...told, ...more })).toMatchObject({
      name: 'Main channel',
      tone,
      words,
    });
  });

  it('has something to call what lost its name', () => {
    expect(countedOutcome({ ...told, name: null }).name).toBe('A destination without a name');
  });
});
