/** Of zod's issues, what is looked at; whatever else a validator says keeps its own words. */
export interface FieldIssue {
  readonly message: string;
  readonly code?: unknown;
  readonly origin?: unknown;
  readonly expected?: unknown;
  readonly format?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly values?: unknown;
}

export interface FieldWords {
  /** Stable. */
  readonly code: string;
  /** Goes on after the name of the field: `needs at least 12 characters`. */
  readonly words: string;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const FORMATS: Readonly<Record<string, readonly [code: string, words: string]>> = {
  email: ['NOT_AN_EMAIL', 'must be an e-mail address'],
  url: ['NOT_A_URL', 'must be a URL of the kind that is asked for'],
  uuid: ['NOT_AN_ID', 'must be an id'],
  datetime: ['NOT_A_TIME', 'must be a time such as 2026-11-20T10:00:00.000Z'],
  date: ['NOT_A_DATE', 'must be a date such as 2026-11-20'],
};
/** Values that are listed to a person at most. */
const VALUES_SHOWN_MAX = 20;

/** What is wrong with a field, in plain words and without its value. */
export function fieldWords(issue: FieldIssue): FieldWords {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue);
    case 'too_small':
      return ofSize(issue, Number(issue.minimum), 'least');
    case 'too_big':
      return ofSize(issue, Number(issue.maximum), 'most');
    case 'invalid_format':
      return ofFormat(issue);
    case 'invalid_value':
      return { code: 'NOT_ALLOWED_VALUE', words: `must be ${oneOf(issue.values)}` };
    case 'unrecognized_keys':
      return { code: 'UNKNOWN_FIELD', words: 'is not known here' };
    case 'invalid_union':
      return { code: 'NOT_ALLOWED_VALUE', words: 'is of no kind that is taken here' };
    default:
      return { code: 'NOT_ALLOWED_VALUE', words: issue.message };
  }
}

function ofType({ message, expected }: FieldIssue): FieldWords {
  if (message.endsWith('received undefined')) return { code: 'MISSING', words: 'is missing' };
  // Words of our own: it is needed only where something else is said.
  if (!message.startsWith('Invalid input')) return { code: 'MISSING', words: message };
  const type = TYPES[String(expected)];
  return {
    code: 'WRONG_TYPE',
    words: type === undefined ? 'is of another kind' : `must be ${type}`,
  };
}

function ofSize(issue: FieldIssue, limit: number, end: 'least' | 'most'): FieldWords {
  const long = end === 'least' ? 'TOO_SHORT' : 'TOO_LONG';
  switch (issue.origin) {
    case 'string':
      if (end === 'least' && limit === 1) return { code: long, words: 'must not be empty' };
      return { code: long, words: `${takes(end)} ${counted(limit, 'character')}` };
    case 'array':
      return { code: long, words: `${takes(end)} ${counted(limit, 'entry', 'entries')}` };
    default: {
      const words = end === 'least' ? `must be ${limit} or more` : `must be ${limit} or less`;
      const beyond = end === 'least' ? `must be more than ${limit}` : `must be less than ${limit}`;
      return { code: 'OUT_OF_RANGE', words: issue.inclusive === false ? beyond : words };
    }
  }
}

function takes(end: 'least' | 'most'): string {
  return end === 'least' ? 'needs at least' : 'may have at most';
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function ofFormat({ format, message }: FieldIssue): FieldWords {
  const known = FORMATS[String(format)];
  if (known !== undefined) return { code: known[0], words: known[1] };
  const isOurs = !message.startsWith('Invalid');
  return { code: 'WRONG_FORM', words: isOurs ? message : 'has a form that is not taken here' };
}

function oneOf(values: unknown): string {
  if (!Array.isArray(values) || values.length > VALUES_SHOWN_MAX) return 'one of those known here';
  const [only, ...more] = values.map((value) => String(value));
  return more.length === 0 ? (only ?? 'left out') : `one of ${[only, ...more].join(', ')}`;
}
