import type { PushState } from '#contracts';
import { describe, expect, it } from 'vitest';
import { pushOf } from './live-state.ts';
import type { PushView } from './live-state.ts';
import { askedLook, leadOf, longAwayMs, pushLine, pushLook } from './looks.ts';

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
  ['needs_attention', 'Needs you', 'bad'],
  ['stopped', 'Off', 'quiet'],
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

describe('a push that has no keyframe to begin with', () => {
  const seen = { since, startsAt: null, waitingForKeyframe: true };

  it('is not said to be live', () => {
    expect(pushLook({ ...seen, state: 'live' }, sinceMs)).toMatchObject({
      word: 'Waiting for a keyframe',
      tone: 'busy',
    });
    expect(pushLook({ ...seen, state: 'live', waitingForKeyframe: null }, sinceMs).word).toBe(
      'Live',
    );
  });

  it('is said to be away when it is', () => {
    expect(pushLook({ ...seen, state: 'retrying' }, sinceMs).word).toBe('Reconnecting');
  });
});

describe('what was asked and is not yet so', () => {
  const live = { state: 'live', since, startsAt: null } as const;

  it.each([
    [{ enabled: false, pending: true }, 'Stopping…', 'good'],
    [{ enabled: true, pending: true }, 'Starting…', 'good'],
    [{ enabled: true, pending: false }, 'Live', 'good'],
  ])('%j is said as %j, in the colour of what it comes from', (wanted, word, tone) => {
    expect(askedLook(live, wanted, sinceMs)).toMatchObject({ word, tone });
  });
});

describe('the line below', () => {
  const plain: PushView = pushOf(
    { id: 'd1', enabled: true, updatedAt: since, delaySeconds: 0 },
    undefined,
  );
  const at = (ms: number): string => new Date(sinceMs + ms).toISOString();
  const lines: ReadonlyArray<readonly [Partial<PushView>, afterMs: number, line: string]> = [
    [{ state: 'awaiting_stream' }, 0, 'starts by itself when your encoder is on'],
    [{ startsAt: at(12_000) }, 0, 'starts in 12 s'],
    [{ state: 'connecting' }, 3_000, 'for 0:03'],
    [{ state: 'live' }, 3_725_000, 'for 1:02:05'],
    [{ state: 'degraded' }, 0, 'catches up by itself'],
    [{ state: 'degraded', droppedFrames: 1 }, 0, 'catches up by itself; 1 frame skipped'],
    [{ state: 'degraded', droppedFrames: 12 }, 0, 'catches up by itself; 12 frames skipped'],
    [
      { state: 'retrying', nextRetryAt: at(8_000), attempt: 3 },
      0,
      'next try in 8 s · try 3 · no action needed',
    ],
    [{ state: 'retrying', attempt: 1 }, longAwayMs, 'try 1 · no action needed'],
    [
      { state: 'retrying', nextRetryAt: at(longAwayMs + 9_000), attempt: 40 },
      longAwayMs + 1,
      'for 10:00. It goes on trying; have a look at the platform',
    ],
    [{ state: 'draining', drainingUntil: at(9_000) }, 0, 'ends in 9 s at most'],
    [{ state: 'stopped' }, 0, ''],
    [{ state: 'needs_attention' }, 0, 'Look at its settings, then try again.'],
  ];

  it.each(lines)('of %j after %i ms is %j', (seen, afterMs, line) => {
    expect(pushLine({ ...plain, ...seen }, sinceMs + afterMs)).toBe(line);
  });
});

describe('what there is to be done', () => {
  const failed = (code: string) => ({
    state: 'needs_attention' as const,
    lastError: { code, class: 'rejected', message: 'No.', remoteWords: null, at: since },
  });

  it.each([
    ['KEY_REJECTED', 'edit-key'],
    ['KEY_UNREADABLE', 'edit-key'],
    ['CLOSED_BEFORE_PUBLISH', 'edit-key'],
    ['CONNECT_REJECTED', 'edit-server'],
    ['TLS_PIN_MISMATCH', 'edit-server'],
    ['KEY_BUSY', 'retry'],
    ['A_CODE_OF_TOMORROW', 'retry'],
  ])('after %s is to %s', (code, lead) => {
    expect(leadOf(failed(code))).toBe(lead);
  });

  it('is nothing where it mends itself or is well, but a retry can be had sooner', () => {
    expect(leadOf({ state: 'live', lastError: null })).toBeUndefined();
    expect(leadOf({ state: 'stopped', lastError: null })).toBeUndefined();
    expect(leadOf({ state: 'retrying', lastError: null })).toBe('retry');
  });
});
