import type { Platform } from '#contracts';

/** The key with which the platform takes a stream and shows it to nobody; undefined: it has none. */
export function privateTestKey(
  { privateTest }: Pick<Platform, 'privateTest'>,
  key: string,
): string | undefined {
  if (privateTest === null) return undefined;
  const { append } = privateTest;
  return key + (key.includes('?') ? append.replace('?', '&') : append);
}
