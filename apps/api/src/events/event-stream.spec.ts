import { expect, test } from 'vitest';
import { isAfter } from './event-stream.ts';

test.each([
  ['1-0', '0-0', true],
  ['0-0', '0-0', false],
  ['10-0', '9-99', true],
  ['5-10', '5-9', true],
  ['5-9', '5-10', false],
  ['1763640000000-1', '1763640000000-0', true],
])('place %s after place %s: %s', (id, other, expected) => {
  expect(isAfter(id, other)).toBe(expected);
});
