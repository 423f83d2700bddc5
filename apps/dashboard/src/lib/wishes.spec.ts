import { describe, expect, it } from 'vitest';
import { wantedOf, wishMs, withoutAgreed, withoutWish, withWish } from './wishes.ts';
import type { Wish } from './wishes.ts';

const startOf = (destinationId: string): Wish => ({ destinationId, enabled: true, askedAtMs: 0 });
const none = { wishes: {} };

describe('a wish', () => {
  it('stands until it is taken back', () => {
    const wish = startOf('d1');
    const state = withWish(none, wish);
    expect(state.wishes).toEqual({ d1: wish });
    expect(withoutWish(state, wish).wishes).toEqual({});
  });

  it('is not taken back with one that was made before it', () => {
    const [first, second] = [startOf('d1'), { ...startOf('d1'), enabled: false }];
    const state = withWish(withWish(none, first), second);
    expect(withoutWish(state, first)).toBe(state);
  });

  it('ends when the server says the same, and with its destination', () => {
    const wishes = { d1: startOf('d1'), d2: startOf('d2'), d3: startOf('d3') };
    const destinations = [
      { id: 'd1', enabled: true },
      { id: 'd2', enabled: false },
    ];
    expect(Object.keys(withoutAgreed(wishes, [{ destinations }]))).toEqual(['d2']);
  });

  it('that stands with all others leaves them as they are', () => {
    const wishes = { d2: startOf('d2') };
    const destinations = [{ id: 'd2', enabled: false }];
    expect(withoutAgreed(wishes, [{ destinations }])).toBe(wishes);
  });
});

describe('what is wanted', () => {
  const off = { id: 'd1', enabled: false };
  const wishes = { d1: startOf('d1') };

  it.each([
    ['as the server says, without a wish', {}, 0, { enabled: false, pending: false }],
    ['as asked', wishes, wishMs - 1, { enabled: true, pending: true }],
    [
      'as the server says, when the wish is too old',
      wishes,
      wishMs,
      { enabled: false, pending: false },
    ],
  ])('is %s', (_name, held, nowMs, wanted) => {
    expect(wantedOf(off, held, nowMs)).toEqual(wanted);
  });

  it('is not under way when it is so', () => {
    const wanted = { enabled: true, pending: false };
    expect(wantedOf({ id: 'd1', enabled: true }, wishes, 0)).toEqual(wanted);
  });

  it('is off while that was asked for and is not so', () => {
    const stop = { d1: { ...startOf('d1'), enabled: false } };
    const wanted = { enabled: false, pending: true };
    expect(wantedOf({ id: 'd1', enabled: true }, stop, 0)).toEqual(wanted);
  });

  it('is the same object for the same answer', () => {
    expect(wantedOf(off, wishes, 0)).toBe(wantedOf(off, { ...wishes }, 1));
  });
});
