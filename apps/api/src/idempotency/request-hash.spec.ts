import { describe, expect, it } from 'vitest';
import { requestHash } from './request-hash.ts';

const hash = (body: unknown, path = '/streams') => requestHash('POST', path, body);

describe('the hash of a request', () => {
  it('is the same in whatever order the fields stand', () => {
    expect(hash({ a: 1, b: { c: 2, d: [3] } })).toBe(hash({ b: { d: [3], c: 2 }, a: 1 }));
  });

  it.each([
    ['another value', { a: 2 }],
    ['another field', { b: 1 }],
    ['a list for an object', [['a', 1]]],
    ['nothing', undefined],
  ])('is another one for %s', (_what, body) => {
    expect(hash(body)).not.toBe(hash({ a: 1 }));
  });

  it('is another one for another path', () => {
    expect(hash({ a: 1 }, '/destinations')).not.toBe(hash({ a: 1 }));
  });
});
