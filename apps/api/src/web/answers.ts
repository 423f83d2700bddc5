import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import type { Problem } from '#contracts';
import { answerSchema } from '../openapi/schemas.ts';

/**
 * What a route answers when all is well. The answer is cut down to the schema: a field that the
 * schema does not name never leaves. The same schema is shown in the OpenAPI document.
 */
export function Answers<Schema extends z.ZodType>(
  status: number,
  schema: Schema,
  example?: z.input<Schema>,
) {
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({
      status,
      schema: {
        ...answerSchema(schema),
        ...(example !== undefined && { example }),
      },
    }),
  );
}

/** A refusal that callers should expect of a route, with the codes that tell why. */
export function Refuses(status: number, refusals: Readonly<Record<string, string>>) {
  const examples = Object.entries(refusals).map(([code, detail]) => {
    const title = STATUS_CODES[status] ?? 'Refused';
    const type = `urn:forkcast:problem:${code}`;
    return [code, { value: { type, title, status, code, detail } satisfies Problem }] as const;
  });
  return ApiResponse({
    status,
    description: Object.keys(refusals).join(', '),
    content: { 'application/problem+json': { examples: Object.fromEntries(examples) } },
  });
}

/** A route that answers with nothing but its status. */
export function AnswersNothing() {
  return applyDecorators(HttpCode(204), ApiResponse({ status: 204 }));
}
