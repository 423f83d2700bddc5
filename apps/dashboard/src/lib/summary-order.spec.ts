import { describe, expect, it } from 'vitest';
import { longAwayMs } from './looks.ts';
import type { Tone } from './looks.ts';
import {
  at,
  glance,
  live,
  refused,
  busyKey,
  retrying,
  degraded,
  connecting,
  delayed,
  waiting,
  graceEndsAt,
  away,
  offline,
  frozenHere,
  fight,
  unheard,
  wish,
} from './summary.fixture.ts';
import type { Seen, More } from './summary.fixture.ts';
import { tabTitle, worstOf } from './summary.ts';
import type { Summary } from './summary.ts';

/** Worst first: of two things at once, the one above is said. */
const ladder: ReadonlyArray<readonly [word: string, push: Seen, more: More]> = [
  ['Two encoders fight', live, fight()],
  ['needs you', refused, {}],
  ['Not up to date', live, unheard],
  [', protected', live, { so: away }],
  ['No picture from the encoder', live, { so: frozenHere }],
  ['still reconnecting', { ...retrying, since: at(-longAwayMs - 1) }, {}],
  ['is reconnecting', retrying, {}],
  ['falling behind', degraded, {}],
  ['connecting', connecting, {}],
  ['starts with its delay', delayed, {}],
];
const pairs = ladder.flatMap((worse, index) =>
  ladder.slice(index + 1).map((better) => [worse[0], better[0], worse, better] as const),
);

describe('of two things at once', () => {
  it.each(pairs)('%j stands before %j', (word, _other, worse, better) => {
    const pushes = [better[1], worse[1]];
    const { so = {}, ...more } = { ...better[2], ...worse[2] };
    const summary = glance(pushes, { ...more, so: { ...better[2].so, ...so } });
    expect(`${summary.word}. ${summary.detail}`).toContain(word);
  });
});

describe('beside the word', () => {
  it('is how long it stays so', () => {
    expect(glance([live], { so: away }).time).toEqual({ as: 'left', at: graceEndsAt });
    expect(glance([live], { so: { ...away, graceEndsAt: null } }).time).toBeNull();
  });

  it('is when it was heard, for what needs you as well', () => {
    const time = { as: 'heard', at: at(-20_000) };
    expect(glance([live], unheard).time).toEqual(time);
    expect(glance([refused], unheard)).toMatchObject({ time, word: 'Twitch needs you' });
  });

  it.each([
    [refused, { lead: 'edit-key', words: 'Edit key', destinationId: 'd0' }],
    [busyKey, { lead: 'retry', words: 'Retry now', destinationId: 'd0' }],
    [live, null],
  ])('is what mends it, of %j', (push, action) => {
    expect(glance([push]).action).toEqual(action);
  });

  it('is nothing to press where it would have to be pressed at several', () => {
    expect(glance([refused, refused]).action).toBeNull();
  });

  it.each([
    [[live, retrying, null], {}, '1/2'],
    [[live, degraded], {}, '2/2'],
    [[refused, live], {}, '1/2'],
    [[live], unheard, '1/1'],
    [[waiting], { so: offline }, ''],
    [[live, null], wish('d1', true), '1/2'],
  ] as const)('is how many are live: of %j', (pushes, more, count) => {
    expect(glance(pushes, more).count).toBe(count);
  });

  it.each([
    [[live, connecting, delayed], {}],
    [[refused], {}],
    [[live], { so: away }],
    [[live], unheard],
  ] as const)('is no word that changes with the seconds: %#', (pushes, more) => {
    expect(glance(pushes, { ...more, afterMs: 30_000 })).toEqual(glance(pushes, more));
  });
});

describe('of several streams', () => {
  const of = (tone: Tone): Summary => ({ ...glance([live]), tone });

  it('the one that most wants to be looked at stands first', () => {
    const tones: readonly Tone[] = ['quiet', 'good', 'busy', 'fair', 'bad'];
    for (let count = 1; count <= tones.length; count += 1) {
      expect(worstOf(tones.slice(0, count).map(of))?.tone).toBe(tones[count - 1]);
    }
  });

  it('which are none, there is no worst', () => {
    expect(worstOf([])).toBeUndefined();
  });
});

describe('the tab of the browser', () => {
  it.each([
    [glance([live, live, live]), '● 3/3 Friday show'],
    [glance([live, retrying]), '△ 1/2 Friday show'],
    [glance([connecting]), '○ 0/1 Friday show'],
    [glance([refused]), '▲ Twitch needs you'],
    [glance([waiting], { so: offline }), 'Friday show'],
  ])('says it, too: %#', (summary, title) => {
    expect(tabTitle(summary, 'Friday show')).toBe(title);
  });
});
