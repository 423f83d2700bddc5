import { expect, test } from 'vitest';
import { linePoints } from './line-points.ts';

test('a line goes from side to side, and its largest value to the top', () => {
  expect(linePoints([0, 50, 100])).toBe('0,40 150,20 300,0');
  expect(linePoints([])).toBe('');
  expect(linePoints([0])).toBe('0,40');
});

test('many values become the means of some in a row', () => {
  const points = linePoints(Array.from({ length: 301 }, (_, index) => index % 3)).split(' ');
  expect(points).toHaveLength(101);
  expect(new Set(points.slice(0, 100).map((point) => point.split(',')[1]))).toEqual(new Set(['0']));
});
