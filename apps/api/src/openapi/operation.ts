import { exampleOf } from './example-of.ts';
import { operationName, summaryOf } from './operation-names.ts';
import { sharedProblem } from './problem-responses.ts';
import type { RouteFacts } from './route-facts.ts';
import type { JsonSchema } from './schemas.ts';

interface Media {
  schema?: JsonSchema;
  example?: unknown;
  examples?: unknown;
}
interface Answer {
  $ref?: string;
  description?: string;
  content?: Record<string, Media>;
  headers?: Record<string, object>;
}
export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  parameters?: ({ name: string; in: string } & Record<string, unknown>)[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
  security?: object[];
  [extension: `x-${string}`]: unknown;
}

interface Place {
  readonly method: string;
  readonly path: string;
  readonly components: Readonly<Record<string, JsonSchema>>;
  readonly facts: RouteFacts | undefined;
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same request is the same deed, for 24 hours.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};
const WORKSPACE = {
  name: 'Forkcast-Workspace',
  in: 'header',
  description: 'The workspace that is meant; without it the oldest one of who asks.',
  schema: { type: 'string', format: 'uuid' },
};

const ETAG = { type: 'string', pattern: '^"v[1-9][0-9]*"$', example: '"v3"' };
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: 'The ETag of what was read: nothing is changed unless it is still so.',
  schema: ETAG,
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of what is known already: 304 while it is still so.',
  schema: ETAG,
};

/** Gives a call all that follows from its kind: name, who may, examples, refusals. */
export function finishOperation(operation: Operation, place: Place): void {
  const { method, path, components, facts } = place;
  const answer = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
  const isList = answer !== undefined && answersPages(answer[1], components);
  operation.operationId = operationName(method, path, isList);
  operation.summary ??= summaryOf(operation.operationId);
  describeAccess(operation, facts);
  describeHeaders(operation, place);
  showExamples(operation, components);
  for (const status of refusalsOf(operation, place)) {
    operation.responses[status] ??= sharedProblem(status) as Answer;
  }
  if (path.startsWith('/api/')) {
    operation.responses['default'] ??= { $ref: '#/components/responses/Refused' };
  }
  nameProblems(operation);
}

function describeAccess(operation: Operation, facts: RouteFacts | undefined): void {
  const isPublic = facts?.isPublic === true;
  operation.security = isPublic ? [] : [{ token: [] }, { session: [] }];
  const requires = facts?.requires;
  if (isPublic || requires === undefined || requires === 'signed-in') return;
  operation['x-permission'] = requires;
  const said = `Needs the permission \`${requires}\`.`;
  operation.description =
    operation.description === undefined ? said : `${operation.description} ${said}`;
}

function describeHeaders(operation: Operation, { method, facts }: Place): void {
  const parameters = (operation.parameters ??= []);
  const add = (parameter: (typeof parameters)[number]): void => {
    if (!parameters.some(({ name }) => name === parameter.name)) parameters.push(parameter);
  };
  const isOfWorkspace = facts?.requires !== undefined && facts.requires !== 'signed-in';
  if (isOfWorkspace) add(WORKSPACE);
  if (method === 'post' && isOfWorkspace && !facts.isNotRepeated) add(IDEMPOTENCY_KEY);
  if (facts?.takesIfMatch === true) add(IF_MATCH);
  if (facts?.isTagged === true && method === 'get') {
    add(IF_NONE_MATCH);
    operation.responses['304'] ??= { description: 'It is as it was.' };
  }
  if (parameters.length === 0) delete operation.parameters;
  for (const [status, answer] of Object.entries(operation.responses)) {
    answer.description ||= status.startsWith('2') ? 'Done.' : 'Refused.';
    if (facts?.isTagged === true && status.startsWith('2')) {
      answer.headers = { ETag: { description: 'Names this version.', schema: ETAG } };
    }
  }
}

/** Every body and every answer in JSON has one. */
function showExamples(
  operation: Operation,
  components: Readonly<Record<string, JsonSchema>>,
): void {
  const bodies = [operation.requestBody, ...Object.values(operation.responses)];
  for (const body of bodies) {
    const media = body?.content?.['application/json'];
    if (media?.schema === undefined || media.examples !== undefined) continue;
    const { example, ...schema } = media.schema as JsonSchema & { example?: unknown };
    media.schema = schema;
    media.example ??= example ?? exampleOf(schema, components);
  }
}

/** Statuses that the call's kind can bring, beside those that it names itself. */
function refusalsOf(operation: Operation, { method, path, facts }: Place): number[] {
  if (!path.startsWith('/api/')) return [];
  const isPublic = facts?.isPublic === true;
  const parameters = operation.parameters ?? [];
  const isUnsafe = method !== 'get';
  const hasBody = operation.requestBody !== undefined;
  const takesKey = parameters.some(({ name }) => name === IDEMPOTENCY_KEY.name);
  const takesEtag = parameters.some(({ name }) => name === 'If-Match');
  const wanted: readonly (readonly [boolean, readonly number[]])[] = [
    [true, [400, 401, 429]],
    [!isPublic, [403, 404]],
    [isUnsafe, [403, 409, 413, 415, 422]],
    [hasBody || takesKey, [422]],
    [takesEtag, [412]],
  ];
  return wanted.flatMap(([applies, statuses]) => (applies ? [...statuses] : []));
}

/** A refusal that a route names has its codes; what a problem is stands in the components. */
function nameProblems(operation: Operation): void {
  for (const answer of Object.values(operation.responses)) {
    const media = answer.content?.['application/problem+json'];
    if (media !== undefined) media.schema ??= { $ref: '#/components/schemas/Problem' };
  }
}

function answersPages(answer: Answer, components: Readonly<Record<string, JsonSchema>>): boolean {
  const schema = answer.content?.['application/json']?.schema;
  const named = typeof schema?.['$ref'] === 'string' ? schema['$ref'] : '';
  const shown = components[named.replace('#/components/schemas/', '')] ?? schema;
  return Object.hasOwn(shown?.['properties'] ?? {}, 'items');
}
