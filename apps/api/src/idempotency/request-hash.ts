import { createHash } from 'node:crypto';

/** Equal for requests that ask for the same; fields may stand in any order. Hex. */
export function requestHash(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${path}\n${JSON.stringify(inOrder(body ?? null))}`)
    .digest('hex');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { fields: entries.map(([name, field]) => [name, inOrder(field)]) };
}
