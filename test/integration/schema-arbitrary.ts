import * as fc from 'fast-check';

export type JsonSchema = Readonly<Record<string, unknown>>;
type Components = Readonly<Record<string, JsonSchema>>;

const DEPTH_MAX = 8;
/** Text that programs of this kind have stumbled over. */
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u001b[31m',
  '\r\nX-Injected: 1',
  '\ud800',
  '\u202eabc',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00',
  "' OR 1=1 --",
  '<img src=x onerror=alert(1)>',
  '${7*7}',
  'ﷺ'.repeat(200),
  'x'.repeat(100_000),
];
/** That look right and lead nowhere: no name of a fuzz is looked up. */
const PLAUSIBLE = [
  'rtmp://203.0.113.7/live',
  'rtmps://203.0.113.7:443/app/key?a=b',
  'https://203.0.113.7/hook',
  'http://127.0.0.1:1/',
  'rtmp://127.0.0.1/live',
  'rtmp://[::1]/live',
  'Europe/Berlin',
  '20:15',
  '192.0.2.0/24',
  'h264',
  'custom',
  'twitch',
];

/** Values that a schema takes; where it cannot be told how, something near. */
export function takenBy(
  schema: JsonSchema,
  components: Components,
  depth = 0,
): fc.Arbitrary<unknown> {
  const { $ref, const: only, enum: values, anyOf, oneOf, allOf, example } = schema;
  const again = (inner: JsonSchema) => takenBy(inner, components, depth + 1);
  if (depth > DEPTH_MAX) return fc.constant(null);
  if (typeof $ref === 'string') return again(components[$ref.split('/').at(-1) ?? ''] ?? {});
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(values)) return fc.constantFrom<unknown>(...(values as unknown[]));
  const alternatives = (anyOf ?? oneOf) as JsonSchema[] | undefined;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map(again));
  if (Array.isArray(allOf)) {
    return fc
      .tuple(...(allOf as JsonSchema[]).map(again))
      .map((parts) => Object.assign({}, ...parts) as unknown);
  }
  const made = ofType(schema, components, depth);
  const shown = { weight: 2, arbitrary: fc.constant(example) };
  return example === undefined ? made : fc.oneof(shown, { weight: 1, arbitrary: made });
}

function ofType(schema: JsonSchema, components: Components, depth: number): fc.Arbitrary<unknown> {
  const again = (inner: JsonSchema) => takenBy(inner, components, depth + 1);
  const { type, minimum = 0, maximum = 100_000, minItems = 0 } = schema;
  switch (Array.isArray(type) ? (type as unknown[])[0] : type) {
    case 'object': {
      const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
      const made = Object.entries(properties).map(([name, one]) => [name, again(one)] as const);
      const requiredKeys = (schema['required'] ?? []) as string[];
      return fc.record(Object.fromEntries(made), { requiredKeys, noNullPrototype: true });
    }
    case 'array': {
      const limits = { minLength: Number(minItems), maxLength: Number(minItems) + 2 };
      return fc.array(again((schema['items'] ?? {}) as JsonSchema), limits);
    }
    case 'integer':
      return fc.integer({ min: Number(minimum), max: Number(maximum) });
    case 'number':
      return fc.double({ min: Number(minimum), max: Number(maximum), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return textOf(schema);
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

function textOf({
  format,
  pattern,
  minLength = 0,
  maxLength = 60,
}: JsonSchema): fc.Arbitrary<string> {
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date-time':
      return fc.constantFrom('2026-11-20T10:00:00.000Z', '2030-01-01T00:00:00.000Z');
    case 'date':
      return fc.constantFrom('2026-11-20', '2030-02-28');
    case 'email':
      return fc.nat().map((n) => `person-${n}@example.com`);
    case 'uri':
      return fc.constant('https://203.0.113.7/hook');
    default:
  }
  const min = Number(minLength);
  const max = Math.max(min, Math.min(Number(maxLength), 60));
  const plain = fc.string({ minLength: min, maxLength: max });
  const patterned =
    typeof pattern === 'string' ? fc.stringMatching(new RegExp(pattern, 'u')) : plain;
  return fc.oneof(patterned, fc.constantFrom(...PLAUSIBLE));
}

/** What no schema asks for. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1e308, Number.MAX_SAFE_INTEGER, 0.5, [], {}),
  fc.constantFrom<unknown>(...ODD_TEXTS),
  fc.constant(Array.from({ length: 1_000 }, () => 'x')),
);
const oddNames = fc.constantFrom('__proto__', 'constructor', 'toString', 'x', '', 'id');

/** One thing of it is not as it should be: a field, its name, or the whole. */
export function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return anything;
  const record = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(record);
  const withField = (name: string, field: unknown): unknown =>
    Object.fromEntries([...Object.entries(record), [name, field]]);
  const another = fc.tuple(oddNames, anything).map(([name, field]) => withField(name, field));
  if (names.length === 0) return fc.oneof(another, anything);
  const some = fc.constantFrom(...names);
  return fc.oneof(
    fc.tuple(some, anything).map(([name, field]) => withField(name, field)),
    some.chain((name) => spoilt(record[name]).map((field) => withField(name, field))),
    some.map((gone) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => name !== gone)),
    ),
    another,
    anything,
  );
}

/** For paths and queries. */
export const oddTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS.filter((text) => text.length < 5_000)),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
