import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../lib/history-api.ts';
import { countedOutcome, outcomesOf } from './outcomes.ts';

const startMs = Date.parse('2026-11-21T20:00:00Z');
const at = (second: number): string => new Date(startMs + second * 1_000).toISOString();
/** An hour and forty minutes. */
const ended = { startedAt: at(0), endedAt: at(6_000) };

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
const outcomeOf = (
  attempts: Attempt[],
  times: { startedAt: string; endedAt: string | null } = ended,
) => outcomesOf({ ...times, attempts })[0];

describe('what became of a destination', () => {
  it('that was live all the time is good', () => {
    expect(outcomeOf([attempt([1, 5_999])])).toMatchObject({
      name: 'Main channel',
      tone: 'good',
      words: 'live 100 % of the time',
      failure: undefined,
    });
  });

  it('that connected again is fair, and says how often and why', () => {
    const attempts = [attempt([0, 2_700], reset), attempt(null, reset), attempt([3_000, 6_000])];
    expect(outcomeOf(attempts)).toMatchObject({
      tone: 'fair',
      words: 'live 95 % of the time, connected again once',
      failure: { message: 'Cut.' },
    });
  });

  it('that was refused to the end is bad, with the words of its server', () => {
    expect(outcomeOf([attempt(null, refused)])).toMatchObject({
      tone: 'bad',
      words: 'never live',
      failure: { message: 'Refused.', remoteWords: 'no' },
    });
    expect(outcomeOf([attempt([0, 3_000]), attempt(null, refused)])?.tone).toBe('bad');
  });

  it('that was refused and then taken is not bad any more', () => {
    expect(outcomeOf([attempt(null, refused), attempt([60, 6_000])])?.tone).toBe('fair');
  });

  it('that could not be reached is fair: nobody could have mended it', () => {
    expect(outcomeOf([attempt(null, reset)])).toMatchObject({ tone: 'fair', words: 'never live' });
  });

  it('that was live for a moment does not read as never', () => {
    expect(outcomeOf([attempt([0, 1])])?.words).toBe('live 1 % of the time');
  });

  it('that was sent what was left after the end was live all the time, not longer', () => {
    expect(outcomeOf([attempt([0, 6_060])])?.words).toBe('live 100 % of the time');
  });

  it('is under way while the broadcast is', () => {
    const live = { startedAt: at(0), endedAt: null };
    const open = attempt(null, { endedAt: null, code: null, class: null, message: null });
    expect(outcomeOf([open], live)).toMatchObject({ tone: 'busy', words: 'under way' });
    expect(outcomeOf([attempt([0, 60])], live)?.words).toBe('was live');
  });

  it('is told of each, in the order of their first tries', () => {
    const other = attempt(null, { destinationId: 'two', destinationName: null });
    const told = outcomesOf({ ...ended, attempts: [attempt([0, 1]), other, attempt([2, 3])] });
    expect(told.map(({ name }) => name)).toEqual(['Main channel', 'A destination without a name']);
  });
});

describe('a line of the history', () => {
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
