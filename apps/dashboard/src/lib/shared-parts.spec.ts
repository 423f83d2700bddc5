import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedParts } from './shared-parts.ts';

describe('parts of what is held and of what comes', () => {
  it('are what comes, whatever is held', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (held, next) => {
        expect(withSharedParts(held, next)).toEqual(next);
      }),
    );
  });

  it('are the very same where nothing changed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (held) => {
        expect(withSharedParts(held, structuredClone(held))).toBe(held);
      }),
    );
  });

  it('are the same beside what changed', () => {
    const held = {
      pushes: [
        { id: 'a', kbps: 1 },
        { id: 'b', kbps: 2 },
      ],
      hold: { reason: '' },
    };
    const next = structuredClone(held);
    next.pushes[1]!.kbps = 3;
    const both = withSharedParts(held, next);
    expect(both).not.toBe(held);
    expect(both.hold).toBe(held.hold);
    expect(both.pushes[0]).toBe(held.pushes[0]);
    expect(both.pushes[1]).toEqual({ id: 'b', kbps: 3 });
  });

  it('are not the same with another name for nothing', () => {
    const held: { a?: undefined; b?: undefined } = { a: undefined };
    expect(Object.keys(withSharedParts(held, { b: undefined }))).toEqual(['b']);
  });
});
