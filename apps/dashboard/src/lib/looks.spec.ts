import type { PushState } from '#contracts';
import { describe, expect, it } from 'vitest';
import { longAwayMs, pushLook } from './looks.ts';

const since = '2026-01-01T12:00:00.000Z';
const sinceMs = Date.parse(since);
const of = (state: PushState, afterMs = 0, startsAt: string | null = null) =>
  pushLook({ state, since, startsAt }, sinceMs + afterMs);

const states: readonly (readonly [state: PushState, word: string, tone: string])[] = [
  ['awaiting_stream', 'Awaiting stream', 'quiet'],
  ['connecting', 'Connecting', 'busy'],
  ['live', 'Live', 'good'],
  ['degraded', 'Falling behind', 'fair'],
  ['draining', 'Finishing', 'quiet'],
  ['retrying', 'Reconnecting', 'fair'],
  ['needs_attention', 'Needs attention', 'bad'],
  ['stopped', 'Stopped', 'quiet'],
];

describe('how a push looks', () => {
  it.each(states)('that is %s: %j, %s', (state, word, tone) => {
    expect(of(state)).toMatchObject({ word, tone });
  });

  it('is red only where nothing but a person helps', () => {
    const red = states.filter(([state]) => of(state, 10 * longAwayMs).tone === 'bad');
    expect(red.map(([state]) => state)).toEqual(['needs_attention']);
  });

  it('is told apart by more than its colour', () => {
    const looks = states.map(([state]) => of(state));
    expect(new Set(looks.map(({ word }) => word)).size).toBe(states.length);
    const pairs = looks.map(({ icon, tone }) => `${icon} ${tone}`);
    expect(new Set(pairs).size).toBe(states.length);
  });

  it('says that it has been away for long, from one millisecond past the limit', () => {
    expect(of('retrying', longAwayMs).word).toBe('Reconnecting');
    expect(of('retrying', longAwayMs + 1)).toMatchObject({
      word: 'Still reconnecting',
      tone: 'fair',
    });
    expect(of('live', longAwayMs + 1).word).toBe('Live');
  });

  it('is that of a delayed start until it is dialled', () => {
    expect(of('awaiting_stream', 0, since).word).toBe('Delayed start');
  });
});
