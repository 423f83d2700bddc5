import type { ZodType } from 'zod';

/**
 * Reads what was stored as JSON. What another version wrote in another shape counts as absent:
 * everything in Redis is rebuilt by its owner within seconds.
 */
export function storedJson<Value>(schema: ZodType<Value>, text: string | null): Value | undefined {
  if (text === null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
