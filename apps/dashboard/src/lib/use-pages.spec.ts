import { describe, expect, it } from 'vitest';
import { withPage } from './use-pages.ts';
import type { HeldPages } from './use-pages.ts';

const first: HeldPages<string> = { items: ['c', 'b'], next: 'after-b', problem: undefined };

describe('a list that is read page by page', () => {
  it('grows by the page that was asked for', () => {
    const both = withPage(first, 'after-b', { items: ['a'], nextCursor: null });
    expect(both).toEqual({ items: ['c', 'b', 'a'], next: null, problem: undefined });
  });

  it('takes a page that was asked for twice once', () => {
    const page = { items: ['a'], nextCursor: null };
    const once = withPage(first, 'after-b', page);
    expect(withPage(once, 'after-b', page)).toBe(once);
  });

  it('begins again with the first page', () => {
    const again = withPage(first, undefined, { items: ['d'], nextCursor: 'after-d' });
    expect(again).toEqual({ items: ['d'], next: 'after-d', problem: undefined });
  });
});
