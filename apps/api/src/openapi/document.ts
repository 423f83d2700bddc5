import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { z } from 'zod';
import { liveEventSchema, problemSchema } from '#contracts';
import { PROBLEM_CODES } from '#control';
import { finishOperation } from './operation.ts';
import type { Operation } from './operation.ts';
import { problemResponses } from './problem-responses.ts';
import { routeFacts } from './route-facts.ts';
import { answeredComponents, answerSchema, shownSchema, type JsonSchema } from './schemas.ts';

const DESCRIPTION = [
  'Publish once over RTMPS, be live everywhere.',
  'Programs send `Authorization: Bearer <token>`; the dashboard has a session cookie.',
  'Refusals are problem details (RFC 9457) with a stable `code`; lists come in pages by cursor;',
  'times are UTC in ISO 8601; ids are opaque.',
].join(' ');
const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document. It follows from the code alone, and is the same each time. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Forkcast')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token of the API.' }, 'token')
    .addCookieAuth(
      'forkcast',
      { type: 'apiKey', in: 'cookie', description: 'Over TLS it is called __Host-forkcast.' },
      'session',
    )
    .build();
  const made = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller}.${method}`,
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? shownSchema(schema, schemaType) : undefined,
  });
  answerSchema(liveEventSchema);
  const components = componentsOf(made);
  const facts = routeFacts(app);
  for (const [path, item] of Object.entries(made.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation === undefined) continue;
      const own = facts.get(operation.operationId ?? '');
      finishOperation(operation, { method, path, components, facts: own });
    }
  }
  return ordered({
    ...made,
    paths: inOrder(made.paths),
    tags: tagsOf(made),
    components: {
      ...made.components,
      schemas: inOrder(components),
      responses: spokenOf(problemResponses(), made.paths),
    },
  } as unknown as OpenAPIObject);
}

/** Bodies as swagger gathered them, answers as the routes did, and the one of every refusal. */
function componentsOf(made: OpenAPIObject): Record<string, JsonSchema> {
  const { schema, components } = shownSchema(z.object({ problem: problemSchema }), 'output');
  const problem = components['Problem'] ?? schema;
  const properties = problem['properties'] as Record<string, JsonSchema>;
  const code = { type: 'string', enum: Object.keys(PROBLEM_CODES).toSorted() };
  return {
    ...(made.components?.schemas as Record<string, JsonSchema> | undefined),
    ...Object.fromEntries(answeredComponents()),
    Problem: { ...problem, properties: { ...properties, code } },
  };
}

function tagsOf({ paths }: OpenAPIObject): { name: string; description: string }[] {
  const names = Object.values(paths).flatMap((item) =>
    METHODS.flatMap((method) => item[method]?.tags ?? []),
  );
  return [...new Set(names)]
    .toSorted()
    .map((name) => ({ name, description: `Calls about ${name}.` }));
}

function inOrder<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Responses that some call refers to. */
function spokenOf(
  responses: Readonly<Record<string, object>>,
  paths: OpenAPIObject['paths'],
): Record<string, object> {
  const said = JSON.stringify(paths);
  const isSpokenOf = ([name]: readonly [string, object]): boolean =>
    said.includes(`"#/components/responses/${name}"`);
  return Object.fromEntries(Object.entries(responses).filter(isSpokenOf));
}

/** Without what is undefined, as a reader of the file gets it. */
function ordered(document: OpenAPIObject): OpenAPIObject {
  return JSON.parse(JSON.stringify(document)) as OpenAPIObject;
}
