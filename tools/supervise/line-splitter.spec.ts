import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function linesOf(...pieces: string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.feed(piece);
  splitter.end();
  return lines;
}

describe('LineSplitter', () => {
  it('gives the same lines wherever the text is cut', () => {
    const text = 'one\ntwo\r\n\nfour';
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(linesOf(text.slice(0, cut), text.slice(cut))).toEqual(['one', 'two', '', 'four']);
    }
  });

  it('keeps at most 8192 characters of a line that does not end', () => {
    expect(linesOf('x'.repeat(8192), 'y\n')).toEqual([`${'x'.repeat(8192)}y`]);
    expect(linesOf('x'.repeat(8193), 'y\n')).toEqual(['x'.repeat(8193), 'y']);
  });
});
