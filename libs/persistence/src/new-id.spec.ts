import { describe, expect, it } from 'vitest';
import { isId, newId } from './new-id.ts';

describe('newId', () => {
  it('carries version 7, the variant and the time', () => {
    const id = newId(0x0123456789ab);
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isId(id)).toBe(true);
  });

  it('sorts by time', () => {
    expect(newId(1_000) < newId(1_001)).toBe(true);
  });
});

describe('isId', () => {
  it.each(['', 'stream', "1' or '1'='1", '01234567-89ab-7000-8000-0123456789a', `${newId()} `])(
    'refuses %j',
    (text) => {
      expect(isId(text)).toBe(false);
    },
  );
});
