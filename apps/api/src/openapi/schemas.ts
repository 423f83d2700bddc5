import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema as OpenAPI 3.1 shows it, and the named schemas that it refers to. */
export interface ShownSchema {
  readonly schema: JsonSchema;
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** What answers refer to, gathered as routes are declared. */
const answered = new Map<string, JsonSchema>();

export function answeredComponents(): ReadonlyMap<string, JsonSchema> {
  return answered;
}

/** The schema of an answer; what it refers to is kept for the document. */
export function answerSchema(schema: z.ZodType): JsonSchema {
  const shown = shownSchema(schema, 'output');
  for (const [name, component] of Object.entries(shown.components)) answered.set(name, component);
  return shown.schema;
}

/**
 * What a schema takes (`input`) or gives (`output`). One that is named by `.meta({ id })` becomes a
 * component; where it takes other than it gives, the one that is taken is called `…Input`.
 */
export function shownSchema(schema: z.ZodType, io: 'input' | 'output'): ShownSchema {
  const {
    $schema: _dialect,
    $defs: definitions = {},
    ...rest
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // Zod takes them for what comes out where something in it is made into another: ours go in.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (io === 'input' && Array.isArray(examples)) jsonSchema.examples ??= examples;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const renamed = new Map(Object.keys(definitions).map((name) => [name, nameOf(name, io)]));
  const components = Object.entries(definitions)
    .filter(([name]) => !isAnyJson(name))
    .map(
      ([name, definition]) =>
        [renamed.get(name) ?? name, withRefs(definition, renamed) as JsonSchema] as const,
    );
  return {
    schema: withRefs(rest, renamed) as JsonSchema,
    components: Object.fromEntries(components),
  };
}

/** What zod calls a schema that leads back to itself and has no name: `z.json()`. */
function isAnyJson(name: string): boolean {
  return name.startsWith('__schema');
}

/** Bodies say so in their names already. */
function nameOf(name: string, io: 'input' | 'output'): string {
  return io === 'output' || name.endsWith('Body') ? name : `${name}Input`;
}

function withRefs(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withRefs(each, renamed));
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && isAnyJson(String(value.$ref).replace('#/$defs/', ''))) return {};
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (key !== '$ref' || typeof each !== 'string') return [key, withRefs(each, renamed)];
    const name = each.replace('#/$defs/', '');
    return [key, `#/components/schemas/${renamed.get(name) ?? name}`];
  });
  return Object.fromEntries(entries);
}
