import { describe, expect, it } from 'vitest';
import { SyntheticEncoder } from '#testing';
import { FrameJudge } from './frame-judge.ts';
import type { JudgedMedia } from './frame-judge.ts';

/** Headers, and some seconds of frames, as a destination gets them. */
function media(seconds: number): JudgedMedia[] {
  const encoder = new SyntheticEncoder({ kbps: 300, framesPerSecond: 30 });
  const messages = encoder.headers().map(({ payload, ...rest }) => ({ ...rest, body: payload }));
  while (encoder.dueAtMs < seconds * 1_000) {
    const { payload, ...rest } = encoder.next(encoder.dueAtMs);
    messages.push({ ...rest, body: Buffer.from(payload) });
  }
  return messages;
}

const isVideo = ({ type }: JudgedMedia) => type === 9;

function judged(sessions: readonly JudgedMedia[][], ...demand: ['rejoins' | 'spliced'] | []) {
  const judge = new FrameJudge(...demand);
  for (const session of sessions) {
    judge.begin();
    for (const one of session) judge.hear(one, one.timestampMs + 40);
  }
  return judge;
}

describe('the judge of a healthy destination', () => {
  it('finds no fault with what an encoder sent', () => {
    const judge = judged([media(5)]);
    expect(judge.faults).toEqual([]);
    expect(judge.lastFrame).toBe(149);
    expect(Math.round(judge.longestPauseMs)).toBe(34);
    expect(Math.max(...judge.agesMs)).toBeLessThan(41);
  });

  it('sees one frame that is missing', () => {
    const whole = media(5);
    const missing = whole.filter(isVideo)[41];
    const judge = judged([whole.filter((one) => one !== missing)]);
    expect(judge.faults).toEqual(['frame 41 after 39']);
  });

  it('sees a frame that comes twice', () => {
    const whole = media(1);
    const again = whole.filter(isVideo)[9];
    const twice = whole.flatMap((one) => (one === again ? [one, one] : [one]));
    expect(judged([twice]).faults).toEqual(['frame 8 after 8']);
  });

  it('sees a timestamp that falls, of sound as well', () => {
    const falling = media(1);
    const sound = falling.findLastIndex(({ type }) => type === 8);
    falling[sound] = { ...falling[sound]!, timestampMs: 3 };
    expect(judged([falling]).faults).toEqual([expect.stringMatching(/^timestamp 3 after \d+$/)]);
  });

  it('sees a second session, unless one may rejoin', () => {
    const sessions = [media(2), media(2)];
    expect(judged(sessions).faults).toEqual(['session 2 where one was to last']);
    expect(judged(sessions, 'spliced').faults).toHaveLength(1);
    expect(judged(sessions, 'rejoins').faults).toEqual([]);
  });

  it('sees a beginning without headers, and one without a keyframe', () => {
    const [, , ...headless] = media(1);
    expect(judged([headless]).faults).toEqual(['a frame before the headers']);
    const [audio, video, ...rest] = media(1);
    const late = rest.slice(rest.findIndex(isVideo) + 1);
    expect(judged([[audio!, video!, ...late]]).faults).toEqual(['the first frame is no keyframe']);
  });

  it('takes a leap to a keyframe where the encoder is what fails, and no other leap', () => {
    const [first, second] = [media(2), media(4)];
    const later = second.map((one) => ({ ...one, timestampMs: one.timestampMs + 2_000 }));
    expect(judged([[...first, ...later]], 'spliced').faults).toEqual([]);
    const torn = later.slice(later.findIndex(isVideo) + 4);
    expect(judged([[...first, ...torn]], 'spliced').faults).not.toEqual([]);
    expect(judged([[...first, ...later]]).faults).not.toEqual([]);
  });

  it('takes the pictures that a relay makes itself for no frames', () => {
    const [audio, video, ...rest] = media(1);
    const sliceEnd = 9 + rest.find(isVideo)!.body.readUInt32BE(5);
    const still = { ...rest.find(isVideo)!, body: rest.find(isVideo)!.body.subarray(0, sliceEnd) };
    const judge = judged([[audio!, video!, still, ...rest]]);
    expect(judge.faults).toEqual([]);
    expect(judge.lastFrame).toBe(29);
  });
});
