import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/**
 * What a route answers when all is well. The answer is cut down to the schema: a field that the
 * schema does not name never leaves. The same schema is shown in the OpenAPI document.
 */
export function Answers(status: number, schema: z.ZodType) {
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, schema: openApiOf(schema) }),
  );
}

/** A route that answers with nothing but its status. */
export function AnswersNothing() {
  return applyDecorators(HttpCode(204), ApiResponse({ status: 204 }));
}

type OpenApiSchema = NonNullable<Parameters<typeof ApiResponse>[0] & { schema?: object }>['schema'];

/** With a registry of its own, so that schemas that have a name are written out in place. */
function openApiOf(schema: z.ZodType): NonNullable<OpenApiSchema> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'output',
    metadata: z.registry(),
  });
  return rest;
}
