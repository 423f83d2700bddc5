import { describe, expect, it } from 'vitest';
import {
  nowMs,
  streamOf,
  statusOf,
  glance,
  live,
  refused,
  busyKey,
  retrying,
  degraded,
  connecting,
  delayed,
  draining,
  waiting,
  hold,
  away,
  offline,
  frozenAway,
  frozenHere,
  frozenThere,
  switchedOver,
  fight,
  unheard,
  wish,
} from './summary.fixture.ts';
import type { Seen, More } from './summary.fixture.ts';
import { fightShownMs, summaryOf } from './summary.ts';

type Row = readonly [
  name: string,
  pushes: ReadonlyArray<Seen | null>,
  more: More,
  /** Tone: word / detail. */
  said: string,
];

/** Every line of the table of states, one by one. */
const rows: readonly Row[] = [
  ['a live one', [live], {}, 'good: Twitch is live'],
  ['two live ones', [live, live], {}, 'good: Both live'],
  ['three live ones', [live, live, live], {}, 'good: All 3 live'],
  [
    'one that has nothing to begin with',
    [live, { ...live, waitingForKeyframe: true }],
    {},
    'busy: 1 of 2 live / Kick waits for a keyframe.',
  ],
  ['live ones and one that is off', [live, live, null], {}, 'good: Both live'],
  ['one that needs you', [refused], {}, 'bad: Twitch needs you / The key was refused.'],
  [
    'two that need you',
    [refused, busyKey, live],
    {},
    'bad: 2 destinations need you / Twitch and Kick.',
  ],
  [
    'four that need you',
    [refused, refused, refused, refused],
    {},
    'bad: 4 destinations need you / Twitch, Kick and 2 more.',
  ],
  ['one without a reason', [{ ...refused, lastError: null }], {}, 'bad: Twitch needs you'],
  [
    'one that reconnects, alone',
    [retrying],
    {},
    'fair: Twitch is reconnecting / No action needed.',
  ],
  [
    'one of three that reconnects',
    [live, retrying, live],
    {},
    'fair: 2 of 3 live / Kick is reconnecting. No action needed.',
  ],
  [
    'two of three that reconnect',
    [retrying, retrying, live],
    {},
    'fair: 1 of 3 live / Twitch and Kick are reconnecting. No action needed.',
  ],
  [
    'one that has been away for long',
    [live, retrying],
    { afterMs: 1 },
    'fair: 1 of 2 live / ' +
      'Kick is still reconnecting. It goes on trying; have a look at the platform.',
  ],
  [
    'one that falls behind',
    [degraded, live, live],
    {},
    'fair: All 3 live / Twitch is falling behind. It catches up by itself.',
  ],
  [
    'one that falls behind, alone',
    [degraded],
    {},
    'fair: Twitch is falling behind / It catches up by itself.',
  ],
  ['one that connects', [live, connecting], {}, 'busy: 1 of 2 live / Kick is connecting.'],
  ['one that connects, alone', [connecting], {}, 'busy: Twitch is connecting'],
  [
    'one that is about to be dialled',
    [live, waiting],
    {},
    'busy: 1 of 2 live / Kick is connecting.',
  ],
  ['a delayed start', [live, delayed], {}, 'busy: 1 of 2 live / Kick starts with its delay.'],
  ['a delayed start, alone', [delayed], {}, 'busy: Twitch starts with its delay'],
  [
    'one that was asked for',
    [live, null],
    wish('d1', true),
    'busy: 1 of 2 live / Kick is connecting.',
  ],
  ['one that was asked to stop', [live, retrying], wish('d1', false), 'good: Twitch is live'],
  ['nothing that is on', [null, null], {}, 'quiet: 0 destinations on / Nothing leaves Forkcast.'],
  ['no destinations', [], {}, 'quiet: 0 destinations / Nothing leaves Forkcast.'],
  [
    'what is played out of one that is off',
    [null],
    { so: statusOf([draining], {}) },
    'quiet: Finishing / What is held back is played to the end.',
  ],
  [
    'an encoder that is away',
    [live],
    { so: away },
    'fair: Encoder away, protected / Viewers see the last picture. ' +
      'It may come back by itself; if not, start it again.',
  ],
  [
    'an encoder that is away, with a slate',
    [live],
    { so: { ...away, hold: hold('slate') } },
    'fair: Encoder away, protected / Viewers see the slate. ' +
      'It may come back by itself; if not, start it again.',
  ],
  [
    'an encoder that is away, with nothing to be seen',
    [live],
    { so: { ...away, hold: null } },
    'fair: Encoder away, protected / Destinations stay connected. ' +
      'It may come back by itself; if not, start it again.',
  ],
  [
    'an encoder without a picture',
    [live],
    { so: frozenAway },
    'fair: No picture from the encoder, protected / ' +
      'Viewers see the last picture. Look at your encoder.',
  ],
  [
    'an input that just froze',
    [live],
    { so: frozenHere },
    'fair: No picture from the encoder / Look at your encoder.',
  ],
  [
    'a frozen input that the other one has replaced',
    [live],
    { so: switchedOver },
    'fair: The primary input sends no picture / ' +
      'The backup input is on air. Viewers see nothing of it.',
  ],
  [
    'a frozen input that stands by',
    [live],
    { so: frozenThere },
    'fair: The backup input sends no picture / ' +
      'The primary input is on air. Viewers see nothing of it.',
  ],
  [
    'two encoders that fight',
    [live],
    fight(),
    'bad: Two encoders fight / Stop one of them, or give it the key of the backup input.',
  ],
  ['a fight that is over', [live], fight(-fightShownMs), 'good: Twitch is live'],
  [
    'a fight that is not',
    [live],
    fight(1 - fightShownMs),
    'bad: Two encoders fight / Stop one of them, or give it the key of the backup input.',
  ],
  ['a fight of another broadcast', [live], fight(0, 'b0'), 'good: Twitch is live'],
  [
    'what was not heard of for too long',
    [live],
    unheard,
    'quiet: Not up to date / Your broadcast goes on without this page.',
  ],
  [
    'nothing that comes in',
    [waiting],
    { so: offline },
    'quiet: Awaiting your encoder / Twitch starts by itself then.',
  ],
  [
    'nothing that comes in, for three',
    [waiting, waiting, waiting],
    { so: offline },
    'quiet: Awaiting your encoder / 3 destinations start by themselves then.',
  ],
  [
    'nothing that comes in, for none',
    [null],
    { so: offline },
    'quiet: Awaiting your encoder / No destination is on.',
  ],
  [
    'nothing at all',
    [],
    { so: offline },
    'quiet: Awaiting your encoder / Add a destination first.',
  ],
  [
    'what is played out after the end',
    [draining],
    { so: offline },
    'quiet: Finishing / What is held back is played to the end.',
  ],
];

describe('the one-second answer', () => {
  it.each(rows)('of %s', (_name, pushes, more, said) => {
    const { tone, word, detail } = glance(pushes, more);
    expect(`${tone}: ${word}${detail === '' ? '' : ` / ${detail}`}`).toBe(said);
  });

  it('waits for what is not loaded', () => {
    const stream = streamOf([live]);
    const facts = { stream, status: undefined, wishes: {}, lastHeardAtMs: null };
    expect(summaryOf(facts, nowMs)).toMatchObject({ word: 'Loading…', tone: 'quiet', count: '' });
  });
});
