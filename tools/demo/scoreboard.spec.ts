import { describe, expect, it } from 'vitest';
import { scoreboard, scoreLine } from './scoreboard.ts';

const scores = [
  { name: 'one', state: 'live', kilobitsPerSecond: 2512.4, videoFrames: 90, bytes: 1_250_000 },
  { name: 'the second', state: 'awaiting_stream', kilobitsPerSecond: 0, videoFrames: 0, bytes: 0 },
];

describe('the demo’s table', () => {
  it('has its columns one below the other', () => {
    expect(scoreboard(scores)).toEqual([
      'destination   state             kbit/s   frames    MB',
      'one           live                2512       90   1.3',
      'the second    awaiting stream        0        0   0.0',
    ]);
  });

  it('is one line where there is no terminal', () => {
    expect(scoreLine(scores)).toBe(
      'one: live, 2512 kbit/s, 90 frames, 1.3 MB | ' +
        'the second: awaiting stream, 0 kbit/s, 0 frames, 0.0 MB',
    );
  });
});
