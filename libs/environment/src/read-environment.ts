import type { z } from 'zod';
import { fieldWords } from '#control';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A value of the environment cannot be used; `message` has one line for each that cannot. */
export class EnvironmentFault extends Error {
  override readonly name = 'EnvironmentFault';
}

/**
 * Reads an app's environment by its schema. An empty value counts as absent. Throws an
 * `EnvironmentFault` that names every fault, and no value: values may be secrets.
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  variables: Variables,
): z.output<Schema> {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `${issue.path.join('.')}: ${fieldWords(issue).words}`,
  );
  throw new EnvironmentFault(lines.join('\n'));
}
