import { describe, expect, it } from 'vitest';
import { matchSplices } from './splice-match.ts';
import type { SpliceSource } from './splice-match.ts';

const GOP_FRAMES = 10;
const a = source('a');
const b = source('b');

function source(name: string): SpliceSource {
  const hashes = Array.from({ length: 40 }, (_, frame) => `${name}${frame}`);
  return { name, hashes, gopFrames: GOP_FRAMES };
}

/** `a3-7` are the frames 3 to 7 of a, `a7*5` five times its frame 7. */
function shown(text: string): string[] {
  return text.split(' ').flatMap((word) => {
    const parts = /^([a-z])(\d+)(?:-(\d+)|\*(\d+))?$/.exec(word) ?? [];
    const [, name = '', from = '', to, times] = parts;
    const frames = to === undefined ? Number(times ?? 1) : Number(to) - Number(from) + 1;
    const step = to === undefined ? 0 : 1;
    return Array.from({ length: frames }, (_, index) => `${name}${Number(from) + index * step}`);
  });
}

function runsOf(text: string): string[] {
  const runs = matchSplices(shown(text), [a, b]);
  return runs.map(({ kind, source: name, frame, last, frames }) =>
    kind === 'held' ? `${name}${frame}*${frames}` : `${name}${frame}-${last}, ${frames}`,
  );
}

describe('what a recording shows', () => {
  it.each([
    ['one run', 'a10-25', ['a10-25, 16']],
    ['an encoder that came back', 'a0-17 a0-5', ['a0-17, 18', 'a0-5, 6']],
    ['another encoder', 'a0-17 b20-22', ['a0-17, 18', 'b20-22, 3']],
    ['a picture that is held', 'a0-7 a7*9 b0-3', ['a0-7, 8', 'a7*9', 'b0-3, 4']],
    [
      'keyframes that are held, as often as may be',
      'a0-13 a13*3 a10*4 b0-3',
      ['a0-13, 14', 'a13*3', 'a10*4', 'b0-3, 4'],
    ],
    [
      'a keyframe that is held once',
      'a0-13 a13*3 a10 b0-3',
      ['a0-13, 14', 'a13*3', 'a10*1', 'b0-3, 4'],
    ],
    [
      'the last picture decoded, which was not the last one shown',
      'a0-7 a6*3 a0-1',
      ['a0-7, 8', 'a6*3', 'a0-1, 2'],
    ],
    ['B-frames that never came', 'a0-5 a7 b0-1', ['a0-7, 7', 'b0-1, 2']],
    [
      'B-frames that never came, and the frame after them held',
      'a0-5 a8*4 b0-1',
      ['a0-8, 7', 'a8*3', 'b0-1, 2'],
    ],
    ['B-frames that never came, at the very end', 'a0-5 a7', ['a0-7, 7']],
  ])('is read as %s', (_, text, runs) => {
    expect(runsOf(text)).toEqual(runs);
  });

  it.each([
    ['a picture of nobody', 'a0-3 c0', 'frame 4 of the recording is of no source'],
    ['a join in between two keyframes', 'a3-7', 'a, which is no keyframe, after nothing'],
    ['a splice in between two keyframes', 'a0-3 b5-7', 'frame 5 of b, which is no keyframe'],
    ['a frame that is missing', 'a0-3 a5-9', 'frame 4 of the recording is frame 5 of a'],
    ['two frames that are missing', 'a0-3 a6-9', 'frame 4 of the recording is frame 6 of a'],
    ['a step back', 'a0-9 a5-9', 'frame 5 of a, which is no keyframe, after frame 9 of a'],
    ['a held picture that goes on', 'a0-7 a7*3 a8-9', 'frame 8 of a, which is no keyframe'],
    ['a picture held from long ago', 'a0-9 a6*3', 'frame 6 of a, which is no keyframe'],
  ])('must not be %s', (_, text, sentence) => {
    expect(() => runsOf(text)).toThrow(sentence);
  });

  it('cannot be told from a source in which a picture comes twice', () => {
    const twice = { ...a, hashes: [...a.hashes, 'a3'] };
    expect(() => matchSplices(['a0'], [twice])).toThrow('frame 40 of a is not there only once');
  });
});
