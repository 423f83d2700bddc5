import type { JsonSchema } from './schemas.ts';

type Components = Readonly<Record<string, JsonSchema>>;

const DEPTH_MAX = 12;
const OF_FORMAT: Readonly<Record<string, string>> = {
  uuid: '01920000-0000-7000-8000-000000000001',
  'date-time': '2026-11-20T10:00:00.000Z',
  date: '2026-11-20',
  email: 'ada@example.com',
  uri: 'https://hooks.example.com/forkcast',
  binary: '',
};
/** The first that fits is taken. */
const WORDS = [
  'text',
  'correct horse battery staple',
  '2026-11-20',
  '20:15',
  'live.example.com',
  'rtmps://live.example.com/app',
  '?bandwidthtest=true',
  'https://hooks.example.com/forkcast',
  '192.0.2.0/24',
];

/**
 * A value that the schema takes: its own example where it has one, else the plainest one. The same
 * each time, so that the document is.
 */
export function exampleOf(schema: JsonSchema, components: Components, depth = 0): unknown {
  const { $ref, example, examples, const: only, enum: values, anyOf, oneOf, allOf } = schema;
  if (example !== undefined) return example;
  if (Array.isArray(examples)) return examples[0];
  if (only !== undefined) return only;
  if (schema['default'] !== undefined) return schema['default'];
  if (typeof $ref === 'string') {
    const found = components[$ref.replace('#/components/schemas/', '')];
    return found === undefined || depth > DEPTH_MAX
      ? null
      : exampleOf(found, components, depth + 1);
  }
  if (Array.isArray(values)) return values[0];
  const alternatives = anyOf ?? oneOf;
  if (Array.isArray(alternatives)) {
    const [first] = alternatives as [JsonSchema, ...JsonSchema[]];
    return exampleOf(first, components, depth + 1);
  }
  if (Array.isArray(allOf)) {
    const parts = allOf.map((part) => exampleOf(part as JsonSchema, components, depth + 1));
    return Object.assign({}, ...parts) as unknown;
  }
  return ofType(schema, components, depth);
}

function ofType(schema: JsonSchema, components: Components, depth: number): unknown {
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'object':
      return ofObject(schema, components, depth);
    case 'array': {
      const items = schema['items'] as JsonSchema | undefined;
      return items === undefined ? [] : [exampleOf(items, components, depth + 1)];
    }
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return true;
    case 'string':
      return OF_FORMAT[String(schema['format'])] ?? wordOf(schema);
    default:
      return null;
  }
}

function ofObject(schema: JsonSchema, components: Components, depth: number): unknown {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const made = properties.map(([name, property]) => [
    name,
    exampleOf(property, components, depth + 1),
  ]);
  return Object.fromEntries(made) as unknown;
}

function numberOf({ minimum, exclusiveMinimum }: JsonSchema): number {
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
  return typeof minimum === 'number' ? minimum : 0;
}

function wordOf({ pattern, minLength = 0, maxLength = Infinity }: JsonSchema): string {
  const fits = (word: string): boolean =>
    word.length >= Number(minLength) &&
    word.length <= Number(maxLength) &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(word));
  return WORDS.find(fits) ?? '';
}
