import { describe, expect, it } from 'vitest';
import type { Incident } from './incidents.ts';
import { linesOf, minutesOf, sayingsOf, shownOf } from './timeline-lines.ts';

const startMs = Date.parse('2026-11-21T20:14:00Z');
const entry = (second: number, more: Partial<Incident> = {}): Incident => ({
  at: new Date(startMs + second * 1_000).toISOString(),
  kind: 'push',
  code: 'CONNECT_TIMEOUT',
  message: 'Kick: no answer.',
  destinationId: 'kick',
  remoteWords: null,
  actor: null,
  ...more,
});
const live = { code: 'PUSH_LIVE', message: 'Kick is live.' };
const encoder = { kind: 'ingest', destinationId: null } as const;
const timesOf = (told: readonly Incident[]): number[] => linesOf(told).map(({ times }) => times);

describe('the lines of a timeline', () => {
  it('tell once what a destination that cannot be reached says again and again', () => {
    const told = [entry(0), entry(1), entry(2), entry(3, live), entry(4)];
    expect(linesOf(told).map(({ first, last, times }) => [first.at, last.at, times])).toEqual([
      [entry(0).at, entry(2).at, 3],
      [entry(3).at, entry(3).at, 1],
      [entry(4).at, entry(4).at, 1],
    ]);
  });

  it('fold what fails in several ways, and say each way with how often', () => {
    const reset = { code: 'RESET_BY_PEER', message: 'Kick: cut.', remoteWords: 'bye' };
    const backup = { code: 'PUSH_BACKUP_URL', message: 'Kick is tried at its backup URL.' };
    const told = [entry(0), entry(1, reset), entry(2, backup), entry(3), entry(4, backup)];
    const [line, ...others] = linesOf(told);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ times: 3, last: entry(3) });
    expect(sayingsOf(line!).map(([{ message }, times]) => [message, times])).toEqual([
      ['Kick: no answer.', 2],
      ['Kick: cut.', 1],
      ['Kick is tried at its backup URL.', 2],
    ]);
  });

  it('go on while something happens to others', () => {
    const told = [
      entry(0),
      entry(1, { destinationId: 'twitch', message: 'Twitch: no answer.' }),
      entry(2, { ...encoder, code: 'ENCODER_LOST' }),
      entry(3),
      entry(4, { destinationId: 'twitch', message: 'Twitch: no answer.' }),
    ];
    expect(timesOf(told)).toEqual([2, 2, 1]);
  });

  it.each([
    { code: 'PUSH_WARNING', message: 'Kick wants less.' },
    { kind: 'action', code: 'PUSH_RETRY_ASKED', actor: 'owner' } as const,
  ])('end where something else is told of the same one: %j', (more) => {
    expect(timesOf([entry(0), entry(1, more), entry(2)])).toEqual([1, 1, 1]);
  });

  it.each([{ message: 'Both inputs.' }, { actor: 'owner' }, { code: 'ENCODER_REFUSED' }])(
    'of an encoder are one only where they say the same, not with %j',
    (more) => {
      const lost = { ...encoder, code: 'ENCODER_LOST', message: 'Lost.' };
      expect(timesOf([entry(0, lost), entry(1, lost)])).toEqual([2]);
      expect(timesOf([entry(0, lost), entry(1, { ...lost, ...more })])).toEqual([1, 1]);
    },
  );

  it('fold what came before relays said what an entry is about', () => {
    const { kind: _kind, ...early } = entry(0);
    expect(timesOf([early, entry(1)])).toEqual([2]);
  });
});

describe('the minutes of a timeline', () => {
  const told = [
    entry(58, { ...encoder, code: 'BROADCAST_STARTED' }),
    entry(59),
    entry(60, { ...encoder, code: 'ENCODER_LOST' }),
    entry(70),
    entry(70, { ...encoder, code: 'ENCODER_RETURNED' }),
  ];
  const codesOf = (order: 'newest' | 'oldest') =>
    minutesOf(linesOf(told), order).map(({ minuteMs, lines }) => [
      (minuteMs - startMs) / 60_000,
      lines.map(({ first }) => first.code),
    ]);

  it('hold their lines, the newest first; a fold stands where it was said last', () => {
    expect(codesOf('newest')).toEqual([
      [1, ['ENCODER_RETURNED', 'CONNECT_TIMEOUT', 'ENCODER_LOST']],
      [0, ['BROADCAST_STARTED']],
    ]);
  });

  it('or the oldest first; a fold stands where it was said first', () => {
    expect(codesOf('oldest')).toEqual([
      [0, ['BROADCAST_STARTED', 'CONNECT_TIMEOUT']],
      [1, ['ENCODER_LOST', 'ENCODER_RETURNED']],
    ]);
  });

  it('are no more than are asked for', () => {
    const [first, ...others] = minutesOf(linesOf(told), 'newest', 2);
    expect(first?.lines.map(({ first: { code } }) => code)).toEqual([
      'ENCODER_RETURNED',
      'CONNECT_TIMEOUT',
    ]);
    expect(others).toEqual([]);
  });

  it('are none of nothing', () => {
    expect(minutesOf(linesOf([]), 'newest')).toEqual([]);
  });
});

describe('what is looked at', () => {
  const told = [
    entry(0),
    entry(1, { destinationId: 'twitch' }),
    entry(2, { ...encoder, code: 'ENCODER_LOST' }),
    entry(3, { ...encoder, kind: 'broadcast', code: 'BROADCAST_ENDED' }),
    entry(4, { kind: 'action', code: 'PUSH_RETRY_ASKED', actor: 'owner' }),
  ];

  it.each([
    ['', [0, 1, 2, 3, 4]],
    ['push', [0, 1]],
    ['push:kick', [0, 4]],
    ['ingest', [2, 3]],
    ['action', [4]],
    ['constructor', []],
  ])('%j shows %j', (show, seconds) => {
    const shown = shownOf(told, show).map(({ at }) => (Date.parse(at) - startMs) / 1_000);
    expect(shown).toEqual(seconds);
  });
});
