import type { Platform } from '#contracts';

/** The key with which the platform shows a stream to nobody; undefined: it has none. */
export function privateTestKey(
  { privateTest }: Pick<Platform, 'privateTest'>,
  key: string,
): string | undefined {
  if (privateTest === null) return undefined;
  const { append } = privateTest;
  return key + (key.includes('?') ? append.replace('?', '&') : append);
}
