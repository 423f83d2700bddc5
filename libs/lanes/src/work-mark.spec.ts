import { describe, expect, it } from 'vitest';
import { createWorkMark, MarkedWork, readWorkMark } from './work-mark.ts';

const ID = '0192f0c4-8a6e-7d3b-9c1f-2b7a5e4d3c21';

describe('the mark of what a lane works on', () => {
  it('names whose bytes are at hand, and nobody before and after', () => {
    const mark = createWorkMark();
    const work = new MarkedWork(mark, ID);
    expect(readWorkMark(mark)).toBeUndefined();
    work.begin();
    expect(readWorkMark(mark)).toBe(ID);
    work.end();
    expect(readWorkMark(mark)).toBeUndefined();
    work.begin();
    expect(readWorkMark(mark)).toBe(ID);
  });

  it('keeps a name of 36 letters, and of a longer one the beginning', () => {
    const mark = createWorkMark();
    new MarkedWork(mark, `${ID}x`).begin();
    expect(readWorkMark(mark)).toBe(ID);
    const other = createWorkMark();
    new MarkedWork(other, ID.slice(1)).begin();
    expect(readWorkMark(other)).toBe(ID.slice(1));
  });
});
