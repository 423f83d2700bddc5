import { STATUS_CODES } from 'node:http';

const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** Refusals that many calls share, by the name of their component. */
const SHARED: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['BadRequest', 'The request is not in order; `errors` names the fields at fault.'],
  401: ['SignInRequired', 'Nobody is signed in, or the token is none.'],
  403: ['NotAllowed', 'Whoever is signed in may not do this, or it came from another site.'],
  404: ['NotFound', 'There is no such thing in this workspace.'],
  409: ['Conflict', 'It does not go with how things stand; `code` says why.'],
  412: ['PreconditionFailed', 'It has changed since the ETag that If-Match names.'],
  413: ['TooLarge', 'The body is too large.'],
  415: ['WrongType', 'The body is of a type that is not taken here.'],
  422: ['Unprocessable', 'The request is well formed, but cannot be done; `code` says why.'],
  429: ['TooManyRequests', 'Wait as long as Retry-After says.'],
};

export function problemResponses(): Record<string, object> {
  const shared = Object.entries(SHARED).map(([status, [name, description]]) => {
    const response: object = { ...problemResponse(description), ...headersOf(Number(status)) };
    return [name, response] as const;
  });
  const other = 'Any other refusal: a store or another process does not answer, say.';
  return { ...Object.fromEntries(shared), Refused: problemResponse(other) };
}

export function problemResponse(description: string): { description: string; content: object } {
  return { description, content: { 'application/problem+json': { schema: PROBLEM } } };
}

export function sharedProblem(status: number): object {
  const name = SHARED[status]?.[0];
  if (name !== undefined) return { $ref: `#/components/responses/${name}` };
  return problemResponse(STATUS_CODES[status] ?? 'Refused');
}

function headersOf(status: number): object {
  if (status !== 429) return {};
  const schema = { type: 'integer', minimum: 0 };
  return { headers: { 'Retry-After': { description: 'Seconds to wait.', schema } } };
}
