import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { FieldFault } from '#contracts';
import { fieldWords } from '#control';
import { ProblemError } from './problem-error.ts';

/** Field faults named in one answer at most. */
const FIELD_FAULTS_MAX = 20;

/** As Standard Schema gives it; zod adds what `fieldWords` looks at, and names that are unknown. */
interface Issue extends Readonly<Parameters<typeof fieldWords>[0]> {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: unknown;
}

/**
 * Checks bodies, queries and parameters by the schemas at the routes, and names every field at
 * fault.
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: validationFault });
}

export function validationFault(issues: readonly Issue[]): ProblemError {
  const fields = issues.flatMap(fieldFaults).slice(0, FIELD_FAULTS_MAX);
  const [first] = fields;
  const what = first === undefined || first.field === '' ? 'body' : `field ${first.field}`;
  const [issue] = issues;
  const words = issue === undefined ? 'is not in order' : fieldWords(issue).words;
  return new ProblemError('VALIDATION_FAILED', `The ${what} ${words}.`, {
    ...(fields.length > 0 && { fields }),
  });
}

/** One for each field: what is not known here is told by name. */
function fieldFaults(issue: Issue): FieldFault[] {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const { code, words } = fieldWords(issue);
  const message = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  const names = Array.isArray(issue.keys) ? issue.keys.map(String) : [undefined];
  return names.map((name) => ({
    field: [...path, ...(name === undefined ? [] : [name])].join('.'),
    code,
    message,
  }));
}
