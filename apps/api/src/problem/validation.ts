import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { FieldFault } from '#contracts';
import { ProblemError } from './problem-error.ts';

/** Field faults named in one answer at most. */
const FIELD_FAULTS_MAX = 20;

/** As Standard Schema gives it; zod adds a code. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: unknown;
}

/**
 * Checks bodies, queries and parameters by the schemas at the routes, and names every field at
 * fault.
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: validationFault });
}

export function validationFault(issues: readonly Issue[]): ProblemError {
  const fields = issues.slice(0, FIELD_FAULTS_MAX).map(fieldFault);
  const [first] = fields;
  const sentence =
    first === undefined || first.field === ''
      ? `The request is not in order: ${first?.message ?? 'it has the wrong shape'}.`
      : `The field ${first.field} is not in order: ${first.message}.`;
  return new ProblemError('VALIDATION_FAILED', sentence, { status: 400, fields });
}

function fieldFault({ message, path = [], code }: Issue): FieldFault {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step));
  return { field: steps.join('.'), code: typeof code === 'string' ? code : 'invalid', message };
}
