import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldWords } from './index.ts';

function wordsFor(schema: z.ZodType, value: unknown): string {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) throw new Error('the value is in order');
  const { code, words } = fieldWords(issue);
  return `${code}: ${words}`;
}

describe('what is wrong with a field', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, 'MISSING: is missing'],
    [z.string(), 1, 'WRONG_TYPE: must be text'],
    [z.int(), 0.5, 'WRONG_TYPE: must be a whole number'],
    [z.boolean(), 'yes', 'WRONG_TYPE: must be true or false'],
    [z.array(z.string()), {}, 'WRONG_TYPE: must be a list'],
    [z.object({}), null, 'WRONG_TYPE: must be an object'],
    [z.string().min(1), '', 'TOO_SHORT: must not be empty'],
    [z.string().min(12), 'x', 'TOO_SHORT: needs at least 12 characters'],
    [z.string().max(1), 'xx', 'TOO_LONG: may have at most 1 character'],
    [z.array(z.int()).min(1), [], 'TOO_SHORT: needs at least 1 entry'],
    [z.array(z.int()).max(2), [1, 2, 3], 'TOO_LONG: may have at most 2 entries'],
    [z.int().min(0), -1, 'OUT_OF_RANGE: must be 0 or more'],
    [z.number().max(5), 6, 'OUT_OF_RANGE: must be 5 or less'],
    [z.number().positive(), 0, 'OUT_OF_RANGE: must be more than 0'],
    [z.email(), 'x', 'NOT_AN_EMAIL: must be an e-mail address'],
    [z.url(), 'x', 'NOT_A_URL: must be a URL of the kind that is asked for'],
    [z.uuid(), 'x', 'NOT_AN_ID: must be an id'],
    [z.iso.datetime(), 'x', 'NOT_A_TIME: must be a time such as 2026-11-20T10:00:00.000Z'],
    [z.string().regex(/^a$/), 'x', 'WRONG_FORM: has a form that is not taken here'],
    [z.string().regex(/^a$/, 'must be an a'), 'x', 'WRONG_FORM: must be an a'],
    [z.enum(['a', 'b']), 'x', 'NOT_ALLOWED_VALUE: must be one of a, b'],
    [z.literal('a'), 'x', 'NOT_ALLOWED_VALUE: must be a'],
    [z.strictObject({}), { x: 1 }, 'UNKNOWN_FIELD: is not known here'],
    [z.union([z.string(), z.int()]), true, 'NOT_ALLOWED_VALUE: is of no kind that is taken here'],
    [z.string().refine(() => false, 'is one of yours'), 'x', 'NOT_ALLOWED_VALUE: is one of yours'],
  ])('%# is said in plain words: %j', (schema, value, words) => {
    expect(wordsFor(schema, value)).toBe(words);
  });

  it('never repeats the value', () => {
    expect(wordsFor(z.enum(['a']), 'c4n4ry')).not.toContain('c4n4ry');
    expect(wordsFor(z.email(), 'c4n4ry')).not.toContain('c4n4ry');
  });
});
