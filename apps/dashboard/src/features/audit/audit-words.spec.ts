import { describe, expect, it } from 'vitest';
import { deedOptions, deedWords, detailWords } from './audit-words.ts';

describe('the words of the audit log', () => {
  it('say what was done, and name a deed that they do not know', () => {
    expect(deedWords('destination.change')).toBe('Changed a destination');
    expect(deedWords('moon.land')).toBe('moon.land');
  });

  it('offer every deed that they know, and the one that is chosen', () => {
    const options = deedOptions('moon.land');
    expect(options[0]).toEqual(['', 'Everything']);
    expect(options).toContainEqual(['moon.land', 'moon.land']);
    expect(deedOptions('token.create')).toHaveLength(options.length - 1);
  });

  it('tell what is known beside', () => {
    const detail = { fields: ['name', 'url'], count: 2, dueAt: 'then' };
    expect(detailWords(detail)).toBe('Fields: name, url; count: 2; dueAt: then');
    expect(detailWords({})).toBe('');
  });
});
